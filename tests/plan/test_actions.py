"""The plan's acts: one entry each, nothing thrown away, and kind refusals that leave nothing behind."""

from datetime import time

import pytest

from tests.cast import NOW, Cast, a_workshop, cast
from withus.findings.models import Judged
from withus.plan import actions, asks
from withus.plan.models import Block
from withus.projects.refused import Refused
from withus.record.models import Opening
from withus.record.verify import verify
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db


def changes(them: Cast) -> list[str]:
    rows = Opening.objects.filter(entry__project=them.project, kind="plan.changed").order_by("entry__seq")
    return [row.facts["what"] for row in rows]


def block(them: Cast, workshop: Workshop, kind: str = "venting", minutes: int = 20, **more: object) -> Block:
    return actions.add_block(workshop, kind=kind, minutes=minutes, by=them.dev, now=NOW, **more)  # type: ignore[arg-type] # a test's own mix


def order_of(workshop: Workshop) -> list[str]:
    return [one.kind for one in asks.blocks(workshop)]


def test_each_act_is_one_entry_and_what_is_taken_out_can_come_back() -> None:
    them = cast()
    workshop = a_workshop(them)
    first, second = block(them, workshop), block(them, workshop, "slack", 15)
    actions.move_block(second, to=1, by=them.dev, now=NOW)
    assert order_of(workshop) == ["slack", "venting"]
    actions.remove_block(first, by=them.dev, now=NOW)
    assert order_of(workshop) == ["slack"]
    actions.put_back(first, by=them.dev, now=NOW)
    assert sorted(order_of(workshop)) == ["slack", "venting"]
    assert changes(them) == ["added", "added", "moved", "removed", "put back"]
    assert verify(them.project).ok
    assert Judged.objects.get(project=them.project).at == NOW


def test_of_two_who_change_a_part_the_second_sees_the_first_and_neither_text_is_lost() -> None:
    them = cast()
    part = block(them, a_workshop(them), note="Tea first.")
    actions.change_block(part, version=1, kind="venting", minutes=25, note="Cake first.", by=them.dev, now=NOW)
    with pytest.raises(actions.ChangedMeanwhile) as clash:
        actions.change_block(part, version=1, kind="venting", minutes=5, note="Mine.", by=them.dev, now=NOW)
    assert (clash.value.block.note, clash.value.block.minutes) == ("Cake first.", 25)
    assert changes(them) == ["added", "changed"]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"minutes": 0}, actions.NotMinutes),
        ({"minutes": 601}, actions.NotMinutes),
        ({"kind": "lecture"}, actions.NotAKind),
    ],
)
def test_what_is_no_part_leaves_nothing(fields: dict[str, object], refusal: type[Refused]) -> None:
    them = cast()
    workshop = a_workshop(them)
    with pytest.raises(refusal):
        block(them, workshop, **fields)  # type: ignore[arg-type] # a test's own mix
    assert (Block.objects.count(), changes(them)) == (0, [])


def test_the_plan_of_a_workshop_that_ended_stays_as_it_was() -> None:
    them = cast()
    workshop = a_workshop(them)
    part = block(them, workshop)
    Workshop.objects.filter(pk=workshop.pk).update(state="ended")
    ended = Block.objects.select_related("workshop__project").get(pk=part.pk)
    with pytest.raises(actions.PlanIsOver):
        actions.remove_block(ended, by=them.dev, now=NOW)
    with pytest.raises(actions.PlanIsOver):
        block(them, ended.workshop)
    assert changes(them) == ["added"]


def test_parts_follow_each_other_and_a_fixed_time_that_comes_too_early_is_seen() -> None:
    them = cast()
    workshop = a_workshop(them)
    block(them, workshop, "welcome", 30)
    block(them, workshop, "venting", 30, pinned=time(14, 20))
    block(them, workshop, "slack", 80)
    timed = asks.timed(workshop)
    assert [(one.starts, one.overlaps) for one in timed] == [
        (time(14, 0), False),
        (time(14, 20), True),
        (time(14, 50), False),
    ]
    total = asks.total(workshop)
    assert (total.planned, total.booked, total.over, total.spare) == (140, 120, 20, 0)
