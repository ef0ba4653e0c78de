"""Each way out, gone in each project that it is offered to: it never leads into a trap."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.traps.known import known
from tests.traps.test_properties import NOT_YET
from tests.traps.ways_out import WAYS
from tests.traps.ways_out_plan import PLAN_WAYS
from withus.facts.project import Project
from withus.facts.words import BlockKind
from withus.traps.catalogue import catalogue
from withus.traps.judge import judge
from withus.traps.rule import Finding, Level

EVERY = {**WAYS, **PLAN_WAYS}
ALREADY_BROKEN = frozenset({("T501", "T508"), ("T504", "T508")})
"""Whoever tells people after the promised day that it takes longer has broken the promise already; the way only makes it seen."""
PEOPLE_S_OWN = frozenset(
    {BlockKind.WELCOME, BlockKind.VENTING, BlockKind.BREAK, BlockKind.PARKED_SUBJECTS, BlockKind.CLOSING}
)


@dataclass(frozen=True, slots=True)
class Gone:
    """One way gone from one finding of one project."""

    name: str
    found: Finding
    number: int
    before: Project
    after: Project


def gone() -> Iterator[Gone]:
    for name, project in known().items():
        for found in judge(project).findings:
            for number in range(len(found.way_out)):
                way = EVERY.get((found.rule, number))
                after = way and way(project, found)
                if after is not None:
                    yield Gone(name, found, number, project, after)


def raised(one: Gone) -> list[str]:
    """What is worse than before, save where a worse finding of the same trap at the same place made room for it."""
    held, left = findings(one.before), findings(one.after)
    eased = {(key[0][1], key[1]): level for key, level in held.items() if level > left.get(key, 0)}
    return [
        f"{one.name}: {one.found.rule} way {one.number + 1} at {one.found.where} raises {rule} at {where}"
        for (rule, where), level in left.items()
        if level > held.get((rule, where), 0) and level >= eased.get((rule[1], where), 0)
        if (one.found.rule, rule) not in ALREADY_BROKEN and rule not in NOT_YET
    ]


def findings(project: Project) -> dict[tuple[str, str], int]:
    return {
        (each.rule, each.where): each.level.weight for each in judge(project).findings if each.level is not Level.PRAISE
    }


def test_no_way_out_raises_a_finding_in_any_trap() -> None:
    assert [line for one in gone() for line in raised(one)] == []


def own(project: Project) -> Counter[tuple[str, str]]:
    """Minutes by workshop and kind."""
    minutes: Counter[tuple[str, str]] = Counter()
    for workshop in project.workshops:
        for block in workshop.plan or ():
            if block.kind in PEOPLE_S_OWN and not block.dropped:
                minutes[workshop.id, block.kind] += block.minutes or 0
    return minutes


def test_no_way_out_takes_time_from_what_is_people_s_own() -> None:
    assert [(one.name, one.found.rule, one.number) for one in gone() if own(one.before) - own(one.after)] == []


ONLY_ASK = frozenset(
    {"T110", "T111", "T112", "T113", "T208", "T210", "T211", "T212", "T213", "T214", "T310", "T313", "T317", "T318", "T402"}
) | {"T516"}  # fmt: skip
"""Rules whose ways out ask somebody, or own what is past: no fact of the file changes by it. A new rule has a way, or stands here."""


def test_every_rule_has_a_way_that_changes_facts_or_is_known_only_to_ask() -> None:
    found = {entry.rule.code for entry in catalogue().values() if entry.rule.level is not Level.PRAISE}
    assert found - {code for code, _number in EVERY} == ONLY_ASK


def test_ways_that_are_gone_belong_to_rules_and_most_rules_have_one() -> None:
    assert {(code, number) for code, number in EVERY if number >= len(catalogue()[code].rule.way_out)} == set()
    assert len({one.found.rule for one in gone()}) > len(catalogue()) // 2


@pytest.mark.parametrize("code", ["T101", "T102", "T201", "T203", "T301", "T303", "T401", "T405", "T502", "T504"])
def test_the_first_way_out_of_a_stop_ends_it(code: str) -> None:
    tried = [one for one in gone() if one.found.rule == code and one.number == 0]
    still = [one.name for one in tried if findings(one.after).get((code, one.found.where), 0) >= one.found.level.weight]
    assert tried
    assert still == []
