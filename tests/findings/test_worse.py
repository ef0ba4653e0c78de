"""A reason holds for the figures that it was given for."""

import pytest

from tests.cast import NOW, cast
from withus.findings import actions, asks, gate
from withus.findings.models import Found
from withus.findings.worse import worse


@pytest.mark.parametrize(
    ("before", "now", "is_worse"),
    [
        ({"reached": 9, "gave": 12}, {"reached": 8, "gave": 12}, True),
        ({"reached": 9, "gave": 12}, {"reached": 10, "gave": 12}, False),
        ({"waiting": 1}, {"waiting": 2}, True),
        ({"waiting": 2}, {"waiting": 1}, False),
        ({"days": 3}, {"days": 30}, False),
        ({}, {"waiting": 9}, False),
    ],
)
def test_a_figure_that_moved_the_wrong_way_is_worse(
    before: dict[str, int], now: dict[str, int], *, is_worse: bool
) -> None:
    assert worse(before, now, level_before="stop", level_now="stop") is is_worse


def test_a_level_up_is_worse_and_what_was_answered_before_levels_were_kept_is_not() -> None:
    assert worse({}, {}, level_before="warn", level_now="stop")
    assert not worse({}, {}, level_before="", level_now="stop")


@pytest.mark.django_db
def test_a_stop_that_was_explained_closes_the_step_again_when_fewer_are_reached() -> None:
    them = cast()
    Found.objects.filter(project=them.project).delete()
    stop = Found.objects.create(
        project=them.project, rule="T502", name="not-everyone-reached", trap=5, level="stop", where="feedback",
        sentence="%(reached)s of %(gave)s.", evidence={"reached": 9, "gave": 12}, found_at=NOW,
    )  # fmt: skip
    actions.explain(them.project, rule="T502", where="feedback", because="Three moved away.", by=them.dev, now=NOW)
    assert gate.standing_stops(them.project, (5,)) == []
    Found.objects.filter(pk=stop.pk).update(evidence={"reached": 7, "gave": 12})
    assert gate.standing_stops(them.project, (5,)) == [stop]
    (seen,) = asks.beside(them.project)
    assert (seen.worse, seen.is_open, seen.is_stop) == (True, True, True)
    actions.own(
        them.project, rule="T502", where="feedback", what_we_did="We lost a list.", cost="Silence.", now_we="We ring.",
        by=them.dev, now=NOW,
    )  # fmt: skip
    assert gate.standing_stops(them.project, (5,)) == []
