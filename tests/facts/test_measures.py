"""Minutes, the room, what is owed, and small numbers."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withus.facts import dues, minutes, small
from withus.facts.block import Block
from withus.facts.feedback import Feedback, Redated, Round
from withus.facts.mix import of_room, user_led
from withus.facts.project import Contributions, Project
from withus.facts.words import BlockKind, Stage
from withus.facts.workshop import Chair, Live, People, Workshop

EVENING = Workshop(
    "w1",
    starts=time(18),
    ends=time(20),
    plan=(
        Block(minutes=20, kind=BlockKind.WELCOME),
        Block(minutes=30, kind=BlockKind.VENTING),
        Block(minutes=45, kind=BlockKind.ACTIVITY),
        Block(minutes=10, kind=BlockKind.INFORMATION, dropped=True),
    ),
)


def test_minutes_by_kind_leave_out_what_was_dropped() -> None:
    assert minutes.by_kind(EVENING) == {BlockKind.WELCOME: 20, BlockKind.VENTING: 30, BlockKind.ACTIVITY: 45}
    assert (minutes.working(EVENING), minutes.planned(EVENING), minutes.booked(EVENING)) == (45, 95, 120)
    assert minutes.starts(EVENING) == (0, 20, 50)


def test_minutes_that_really_happened_count() -> None:
    held = Workshop("w1", plan=EVENING.plan, live=Live(actual_minutes={BlockKind.VENTING: 50, BlockKind.SLACK: 10}))
    assert minutes.by_kind(held)[BlockKind.VENTING] == 50
    assert minutes.by_kind(held)[BlockKind.SLACK] == 10


def test_an_evening_past_midnight_has_its_length() -> None:
    assert minutes.booked(Workshop("w1", starts=time(22), ends=time(1))) == 180


def test_the_room_counts_what_people_do_not_say_apart() -> None:
    room = Workshop("w1", people=(People(lived=True, count=9), People(lived=False, count=1), People(count=2)))
    found = of_room(room)
    assert found is not None
    assert (found.lived, found.others, found.unsaid, found.known) == (9, 1, 2, False)
    assert user_led(room)
    assert not user_led(Workshop("w1", people=room.people, chair=Chair(lived=False)))


def owing(today: date, **facts: object) -> Project:
    feedback = Feedback(promised_on=date(2025, 7, 31), **facts)  # type: ignore[arg-type] # fields by name
    return Project("Evenings", today, contributions=Contributions(10, 47), feedback=feedback)


def test_late_begins_with_the_next_day() -> None:
    assert dues.is_due(owing(date(2025, 7, 31))) is False
    assert dues.is_due(owing(date(2025, 8, 1)))


def test_a_day_moved_with_a_reason_is_the_day_and_one_moved_without_is_not() -> None:
    """One that is told late breaks a promise all the same: that is a rule of its own, T508."""
    moved = Redated(on=date(2025, 7, 20), to=date(2025, 8, 15), because="board met late")
    assert dues.is_due(owing(date(2025, 8, 15), redated=moved)) is False
    late = Redated(on=date(2025, 8, 2), to=date(2025, 9, 15), because="board met late")
    assert dues.due_on(owing(date(2025, 8, 15), redated=late)) == date(2025, 9, 15)
    assert dues.is_due(owing(date(2025, 9, 16), redated=late))
    silent = Redated(on=date(2025, 7, 20), to=date(2025, 9, 15), because="")
    assert dues.is_due(owing(date(2025, 8, 15), redated=silent))


def test_without_a_promise_it_is_twelve_weeks_after_the_last_input() -> None:
    project = Project("Evenings", date(2025, 9, 4), workshops=(Workshop("w1", on=date(2025, 6, 12)),))
    assert dues.due_on(project) == date(2025, 9, 4)
    assert dues.is_due(project) is False


def test_a_closed_project_owes_everything_now_and_one_without_days_is_not_known() -> None:
    assert dues.is_due(Project("Evenings", date(2025, 9, 4), stage=Stage.CLOSED))
    assert dues.is_due(Project("Evenings", date(2025, 9, 4))) is None


def test_rounds_may_reach_the_same_people_so_there_is_a_least_and_a_most() -> None:
    told = (Round(on=date(2025, 7, 1), reached=6), Round(on=date(2025, 7, 5), reached=4), Round(on=date(2026, 1, 1)))
    found = dues.counters(owing(date(2025, 8, 1), rounds=told))
    assert (found.gave, found.reached_least, found.reached_most) == (10, 6, 10)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (40, 42, small.Band.NEARLY_ALL),
        (37, 42, 37),
        (42, 42, 42),
        (3, 42, small.Band.FEW),
        (5, 42, 5),
        (0, 42, small.Band.NOBODY),
        (3, 4, small.Band.HIDDEN),
    ],
)
def test_a_count_beside_its_whole_gives_away_neither_itself_nor_what_is_missing(
    part: int, whole: int, shown: object
) -> None:
    assert small.beside(part, whole) == shown


def test_small_counts_are_hidden_and_with_them_what_would_give_them_away() -> None:
    assert small.shown({"yes": 20, "no": 3}) == {"yes": None, "no": None}
    assert small.shown({"yes": 20, "no": 9}) == {"yes": 20, "no": 9}
    assert small.shown({"yes": 20, "no": 3, "perhaps": 8}) == {"yes": 20, "no": None, "perhaps": None}


def test_shares_are_words_and_too_few_have_none() -> None:
    assert small.in_words(2, 4) is small.Band.HIDDEN
    assert [small.in_words(part, 10).value for part in (0, 1, 3, 5, 8, 9, 10)] == [
        "nobody", "a few", "some", "about half", "most", "nearly all", "everybody",
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1))
def test_nothing_hidden_can_be_worked_out_from_the_total(counts: dict[str, int]) -> None:
    hidden = [name for name, count in small.shown(counts).items() if count is None]
    if hidden and len(hidden) < len([count for count in counts.values() if count]):
        assert len(hidden) >= 2
        assert sum(counts[name] for name in hidden) >= small.SMALLEST
