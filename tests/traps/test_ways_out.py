"""Each way out, gone in each project that it is offered to: it never leads into a trap."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from tests.traps.known import known
from tests.traps.test_properties import NOT_YET
from tests.traps.ways_out import WAYS
from tests.traps.ways_out_feedback import FEEDBACK_WAYS
from tests.traps.ways_out_plan import PLAN_WAYS
from withus.facts.project import Project
from withus.facts.words import BlockKind, Openness
from withus.traps.catalogue import catalogue
from withus.traps.judge import judge
from withus.traps.rule import Finding, Level

EVERY = {**WAYS, **PLAN_WAYS, **FEEDBACK_WAYS}
ALREADY_BROKEN = frozenset({("T501", "T508"), ("T504", "T508")})
"""Whoever tells people after the promised day that it takes longer has broken the promise already; the way only makes it seen."""
PEOPLE_S_OWN = frozenset(
    {
        BlockKind.WELCOME,
        BlockKind.VENTING,
        BlockKind.SLACK,
        BlockKind.BREAK,
        BlockKind.PARKED_SUBJECTS,
        BlockKind.CLOSING,
    }
)


@dataclass(frozen=True, slots=True)
class Gone:
    """One way gone from one finding of one project."""

    name: str
    found: Finding
    number: int
    before: Project
    after: Project


@cache
def gone() -> tuple[Gone, ...]:
    return tuple(_gone())


def _gone() -> Iterator[Gone]:
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


QUESTIONS = frozenset(
    {("T103", 0), ("T103", 1), ("T104", 1), ("T107", 1), ("T108", 0), ("T110", 0), ("T111", 0), ("T111", 1), ("T112", 1),
     ("T113", 0), ("T113", 1), ("T201", 1), ("T204", 1), ("T206", 1), ("T208", 0), ("T208", 1), ("T210", 0), ("T210", 1),
     ("T211", 0), ("T211", 1), ("T212", 0), ("T212", 1), ("T214", 0), ("T214", 1), ("T301", 2), ("T304", 1), ("T305", 1),
     ("T307", 1), ("T310", 0), ("T310", 1), ("T313", 0), ("T313", 1), ("T315", 1), ("T316", 1), ("T317", 0), ("T317", 1),
     ("T318", 0), ("T318", 1), ("T506", 1), ("T508", 0), ("T508", 1), ("T509", 0), ("T516", 0), ("T516", 1)}
)  # fmt: skip
"""Ways that ask somebody, or own or explain what is past: no fact of the file has to change by it."""
ASKS = re.compile(r"\b(?:[Aa]sk|own it|write down what happened)\b")


def ways() -> dict[tuple[str, int], str]:
    rules = [entry.rule for entry in catalogue().values() if entry.rule.level is not Level.PRAISE]
    return {(rule.code, number): way for rule in rules for number, way in enumerate(rule.way_out)}


def test_each_way_changes_facts_or_is_a_question_to_somebody_or_owns_what_is_past() -> None:
    assert ways().keys() - EVERY.keys() - QUESTIONS == set()
    assert ways().keys() >= QUESTIONS
    assert [way for key, way in ways().items() if key in QUESTIONS and not ASKS.search(way)] == []


def test_each_way_that_is_no_question_ends_what_it_is_offered_for() -> None:
    """Ends: it is gone, or what everybody was warned of is only a notice to those who facilitate."""
    left = [
        f"{one.name}: {one.found.rule} way {one.number + 1} at {one.found.where}"
        for one in gone()
        if one.found.level is not Level.PRAISE and (one.found.rule, one.number) not in QUESTIONS
        if findings(one.after).get((one.found.rule, one.found.where), 0)
        > (0 if one.found.level is Level.NOTICE else Level.NOTICE.weight)
    ]
    assert left == []


def test_each_way_that_changes_facts_can_be_gone_somewhere() -> None:
    assert EVERY.keys() - {(one.found.rule, one.number) for one in gone()} == set()


DISCLOSE = re.compile(r"disclos|diagnos|who (?:of|among) \w+ has lived|say that they have|prove", re.IGNORECASE)


def said_of_themselves(project: Project) -> Counter[tuple[str, bool | None]]:
    return Counter(
        {
            (workshop.id, lived): sum(each.count or 1 for each in workshop.people or () if each.lived is lived)
            for workshop in project.workshops
            for lived in (None, False)
        }
    )


def test_no_way_out_asks_anybody_to_disclose_anything() -> None:
    """Whoever says nothing of themselves stays so: nobody is moved to those who have, or have not, lived through it."""
    assert [way for way in ways().values() if DISCLOSE.search(way)] == []
    moved = []
    for one in gone():
        more = said_of_themselves(one.after) - said_of_themselves(one.before)
        fewer = said_of_themselves(one.before) - said_of_themselves(one.after)
        if more or any(lived is None for _workshop, lived in fewer):
            moved.append((one.name, one.found.rule, one.number))
    assert moved == []


ROOM = {Openness.OPEN: 2, Openness.WITHIN_LIMITS: 1, Openness.SETTLED: 0}


def lowered(one: Gone) -> list[str]:
    """Decisions that people may change less, without a change that says from when, why, and that everybody was told."""
    before = {each.id: each.openness for each in one.before.decisions}
    return [
        each.id
        for each in one.after.decisions
        if (was := before.get(each.id)) is not None
        and each.openness is not None
        and ROOM[each.openness] < ROOM[was]
        and not any(
            told.decision == each.id and told.on and told.because and told.told_on
            for told in one.after.changes
            if told not in one.before.changes
        )
    ]


def test_no_way_out_lowers_what_people_may_change_without_a_reason_and_telling_everybody() -> None:
    assert [(one.name, one.found.rule) for one in gone() if lowered(one)] == []
    lower_claim = {
        (one.found.rule, one.number)
        for one in gone()
        if one.before.claim and one.after.claim and one.after.claim.label.rung < one.before.claim.label.rung
    }
    assert [key for key in sorted(lower_claim) if not re.search(r"[Tt]ell everybody", ways()[key])] == []


def test_ways_that_are_gone_belong_to_rules_and_most_rules_have_one() -> None:
    assert {(code, number) for code, number in EVERY if number >= len(catalogue()[code].rule.way_out)} == set()
    assert len({one.found.rule for one in gone()}) > len(catalogue()) // 2


@pytest.mark.parametrize("code", ["T101", "T102", "T201", "T203", "T301", "T303", "T401", "T405", "T502", "T504"])
def test_the_first_way_out_of_a_stop_ends_it(code: str) -> None:
    tried = [one for one in gone() if one.found.rule == code and one.number == 0]
    still = [one.name for one in tried if findings(one.after).get((code, one.found.where), 0) >= one.found.level.weight]
    assert tried
    assert still == []
