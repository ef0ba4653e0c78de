"""The four counters in public: no difference between two of them tells of fewer than five."""

from hypothesis import given
from hypothesis import strategies as st

from withus.facts.small import SMALLEST
from withus.loop.asks import Counters
from withus.loop.counting import four


def counters(people: int, cards: int, answered: int, told: int, heard: int) -> Counters:
    return Counters(
        people=people,
        cards=cards,
        acknowledged=cards,
        answered=answered,
        told=told,
        heard=heard,
        owed=cards - answered,
        unreachable=0,
        no_address=0,
        promises=(),
    )


def test_each_counter_says_what_it_counts_and_out_of_how_many() -> None:
    shown = [(one.key, one.number, str(one.words), one.of) for one in four(counters(40, 50, 48, 30, 20))]
    assert shown == [
        ("acknowledged", 50, "", 50),
        ("answered", None, "nearly all", 50),
        ("told", 30, "", 40),
        ("heard", 20, "", 40),
    ]
    assert all(str(one.meaning).endswith(".") for one in four(counters(40, 50, 48, 30, 20)))


def test_heard_is_in_words_where_told_stands_too_near_to_it() -> None:
    shown = {one.key: (one.number, str(one.words)) for one in four(counters(40, 50, 50, 30, 28))}
    assert shown["told"] == (30, "")
    assert shown["heard"] == (None, "most")


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3), st.integers(0, 60), st.integers(0, 60))
def test_no_two_numbers_that_are_shown_differ_by_fewer_than_five(nested: list[int], cards: int, answered: int) -> None:
    heard, told, people = sorted(nested)
    shown = {one.key: one for one in four(counters(people, cards, min(answered, cards), told, heard))}
    seen = [one.number for one in (shown["told"], shown["heard"]) if one.number] + [shown["told"].of or 0]
    for one in seen:
        for other in seen:
            assert one == other or abs(one - other) >= SMALLEST or 0 in (one, other)
