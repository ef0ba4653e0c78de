"""The same project told in other words: no reader would see another trap in it."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from tests.traps.test_judge import shuffled
from withus.facts.block import Block
from withus.facts.minutes import minute_of
from withus.facts.project import Project
from withus.facts.workshop import People, Workshop

WEEKS = timedelta(weeks=55)
HOUR = 60


# Any: a fact of any kind, or a row of them.
def through(value: Any, change: Callable[[Any], Any]) -> Any:
    """Every fact changed, at whatever depth it stands."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: through(getattr(value, each.name), change) for each in fields(value)})
    if isinstance(value, tuple):
        return tuple(through(each, change) for each in value)
    return change(value)


def weeks_later(project: Project) -> Project:
    """A year and three weeks, on the same weekdays: no rule may know a season."""
    return _moved(project, WEEKS)


def weeks_earlier(project: Project) -> Project:
    return _moved(project, -WEEKS)


def _moved(project: Project, by: timedelta) -> Project:
    told: Project = through(project, lambda value: value + by if isinstance(value, date) else value)
    return told


def an_hour_later(project: Project) -> Project:
    """Where nothing would pass midnight by it."""

    def later(value: object) -> object:
        return value.replace(hour=value.hour + 1) if isinstance(value, time) and value.hour < 23 else value

    clocks = [minute_of(each) for w in project.workshops for each in (w.starts, w.ends) if each is not None]
    told: Project = through(project, later) if all(each < 22 * HOUR for each in clocks) else project
    return told


def other_ids(project: Project) -> Project:
    """Ids sort the other way round, too."""
    names = [each.id for rows in (project.decisions, project.workshops, project.methods) for each in rows]
    new = {name: f"{len(names) - number:03}-{name[::-1]}" for number, name in enumerate(names)}

    def named(ids: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if ids is None else tuple(new[each] for each in ids)

    def block(each: Block) -> Block:
        return replace(each, method=each.method and new[each.method], about=named(each.about))

    return replace(
        project,
        decisions=tuple(replace(each, id=new[each.id], asked_in=named(each.asked_in)) for each in project.decisions),
        changes=tuple(replace(each, decision=each.decision and new[each.decision]) for each in project.changes),
        workshops=tuple(
            replace(each, id=new[each.id], plan=each.plan and tuple(map(block, each.plan)))
            for each in project.workshops
        ),
        methods=tuple(replace(each, id=new[each.id]) for each in project.methods),
    )


def other_order(project: Project) -> Project:
    return shuffled(project, 7)


def nothing_dropped_said(project: Project) -> Project:
    """A block of which nothing is said was there; here each says so."""
    return _planned(project, lambda each: (replace(each, dropped=bool(each.dropped)),))


def blocks_in_two(project: Project) -> Project:
    """One block after another of the same kind is one longer block."""

    def halves(each: Block) -> tuple[Block, ...]:
        if each.minutes is None or each.minutes < 2 or each.starts is not None:
            return (each,)
        first = each.minutes // 2
        return replace(each, minutes=first), replace(each, minutes=each.minutes - first)

    return _planned(project, halves)


def _planned(project: Project, change: Callable[[Block], tuple[Block, ...]]) -> Project:
    def plan(each: Workshop) -> Workshop:
        kept = each.plan and tuple(new for block in each.plan for new in change(block))
        return replace(each, plan=kept)

    return replace(project, workshops=tuple(map(plan, project.workshops)))


def people_in_two_rows(project: Project) -> Project:
    """Nine in one row are four and five in two."""

    def halves(each: People) -> tuple[People, ...]:
        if each.count is None or each.count < 2:
            return (each,)
        return replace(each, count=each.count // 2), replace(each, count=each.count - each.count // 2)

    def room(each: Workshop) -> Workshop:
        return replace(each, people=each.people and tuple(new for row in each.people for new in halves(row)))

    return replace(project, workshops=tuple(map(room, project.workshops)))


def capitals(project: Project) -> Project:
    """Groups and roles begin with a capital letter."""

    def big(word: str | None) -> str | None:
        return word and word[:1].upper() + word[1:]

    def room(each: Workshop) -> Workshop:
        return replace(
            each, people=each.people and tuple(replace(p, who=big(p.who), group=big(p.group)) for p in each.people)
        )

    return replace(project, workshops=tuple(map(room, project.workshops)))


def asked_in_said(project: Project) -> Project:
    """Left out it means all workshops; here they are named."""
    every = tuple(each.id for each in project.workshops)
    if not every:
        return project
    return replace(
        project,
        decisions=tuple(
            each if each.asked_in is not None else replace(each, asked_in=every) for each in project.decisions
        ),
    )


def other_names(project: Project) -> Project:
    """Titles, settings and names of methods are for people to read."""
    return replace(
        project,
        title="Something else",
        setting="somewhere",
        decisions=tuple(replace(each, what="A matter", evidence=None) for each in project.decisions),
        methods=tuple(replace(each, name="A way") for each in project.methods),
    )


def nobody_more(project: Project) -> Project:
    """A row of nobody, left over in a table."""

    def room(each: Workshop) -> Workshop:
        return replace(each, people=each.people and (*each.people, replace(each.people[0], count=0)))

    return replace(project, workshops=tuple(map(room, project.workshops)))


def underscores(project: Project) -> Project:
    """`easy read` and `easy_read` are the same need."""

    def joined(words: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return words and tuple(each.replace(" ", "_") for each in words)

    def room(each: Workshop) -> Workshop:
        people = each.people and tuple(
            replace(row, needs=joined(row.needs), supports=joined(row.supports)) for row in each.people
        )
        return replace(each, people=people)

    return replace(
        project,
        workshops=tuple(map(room, project.workshops)),
        methods=tuple(
            replace(each, requires=joined(each.requires), stimuli=joined(each.stimuli)) for each in project.methods
        ),
    )


def clock_said(project: Project) -> Project:
    """Blocks that follow each other, each with the time at which it starts."""
    return replace(project, workshops=tuple(map(_pinned, project.workshops)))


def _pinned(workshop: Workshop) -> Workshop:
    plan = workshop.plan or ()
    if workshop.starts is None or any(each.starts or each.dropped or each.minutes is None for each in plan):
        return workshop
    at, pinned = minute_of(workshop.starts), []
    for each in plan:
        pinned.append(replace(each, starts=time(at // HOUR % 24, at % HOUR)))
        at += each.minutes or 0
    return replace(workshop, plan=workshop.plan and tuple(pinned))


def without_notes(project: Project) -> Project:
    """Free text alone may ask, or keep silent; see `NOTES_TELL` in the test."""

    def room(each: Workshop) -> Workshop:
        plan = each.plan and tuple(replace(block, note=None) for block in each.plan)
        return replace(each, plan=plan, live=each.live and replace(each.live, incidents=None))

    told = project.feedback
    if told is not None:
        told = replace(told, rounds=told.rounds and tuple(replace(each, note=None) for each in told.rounds))
    scope = project.scope and replace(project.scope, how=None)
    return replace(project, workshops=tuple(map(room, project.workshops)), feedback=told, scope=scope)


REWRITINGS: Mapping[str, Callable[[Project], Project]] = {
    each.__name__: each
    for each in (
        weeks_later,
        weeks_earlier,
        an_hour_later,
        other_ids,
        other_order,
        nothing_dropped_said,
        blocks_in_two,
        people_in_two_rows,
        capitals,
        asked_in_said,
        other_names,
        nobody_more,
        underscores,
        clock_said,
    )
}
