"""What still holds a project open: cards without an answer, and people who were not told yet, each with the reason and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from withus.charter.models import Charter
from withus.loop.asks import TO_BE_TOLD, everybody_knows, said_no_to, still_owed
from withus.loop.models import NOTHING_LEFT_TO_TRY, Answer, Due, Telling, Told
from withus.loop.models_of_closing import Showing
from withus.people.models import Person, WayKind
from withus.people.staying import staying
from withus.post.models import Job
from withus.projects import day
from withus.projects.models import Project

WAITED = timedelta(weeks=8)
"""How long an answer waits at somebody's words, and hangs where their receipt said, when they left no way to be reached (D)."""


class Why(StrEnum):
    """Why somebody still holds it. The worst first: each person stands there once."""

    FAILED = "failed"
    POST = "post"
    TELEPHONE = "telephone"
    NOT_SHOWN = "not shown"
    HELD = "held"
    ON_ITS_WAY = "on its way"
    WAITS = "waits"


WORST_FIRST = tuple(Why)


@dataclass(frozen=True)
class Held:
    """One person who was not told yet; `until` where only time is missing."""

    person: Person
    why: Why
    until: date | None = None


@dataclass(frozen=True)
class Holds:
    """
    `said_no`: answers to what we learned, which nobody is owed one by one, where somebody's last word is a no. `going_out`: an answer to
    many people is being written down for each of them just now.
    """

    dues: tuple[Due, ...]
    people: tuple[Held, ...]
    said_no: tuple[Answer, ...] = ()
    going_out: bool = False

    def __bool__(self) -> bool:
        return bool(self.dues or self.people or self.said_no or self.going_out)


def holds(project: Project, *, now: datetime) -> Holds:
    """
    Five queries, whatever the project's size, one more where we learned something, and two where all who left no way have answered.
    Silence holds nothing; it is not heard either.
    """
    waits = untold(project)
    places = Charter.objects.filter(project=project).values_list("shown_where", flat=True)
    place = next(iter(places), "")
    shown = _shown(project, place) if place else None
    people: dict[int, Held] = {}
    unread: set[int] = set()
    for telling in waits:
        one = _held(project, telling, shown=shown, now=now)
        if one is not None and telling.read_at is None:
            unread.add(telling.person_id)
        before = people.get(telling.person_id)
        if one is not None and (before is None or _worse(one, before)):
            people[telling.person_id] = one
    learned = Answer.objects.filter(project=project, learned__isnull=False).select_related("learned__workshop")
    said_no = said_no_to(learned)
    return Holds(
        tuple(still_owed().filter(project=project).select_related("contribution")),
        _without_who_read(project, people, unread),
        tuple(one for one in learned if one.pk in said_no),
        Job.objects.filter(once__startswith=TO_BE_TOLD % project.uid).exists(),
    )


def _without_who_read(project: Project, people: dict[int, Held], unread: set[int]) -> tuple[Held, ...]:
    """
    Who left no way and has answered on their own page waits for nothing. But a list that they drop off says that they have, also when
    all of them drop off together. So they do only where everybody who gave something knows now, five people at least: that stands in
    public, too. Else they wait for their day.
    """
    no_way = {number for number, one in people.items() if one.why in (Why.NOT_SHOWN, Why.WAITS)}
    gone = no_way if no_way and not unread & no_way and everybody_knows(project) else set()
    return tuple(one for number, one in people.items() if number not in gone)


def untold(project: Project) -> QuerySet[Telling]:
    """The newest wording of each answer to each person, where it did not reach them. Who takes everything back is owed nothing."""
    newer = Telling.objects.filter(
        person=OuterRef("person"),
        version__answer=OuterRef("version__answer"),
        version__number__gt=OuterRef("version__number"),
    )
    rows = Telling.objects.filter(staying("person__"), person__project=project)
    rows = rows.exclude(state__in=NOTHING_LEFT_TO_TRY).exclude(Exists(newer))
    return rows.select_related("person__name", "version").order_by("person", "pk")


def _shown(project: Project, place: str) -> dict[int, datetime]:
    rows = Showing.objects.filter(answer__project=project, place=place)
    return dict(rows.values_list("answer", "since"))


def _held(project: Project, telling: Telling, *, shown: dict[int, datetime] | None, now: datetime) -> Held | None:
    if telling.state == Told.FAILED:
        return Held(telling.person, Why.FAILED)
    if telling.state == Told.HELD:
        return Held(telling.person, Why.HELD)
    if telling.state == Told.QUEUED:
        return Held(telling.person, Why.ON_ITS_WAY)
    if telling.way != WayKind.NONE:
        return Held(telling.person, Why.POST if telling.way == WayKind.POST else Why.TELEPHONE)
    since = telling.at
    if shown is not None:
        hung = shown.get(telling.version.answer_id)
        if hung is None:
            return Held(telling.person, Why.NOT_SHOWN)
        since = max(since, hung)
    if now - since >= WAITED:
        return None
    return Held(telling.person, Why.WAITS, day.of(project, since + WAITED))


def _worse(one: Held, other: Held) -> bool:
    if one.why == other.why == Why.WAITS:
        return (one.until or date.max) > (other.until or date.max)
    return WORST_FIRST.index(one.why) < WORST_FIRST.index(other.why)


def grouped(people: Sequence[Held]) -> dict[Why, list[Held]]:
    """By reason, the worst first."""
    found: dict[Why, list[Held]] = {}
    for why in WORST_FIRST:
        if rows := [one for one in people if one.why == why]:
            found[why] = rows
    return found
