"""The four counters in public: no difference between two of them tells of fewer than five."""

from hypothesis import given
from hypothesis import strategies as st

from withus.facts.small import SMALLEST, shown_in
from withus.loop.asks import Counters
from withus.loop.counting import four


def counters(people: int, cards: int, answered: int, changed: int) -> Counters:
    return Counters(
        people=people,
        cards=cards,
        acknowledged=cards,
        answered=answered,
        changed=changed,
        told=0,
        heard=0,
        owed=cards - answered,
        unreachable=0,
        no_address=0,
        promises=(),
        said_no=0,
    )


def test_each_counter_says_what_it_counts_and_out_of_how_many() -> None:
    shown = four(counters(40, 50, 48, 20), confirmed=30)
    assert [(one.key, one.number, str(one.words), one.of, one.counts_people) for one in shown] == [
        ("acknowledged", 50, "", 50, False),
        ("answered", None, "nearly all", 50, False),
        ("changed", 20, "", 50, False),
        ("confirmed", 30, "", 40, True),
    ]
    assert all(str(one.meaning).endswith(".") for one in shown)


def test_changed_is_in_words_where_answered_stands_too_near_to_it() -> None:
    shown = {one.key: (one.number, str(one.words)) for one in four(counters(40, 40, 30, 28), confirmed=0)}
    assert shown["answered"] == (30, "")
    assert shown["changed"] == (None, "most")


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3), st.integers(0, 60), st.integers(0, 60))
def test_no_two_numbers_that_are_shown_differ_by_fewer_than_five(
    nested: list[int], people: int, confirmed: int
) -> None:
    changed, answered, cards = sorted(nested)
    rows = four(counters(people, cards, answered, changed), confirmed=min(confirmed, people))
    shown = {one.key: one for one in rows}
    of_cards = [one.number for one in (shown["answered"], shown["changed"]) if one.number] + [shown["answered"].of or 0]
    of_people = [shown["confirmed"].number or 0, shown["confirmed"].of or 0]
    for seen in (of_cards, of_people):
        for one in seen:
            for other in seen:
                assert one == other or abs(one - other) >= SMALLEST or 0 in (one, other)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_confirmed_never_moves_by_the_one_person_who_was_told_that_day(people: int, first: int, then: int) -> None:
    """Yesterday's number and today's are two that can be taken from one another. Only that nobody is missing is said of everybody."""
    shown = [four(counters(people, people, 0, 0), confirmed=min(one, people))[3] for one in sorted((first, then))]
    before, after = [one.number for one in shown]
    if before is not None and after is not None:
        assert before == after or after - before >= SMALLEST


def test_the_first_few_who_confirm_are_not_told_from_nobody() -> None:
    shown = [four(counters(40, 40, 40, 40), confirmed=count)[3] for count in (0, 1, 4, 5, 6, 9, 10, 34, 35, 36, 39, 40)]
    few = (None, "fewer than 5")
    numbers = [(one.number, str(one.words)) for one in shown]
    assert numbers == [
        few,
        few,
        few,
        (5, ""),
        (5, ""),
        (5, ""),
        (10, ""),
        (30, ""),
        (35, ""),
        (35, ""),
        (35, ""),
        (40, ""),
    ]


@given(st.lists(st.integers(1, 30), max_size=6), st.lists(st.integers(1, 30), max_size=6))
def test_no_group_that_is_hidden_can_be_worked_out_from_the_sums(changed: list[int], same: list[int]) -> None:
    """Whoever knows the sum of each group and what is shown knows only a sum of several, of at least five cards."""
    groups = [{f"c{n}": v for n, v in enumerate(changed)}, {f"s{n}": v for n, v in enumerate(same)}]
    groups.append({**groups[0], **groups[1]})
    shown = shown_in(groups)
    for group in groups:
        hidden = [group[name] for name in group if shown[name] is None]
        all_hidden = len(hidden) == len(group)
        assert not hidden or all_hidden or (len(hidden) > 1 and sum(hidden) >= SMALLEST)
    assert all(value is None or value >= SMALLEST for value in shown.values())
