from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.findings.entries import FindingAsked, FindingExplained, FindingOwned
from withus.findings.models import Answered, Asked, Found, Judged, NotKnown
from withus.people.models import HowOften, Person, Way, WayKind
from withus.people.staying import staying
from withus.post import actions as post
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.record import log as record

FOUND_FIELDS = ("name", "trap", "level", "sentence", "evidence", "way_out")


class ReasonMissing(Refused):
    sentence = _("Say why, in a sentence. Everybody who takes part can read it.")


def keep(
    project: Project,
    *,
    found: Iterable[Found],
    not_known: Iterable[NotKnown],
    label: str,
    because: str,
    labels: Mapping[str, Any],
    now: datetime,
) -> None:
    """
    What was found last makes room for what is found now. Only what differs is written, so that judging an unchanged project costs three
    queries; a finding that still stands keeps the day it was found first.
    """
    _keep_found(project, list(found), now)
    _keep_not_known(project, list(not_known))
    judged = {"label": label, "because": because, "labels": dict(labels), "at": now}
    if not Judged.objects.filter(project=project).update(**judged):
        Judged.objects.create(project=project, **judged)


def judged_at(project: Project) -> datetime | None:
    """When the project was last judged."""
    return Judged.objects.filter(project=project).values_list("at", flat=True).first()


def _keep_found(project: Project, rows: list[Found], now: datetime) -> None:
    standing = {(one.rule, one.where): one for one in Found.objects.filter(project=project)}
    fresh = []
    for row in rows:
        before = standing.get((row.rule, row.where))
        row.found_at = before.found_at if before else now
        if before is not None and all(getattr(before, name) == getattr(row, name) for name in FOUND_FIELDS):
            del standing[row.rule, row.where]
        else:
            fresh.append(row)
    if standing:
        Found.objects.filter(pk__in=[one.pk for one in standing.values()]).delete()
    if fresh:
        Found.objects.bulk_create(fresh)


def _keep_not_known(project: Project, rows: list[NotKnown]) -> None:
    before = sorted(NotKnown.objects.filter(project=project).values_list("rule", "trap", "missing"))
    if before == sorted((row.rule, row.trap, row.missing) for row in rows):
        return
    if before:
        NotKnown.objects.filter(project=project).delete()
    NotKnown.objects.bulk_create(rows)


def explain(project: Project, *, rule: str, where: str, because: str, by: Staff, now: datetime) -> Answered:
    """Give the reason for a finding that stands. It is shown beside it to everybody who takes part."""
    return _answer(
        project, kind="explained", rule=rule, where=where, because=because, cost="", now_we="", by=by, now=now
    )


def own(
    project: Project, *, rule: str, where: str, what_we_did: str, cost: str, now_we: str, by: Staff, now: datetime
) -> Answered:
    """
    "We got this wrong": what we did, what it cost people, what we do now. Told to those concerned and kept in public; the finding
    stays, and the next step opens. With rule "" and where "project" it is about the project, whether a rule has seen it or not.
    """
    if not (cost.strip() and now_we.strip()):
        raise ReasonMissing(_("Say all three: what we did, what it cost people, and what we do now."))
    return _answer(
        project, kind="owned", rule=rule, where=where, because=what_we_did, cost=cost, now_we=now_we, by=by, now=now
    )


def _answer(
    project: Project,
    *,
    kind: str,
    rule: str,
    where: str,
    because: str,
    cost: str,
    now_we: str,
    by: Staff,
    now: datetime,
) -> Answered:
    """The same words a second time, of what stands as it stood, are a second press: they are kept, and told, once."""
    if not because.strip():
        raise ReasonMissing
    said: dict[str, Any] = {"because": because.strip(), "cost": cost.strip(), "now_we": now_we.strip()}
    about = {"project": project, "rule": rule, "where": where, "kind": kind}
    with record.writing(project, now=now) as log:
        found = Found.objects.filter(project=project, rule=rule, where=where).first()
        said |= {"level": found.level, "evidence": found.evidence} if found else {"level": "", "evidence": {}}
        last = Answered.objects.filter(**about).order_by("-pk").first()
        if last is not None and all(getattr(last, name) == value for name, value in said.items()):
            return last
        answered = Answered.objects.create(
            **about,
            **said,
            by=by,
            by_name=str(by),
            at=now,
        )
        entry = FindingOwned(rule=rule, where=where) if kind == "owned" else FindingExplained(rule=rule, where=where)
        log.append(entry, by=f"staff:{by.uid}", about=answered.uid, words=because)
        if kind == "owned":
            _tell_those_concerned(answered, now=now)
    return answered


class QuestionMissing(Refused):
    sentence = _("Write your question, and say whom you ask.")


def ask(
    project: Project,
    *,
    uid: UUID,
    rule: str,
    where: str,
    words: str,
    to: Staff | Person | None,
    by: Staff,
    now: datetime,
) -> Asked:
    """
    Put to somebody what only they can mend. Sending the same form twice asks once. Only who is on the team or a co-lead of this project can
    be asked; the page offers nobody else.
    """
    if not words.strip() or to is None:
        raise QuestionMissing
    with record.writing(project, now=now) as log:
        asked = Asked.objects.filter(uid=uid).first()
        if asked is not None and asked.project_id != project.pk:
            raise QuestionMissing
        if asked is not None:
            return asked
        asked = Asked.objects.create(
            uid=uid,
            project=project,
            rule=rule,
            where=where,
            words=words.strip()[:2000],
            to_staff=to if isinstance(to, Staff) else None,
            to_person=to if isinstance(to, Person) else None,
            by=by,
            at=now,
        )
        log.append(FindingAsked(rule=rule, where=where), by=f"staff:{by.uid}", about=asked.uid, words=asked.words)
        post.queue(
            "finding.asked",
            way=WayKind.EMAIL,
            reference={"question": str(asked.uid)},
            once=f"finding.asked:{asked.uid}",
            belongs_to=project.uid,
            run_at=now,
        )
    return asked


def _tell_those_concerned(answered: Answered, *, now: datetime) -> None:
    """
    Everybody in the project whom we may write to, each once. It stands on everybody's own page at once, so those who want no letters, or
    one at the end, find it there.
    """
    ways = Way.objects.filter(kind=WayKind.EMAIL, chosen=True, bounced_at=None)
    persons = Person.objects.filter(staying(), project=answered.project, ways__in=ways)
    for person in persons.exclude(wish__how_often__in=(HowOften.NEVER, HowOften.ONCE)):
        post.queue(
            "finding.owned",
            way=WayKind.EMAIL,
            reference={"answered": str(answered.uid), "person": str(person.uid)},
            once=f"finding.owned:{answered.uid}:{person.uid}",
            belongs_to=answered.project.uid,
            run_at=now,
        )
