"""What happened in public, by day: acts of the team and days that were promised; nothing that one person did."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from uuid import UUID, uuid5

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from withus.loop.changes import says_the_same
from withus.loop.entries_closing import NO_CO_LEAD, NOT_ANSWERED
from withus.loop.in_public import InPublic, said_of
from withus.loop.models import AnswerVersion
from withus.projects import day
from withus.projects.models import Project, ProjectState
from withus.record.models import Opening
from withus.table.models import Workshop, WorkshopState

MOST_NAMES = 3
NOT_AT_REST = frozenset({ProjectState.PLANNED, ProjectState.RUNNING})
"""Where somebody is there to answer."""
TURNED = {
    "project.closed": gettext_lazy("The project was closed."),
    "project.reopened": gettext_lazy("It was opened again."),
    "project.stays": gettext_lazy("It stays where it is: it does not go to other people."),
    "project.handed_over": gettext_lazy("It went to other people."),
    "page.hidden": gettext_lazy("This page was hidden."),
    "page.shown": gettext_lazy("This page was shown again."),
}
"""By kind of entry."""
ALONE = {
    NO_CO_LEAD: gettext_lazy("Two of the team decided it: there was no co-lead to ask."),
    NOT_ANSWERED: gettext_lazy(
        "Two of the team decided it: the co-leads were asked on their own pages, and none of them answered for two weeks."
    ),
}
"""Why no co-lead had one of the two keys."""


@dataclass(frozen=True)
class Turn:
    """Where the whole project turned: closed, opened again, resting, going elsewhere. `key` names it for ever, on the page and in news."""

    key: UUID
    what: str
    at: datetime


@dataclass(frozen=True)
class Moment:
    on: date
    sentence: str
    kind: Literal["done", "late", "to come", "was to come"] = "done"
    turn: Turn | None = None


def moments(project: Project, known: InPublic, *, today: date) -> list[Moment]:
    """Oldest first; what is still to come, last. Two queries."""
    found = [*_of_project(project, known, today=today), *_of_workshops(project), *_of_answers(project, known.versions)]
    found += of_the_end(project)
    found += [_of_promise(one.on, said_of(one.version), today) for one in known.counts.promises]
    return sorted(found, key=lambda one: one.on)


def _of_project(project: Project, known: InPublic, *, today: date) -> Iterator[Moment]:
    charter = known.part.charter
    yield Moment(day.of(project, project.made_at), _("Work on this began."))
    if charter.frozen_at:
        yield Moment(day.of(project, charter.frozen_at), _("The first people were invited."))
    if charter.hear_back_on and known.counts.owed and project.state in NOT_AT_REST:
        if charter.hear_back_on < today:
            yield Moment(charter.hear_back_on, _("By this day everybody was to hear back."), "was to come")
        else:
            yield Moment(charter.hear_back_on, _("By this day everybody hears back."), "to come")


def of_the_end(project: Project) -> Iterator[Moment]:
    """Closed, opened again, resting, going to other people, hidden: as the record says it, so that what is over stands there, too."""
    rows = Opening.objects.filter(entry__project=project, kind__in=[*TURNED, "project.rests", "project.offered"])
    closed = False
    for kind, at, facts in rows.order_by("entry__seq").values_list("kind", "at", "facts"):
        closed = closed or kind == "project.closed"
        sentence: object = TURNED.get(kind, "")
        if kind == "project.rests":
            sentence = _("The project began to rest.") if facts["rests"] else _("Work went on after the rest.")
        if kind == "project.offered":
            on = date_format(date.fromisoformat(facts["on"]), "j F Y")
            sentence = _("Everybody was told that it goes to other people, from %(day)s on.") % {"day": on}
        alone = ALONE.get(facts.get("alone", ""), "")
        yield Moment(day.of(project, at), f"{sentence} {alone}".strip(), turn=_turn(project, kind, at))
    if project.closed_at and not closed:
        at = project.closed_at
        yield Moment(day.of(project, at), _("The project was closed."), turn=_turn(project, "project.closed", at))


def _turn(project: Project, kind: str, at: datetime) -> Turn:
    """By its kind and its instant: the record's own number would count what people did that day."""
    return Turn(uuid5(project.uid, f"{kind} {at.astimezone(UTC).isoformat()}"), kind, at)


def _of_workshops(project: Project) -> Iterator[Moment]:
    """Those that took place. Whoever is asked to the next one knows of it; a stranger need not."""
    for one in Workshop.objects.filter(project=project).exclude(state=WorkshopState.PLANNED):
        yield Moment(one.on, _("People met: %(title)s") % {"title": one.title})


def _of_answers(project: Project, versions: Iterable[AnswerVersion]) -> Iterator[Moment]:
    """Answers of one day stand together: sixty of them are not sixty lines."""
    first: dict[date, list[str]] = {}
    newest: dict[int, AnswerVersion] = {}
    for one in versions:
        before, newest[one.answer_id] = newest.get(one.answer_id), one
        assert one.published_at is not None
        on = day.of(project, one.published_at)
        if before is None:
            first.setdefault(on, []).append(said_of(one))
        elif one.redated_because and one.promised_on and before.promised_on != one.promised_on:
            values = {
                "said": said_of(one),
                "because": one.redated_because,
                "day": date_format(one.promised_on, "j F Y"),
            }
            yield Moment(on, _("The promise about “%(said)s” moved to %(day)s, because: %(because)s") % values)
        elif not (one.kept_on and not before.kept_on) and not says_the_same(before, one):
            yield Moment(on, _("The answer about “%(said)s” was changed.") % {"said": said_of(one)})
    for on, said in first.items():
        names = ", ".join(f"“{name}”" for name in said[:MOST_NAMES])
        more = len(said) - MOST_NAMES
        yield Moment(on, _("Answered: %(names)s") % {"names": names} + (_and_more(more) if more > 0 else ""))
    for one in newest.values():
        if one.kept_on:
            yield Moment(one.kept_on, _("The promise about “%(said)s” was kept.") % {"said": said_of(one)})


def _and_more(count: int) -> str:
    return " " + ngettext("and %(n)s more", "and %(n)s more", count) % {"n": count}


def _of_promise(on: date, said: str, today: date) -> Moment:
    if on < today:
        sentence = _("“%(said)s” was promised for this day, and is not done.") % {"said": said}
        return Moment(on, sentence, "late")
    return Moment(on, _("Promised for this day: “%(said)s”") % {"said": said}, "to come")
