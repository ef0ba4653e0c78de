"""Letters of one project that did not go out, came back, or may have arrived twice; as the team reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.people.called import name_of
from withus.people.models import Person, WayKind
from withus.post.lines import DOWN
from withus.post.models import WAITING, LetterState, Outgoing
from withus.post.troubles import may_work, why
from withus.projects.models import Project

KINDS: Mapping[str, Promise] = {
    "answers.published": _("what became of what they said"),
    "promise.ask": _("the question whether a promise is still kept"),
    "project.turns": _("that the project closes, rests or moves"),
    "project.stays": _("that the project does not move after all"),
    "project.stopped": _("that a rest or a hand-over was stopped"),
    "way.asked": _("that another way to reach them was asked for"),
    "key.waits": _("that a key waits for them"),
    "key.turned": _("that both keys are turned"),
    "project.reopened": _("that a project is open again"),
    "project.asked": _("the question whether somebody takes the project over"),
    "project.offered": _("the offer to take the project over"),
    "charter.changed": _("that something can change less than they were told"),
    "finding.owned": _("what we got wrong"),
    "finding.asked": _("a question to them"),
    "invitation": _("their invitation"),
    "promise.near": _("a reminder of a promise"),
    "promise.broken": _("that a promise is broken"),
    "promise.not_so": _("that something is not so any more"),
    "words.tried": _("that somebody tries many words"),
    "colleague.added": _("a new colleague's link"),
}
"""What each kind of letter says, in a few words. A test sees that none is missing."""
LATELY = timedelta(days=28)


@dataclass(frozen=True)
class NotGone:
    """One letter: who it is for, what it says, by which way, and why it did not go."""

    uid: UUID
    to: str
    person: UUID | None
    what: Promise | str
    way: str
    why: str
    may_work: bool
    at: datetime


@dataclass(frozen=True)
class State:
    failed: list[NotGone]
    twice: list[NotGone]
    waiting: int
    """Letters that wait because the line does not answer."""
    since: datetime | None


def state_of(project: Project, *, now: datetime) -> State:
    """A constant number of queries, however many letters."""
    rows = Outgoing.objects.filter(belongs_to=project.uid)
    failed = list(rows.filter(state=LetterState.FAILED).order_by("-pk")[:200])
    twice = list(rows.filter(state=LetterState.PERHAPS_TWICE, sent_at__gt=now - LATELY).order_by("-pk")[:50])
    held = rows.filter(state__in=WAITING, trouble__startswith=DOWN)
    first = held.order_by("run_at").values_list("run_at", flat=True).first()
    people = _people([*failed, *twice])
    return State(
        failed=[_one(letter, people) for letter in failed],
        twice=[_one(letter, people) for letter in twice],
        waiting=held.count(),
        since=first,
    )


def _people(letters: list[Outgoing]) -> dict[str, Any]:  # Any: a Person or a Staff
    persons = Person.objects.filter(uid__in=[one.reference["person"] for one in letters if "person" in one.reference])
    staff = Staff.objects.filter(uid__in=[one.reference["staff"] for one in letters if "staff" in one.reference])
    found: dict[str, Any] = {str(one.uid): one for one in persons.select_related("name")}  # Any: as above
    return found | {str(one.uid): one for one in staff}


def _one(letter: Outgoing, people: dict[str, Any]) -> NotGone:  # Any: as above
    found = people.get(letter.reference.get("person", letter.reference.get("staff", "")))
    person = found if isinstance(found, Person) and found.erased_at is None else None
    return NotGone(
        uid=letter.uid,
        to=name_of(person) if person else found.name or found.email if isinstance(found, Staff) else "",
        person=person.uid if person else None,
        what=KINDS.get(letter.kind, letter.kind),
        way=str(WayKind(letter.way).label),
        why=why(letter.trouble),
        may_work=may_work(letter.trouble) and letter.bounced_at is None,
        at=letter.bounced_at or letter.sent_at or letter.run_at,
    )
