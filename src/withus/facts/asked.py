"""When, and whether, people were asked about a decision; and when it was in fact no longer theirs to shape."""

from collections.abc import Iterable, Iterator
from datetime import date

from withus.facts.decision import Act, Decision
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import BlockKind, Openness
from withus.facts.workshop import Workshop

ASKING = frozenset({BlockKind.VENTING, BlockKind.DISCUSSION, BlockKind.ACTIVITY, BlockKind.DECISION})
FEWEST_OPTIONS = 2
_SETTLED = frozenset({Openness.SETTLED.value, "decided", "closed", "fixed", "final"})
_WE = frozenset({"members", "group", "we", "us", "ourselves", "everybody", "everyone", "all", "assembly", "room",
                 "together", "joint", "jointly", "shared", "tenants", "residents", "users", "patients"})  # fmt: skip
_SMALL_WORDS = frozenset({"of", "and", "the", "a", "with", "who", "for", "in", "to", "at", "people", "staff", "health",
                          "mental", "care", "service", "services", "community", "learning", "disabilities", "family",
                          "local", "young", "older"})  # fmt: skip
_TELLING = frozenset({BlockKind.INFORMATION, BlockKind.REPORT_BACK})


def workshops_asking(
    project: Project, decision: Decision, among: Iterable[Workshop] | None = None
) -> Iterator[Workshop]:
    """`asked_in` decides; where it is left out, a plan that names decisions, but not this one, did not ask about it."""
    named = None if decision.asked_in is None else frozenset(decision.asked_in)
    for workshop in project.workshops if among is None else among:
        if named is not None and workshop.id not in named:
            continue
        if asks(workshop, decision, named=named is not None):
            yield workshop


def asks(workshop: Workshop, decision: Decision, *, named: bool) -> bool:
    """A block that was left out on the day, or that only informs, asks nothing; so does a plan of nothing else."""
    if not workshop.plan:
        return True
    told = [block for block in workshop.plan if block.about]
    about = [block for block in told if block.about and decision.id in block.about]
    if about:
        return any(not block.dropped and (block.kind is None or block.kind in ASKING) for block in about)
    return named or (not told and not only_tells(workshop))


def may_only_tell(workshop: Workshop) -> bool:
    """No block of the plan is known to ask, and of some it is not known what they are."""
    kinds = {block.kind for block in workshop.plan or () if not block.dropped}
    return None in kinds and not kinds & ASKING


def only_tells(workshop: Workshop) -> bool:
    """An evening of news, reports and thanks, as its plan says, puts no question to anybody."""
    plan = workshop.plan or ()
    kinds = {block.kind for block in plan if not block.dropped}
    return None not in kinds and bool(kinds & _TELLING) and not kinds & ASKING


def days_asked(project: Project, decision: Decision) -> list[date]:
    days = [each.on for each in workshops_asking(project, decision) if each.on is not None]
    if project.input_closes is not None and _by_letter(project, decision):
        days.append(project.input_closes)
    return sorted(days)


def _by_letter(project: Project, decision: Decision) -> bool:
    """People may write in about it; where its workshops are named, letters are about what else is open."""
    if not decision.asked_in:
        return decision.asked_in is None or not project.workshops
    return all(each.openness is Openness.SETTLED for each in project.decisions if each.id != decision.id)


def perhaps_by_letter(project: Project, decision: Decision, day: date) -> bool:
    """That day is the end of the letters, and they may have been about another decision."""
    others = [each for each in project.decisions if each.id != decision.id and each.openness is not Openness.SETTLED]
    return (
        bool(others)
        and day == project.input_closes
        and all(each.on != day for each in workshops_asking(project, decision))
    )


def last_asked(project: Project, decision: Decision) -> date | None:
    return max(days_asked(project, decision), default=None)


def last_input(project: Project) -> date | None:
    days = [each.on for each in project.workshops if each.on is not None]
    return max([*days, *([project.input_closes] if project.input_closes else [])], default=None)


def is_open(decision: Decision) -> bool:
    return decision.openness in (Openness.OPEN, Openness.WITHIN_LIMITS)


def foreclosing_act(decision: Decision, before: date) -> Act | None:
    """The first act before that day after which fewer than two options were left."""
    left = set(decision.options or ())
    for act in sorted(_dated(decision), key=lambda act: act.on or before):
        if act.on is None or act.on >= before or not act.closes:
            continue
        if "all" in act.closes:
            return act
        closed = left & set(act.closes)
        left -= closed
        if closed and len(left) < FEWEST_OPTIONS:
            return act
    return None


def _dated(decision: Decision) -> list[Act]:
    return [act for act in decision.acts or () if act.on is not None]


def decided_by_the_room(project: Project, decision: Decision) -> bool | None:
    """
    It was settled on the day of a workshop that asked about it and in which members with lived experience vote.

    None: a workshop may have been on that day, or its members may have had a vote, and it is not known.
    """
    if decision.settled_on is None:
        return False
    on_that_day = [each for each in project.workshops if each.on in (decision.settled_on, None)]
    found = [
        members_decide(workshop) if workshop.on is not None or members_decide(workshop) is False else None
        for workshop in workshops_asking(project, decision, on_that_day)
    ]
    if True in found:
        return True
    return None if None in found else False


def members_decide(workshop: Workshop) -> bool | None:
    """None: not known whether members with lived experience have a say in what the room decides."""
    if workshop.decision_rule == "none":
        return False
    lived = [each for each in workshop.people or () if each.lived]
    if any(each.votes for each in lived):
        return True
    if not lived or any(each.votes is not False for each in workshop.people or () if each.lived is not False):
        return None
    return False


def may_be_members(decision: Decision, workshops: Iterable[Workshop]) -> bool:
    """Who decides is not named, or their name has a word of the members' own in it."""
    if not decision.decider:
        return True
    lived = [each for workshop in workshops for each in workshop.people or () if each.lived]
    ours = {word for each in lived for word in plain(f"{each.who or ''} {each.group or ''}").split()}
    return bool((ours - _SMALL_WORDS | _WE) & set(plain(decision.decider).split()))


def asked_in_vain(project: Project, decision: Decision, since: date) -> list[date]:
    """The days on which people were asked although it could not move any more since that day, and nobody said so."""
    return [
        day
        for day in days_asked(project, decision)
        if since < day and not told_settled(project, decision, day) and not reopened(project, decision, since, day)
    ]


def unclear_changes(project: Project, decision: Decision) -> bool:
    """A change that may have told people, or opened it again: what it says is not all known."""
    return any(
        change.decision is None or (change.decision == decision.id and None in (change.on, change.before, change.after))
        for change in project.changes
    )


def told_settled(project: Project, decision: Decision, day: date) -> bool:
    return any(
        change.decision == decision.id
        and _is_settled(change.after)
        and change.told_on is not None
        and change.told_on <= day
        for change in project.changes
    )


def reopened(project: Project, decision: Decision, since: date, day: date) -> bool:
    return any(
        change.decision == decision.id
        and change.on is not None
        and since <= change.on <= day
        and _is_settled(change.before)
        and not _is_settled(change.after)
        for change in project.changes
    )


def _is_settled(word: str | None) -> bool:
    return (word or "").strip().casefold() in _SETTLED
