"""What holds for every project, whatever a rule looks for: the promises of the checker as a whole."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.traps.known import ROWS, Site, changed, known, put, sites
from tests.traps.projects import possible, projects
from tests.traps.test_judge import shuffled
from withus.facts.block import Block
from withus.facts.dump import dump
from withus.facts.load import loads
from withus.facts.project import Project
from withus.facts.words import BlockKind, Pay
from withus.facts.workshop import People, Workshop
from withus.traps.judge import Verdict, judge
from withus.traps.rule import Level

pytestmark = pytest.mark.slow

every = settings(suppress_health_check=list(HealthCheck))
any_project = changed() | projects()
MEANS_NO = frozenset({"settled_on", "told_on", "live", "note", "redated"})
"""
Left out, these mean no. `told_on` is meant of a change; that of `scope` is left alone with it, which asks a little less.
`redated` is a row of its own: a day that was never moved has none.
"""
NOT_YET: frozenset[str] = frozenset()
"""Rules that break a promise below and are known to. There is none, and none may be added without a date on which it goes."""


def levels(verdict: Verdict, *, trap: int | None = None) -> dict[tuple[str, str], int]:
    """How bad each finding is; praise is none."""
    return {
        (each.rule, each.where): each.level.weight
        for each in verdict.findings
        if each.level is not Level.PRAISE and trap in (None, each.trap)
    }


def worse(before: Project, after: Project, *, trap: int | None = None) -> list[tuple[str, str]]:
    """Findings of `after` that `before` has not, or has on a lower level."""
    held = levels(judge(before), trap=trap)
    found = levels(judge(after), trap=trap)
    return sorted(key for key, level in found.items() if level > held.get(key, 0) and key[0] not in NOT_YET)


def worst(project: Project, *, trap: int) -> int:
    return max(levels(judge(project), trap=trap).values(), default=0)


# Order


def test_the_order_of_rows_never_matters_to_a_known_project() -> None:
    moved = [name for name, each in known().items() for seed in range(3) if judge(shuffled(each, seed)) != judge(each)]
    assert moved == []


@every
@given(changed(), st.integers())
def test_the_order_of_rows_never_matters_to_a_changed_one(project: Project, seed: int) -> None:
    assert judge(shuffled(project, seed)) == judge(project)


# Whatever the loader accepts


@every
@given(any_project, st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_any_file_that_the_loader_takes_is_judged_on_any_day(project: Project, today: date) -> None:
    verdict = judge(loads(dump(replace(project, today=today))))
    assert all(each.said and each.ways_out for each in verdict.findings)


@every
@given(changed(), st.data())
def test_facts_at_their_bounds_are_judged(project: Project, data: st.DataObject) -> None:
    for site in sites(project):
        if isinstance(site.value, date):
            project = put(project, site.steps, data.draw(st.sampled_from([date(1900, 1, 1), date(2200, 12, 31)])))
        elif type(site.value) is int:
            most = 1440 if site.name == "minutes" else 1_000_000
            project = put(project, site.steps, data.draw(st.sampled_from([0, 1, most])))
    if possible(project):
        judge(loads(dump(project)))


# Not known is never the same as no


def may_be_left_out(project: Project) -> Iterator[Site]:
    for site in sites(project):
        if site.name not in MEANS_NO | ROWS | {"id", "title", "today"}:
            yield site


@every
@given(changed())
def test_a_fact_left_out_of_a_changed_project_adds_no_stop(project: Project) -> None:
    assert added_stops(project, list(may_be_left_out(project))) == []


def added_stops(project: Project, left_out: list[Site]) -> list[str]:
    held = judge(project)
    return [
        f"without {site.place}: {rule}"
        for site in left_out
        for rule in more_stops(held, judge(put(project, site.steps, None)))
    ]


def more_stops(before: Verdict, after: Verdict) -> list[str]:
    """Rules that stop more than before; a finding that only moved to another place, or to a rule of its trap, is none."""
    more, fewer = stops(after) - stops(before), stops(before) - stops(after)
    return sorted(code for code in more.keys() - NOT_YET if all(other[1] != code[1] for other in fewer))


def stops(verdict: Verdict) -> Counter[str]:
    return Counter(each.rule for each in verdict.findings if each.level is Level.STOP)


# Trap 5: one more person answered, told and confirming


def one_more(project: Project) -> Project | None:
    """Somebody who gave one thing, got an answer, was told in every round and said so."""
    told = project.feedback
    if told is None:
        return None
    given_ = project.contributions
    return replace(
        project,
        contributions=given_ and replace(given_, people=more(given_.people), items=more(given_.items)),
        feedback=replace(
            told,
            confirmed=more(told.confirmed),
            items_answered=more(told.items_answered),
            items_total=more(told.items_total),
            rounds=told.rounds and tuple(replace(r, reached=more(r.reached), of=more(r.of)) for r in told.rounds),
        ),
    )


def more(count: int | None) -> int | None:
    return None if count is None else count + 1


def one_of_them(project: Project) -> Project | None:
    """Somebody who gave before, and had not heard: answered, told in the rounds that missed somebody, confirming."""
    told, given_ = project.feedback, project.contributions
    if told is None or given_ is None or given_.people is None:
        return None
    confirmed, answered = told.confirmed, told.items_answered
    if confirmed is not None and confirmed < given_.people:
        confirmed += 1
    if answered is not None and told.items_total is not None and answered < told.items_total:
        answered += 1
    rounds = told.rounds and tuple(
        replace(r, reached=r.reached + 1) if r.reached is not None and r.of is not None and r.reached < r.of else r
        for r in told.rounds
    )
    return replace(project, feedback=replace(told, confirmed=confirmed, items_answered=answered, rounds=rounds))


def test_a_person_more_who_heard_never_makes_trap_5_worse_in_a_known_project() -> None:
    assert [name for name, project in known().items() if heard_makes_worse(project)] == []


@every
@given(any_project)
def test_a_person_more_who_heard_never_makes_trap_5_worse(project: Project) -> None:
    assert not heard_makes_worse(project)


def heard_makes_worse(project: Project) -> bool:
    after = [each for each in (one_more(project), one_of_them(project)) if each is not None]
    return any(worst(each, trap=5) > worst(project, trap=5) for each in after)


# Trap 3: a vote more, and one more of a group that has two


def with_people(project: Project, number: int, people: list[People]) -> Project:
    workshop = replace(project.workshops[number], people=tuple(people))
    return replace(project, workshops=(*project.workshops[:number], workshop, *project.workshops[number + 1 :]))


def votes_given(project: Project) -> Iterator[Project]:
    """To a whole row of members, and to one person of it."""
    for number, workshop in enumerate(project.workshops):
        for at, row in enumerate(workshop.people or ()):
            if row.lived is not True or row.votes is True or row.count == 0:
                continue
            others = [each for place, each in enumerate(workshop.people or ()) if place != at]
            yield with_people(project, number, [*others, replace(row, votes=True)])
            if row.count is not None and row.count > 1:
                one, rest = replace(row, count=1, votes=True), replace(row, count=row.count - 1)
                yield with_people(project, number, [*others, rest, one])


def one_more_member(project: Project) -> Iterator[Project]:
    """Paid and prepared like the others, of a group that has two or more in the room, with the say that they have."""
    for number, workshop in enumerate(project.workshops):
        if workshop.live is not None and workshop.live.speaking is not None:
            continue  # talk was measured without them: nobody can be added to it
        people = list(workshop.people or ())
        for row in people:
            together = sum(each.count or 0 for each in people if each.lived is True and each.group == row.group)
            if row.lived is True and row.group is not None and together >= 2:
                new = replace(row, count=1, pay=Pay.PAID, needs=(), supports=())
                yield with_people(project, number, [*people, new])


def test_a_vote_more_never_adds_to_trap_3_in_a_known_project() -> None:
    assert added(votes_given, trap=3) == []


def test_a_member_more_never_adds_to_trap_3_in_a_known_project() -> None:
    assert added(one_more_member, trap=3) == []


@every
@given(changed())
def test_a_vote_or_a_member_more_never_adds_to_trap_3(project: Project) -> None:
    for after in (*votes_given(project), *one_more_member(project)):
        assert worse(project, after, trap=3) == []


def added(change: Callable[[Project], Iterator[Project]], *, trap: int) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (name, found)
        for name, project in known().items()
        for after in change(project)
        if (found := worse(project, after, trap=trap))
    ]


# Trap 2: minutes of information turned into slack


def slackened(project: Project) -> Iterator[Project]:
    """All the minutes of one block of information, and half of them."""
    for number, workshop in enumerate(project.workshops):
        for at, block in enumerate(workshop.plan or ()):
            if block.kind is BlockKind.INFORMATION and block.minutes and not block.dropped:
                yield _with_blocks(project, number, at, [Block(minutes=block.minutes, kind=BlockKind.SLACK)])
                if (half := block.minutes // 2) > 0:
                    halves = [replace(block, minutes=block.minutes - half), Block(minutes=half, kind=BlockKind.SLACK)]
                    yield _with_blocks(project, number, at, halves)


def _with_blocks(project: Project, number: int, at: int, blocks: list[Block]) -> Project:
    workshop: Workshop = project.workshops[number]
    plan = workshop.plan or ()
    held = replace(workshop, plan=(*plan[:at], *blocks, *plan[at + 1 :]))
    return replace(project, workshops=(*project.workshops[:number], held, *project.workshops[number + 1 :]))


def test_information_turned_into_slack_never_adds_to_trap_2_in_a_known_project() -> None:
    assert added(slackened, trap=2) == []


@every
@given(any_project)
def test_information_turned_into_slack_never_adds_to_trap_2(project: Project) -> None:
    for after in slackened(project):
        assert worse(project, after, trap=2) == []
