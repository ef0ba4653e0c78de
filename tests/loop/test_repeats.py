"""Near-repeats on a page stand below the first of them."""

from collections import Counter
from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from withus.live.models import Contribution
from withus.loop.repeats import said_again, together
from withus.loop.sense.letters import NEARLY_THE_SAME, Letters
from withus.loop.sense.repeats import Counted, near_repeats

BUS = "The last bus leaves before the group ends."
ANY = st.lists(st.text("ab cdé語食バ👍 ?", max_size=40), max_size=12)
WORDS = st.lists(st.sampled_from(["bus", "late", "nobody", "night", "the"]), min_size=1, max_size=12).map(" ".join)


def cards(*texts: str) -> list[Contribution]:
    return [Contribution(pk=number, words=words) for number, words in enumerate(texts)]


def test_each_repeat_moves_up_below_the_first() -> None:
    found = together(cards(BUS, "The tea is cold.", BUS.upper(), "", BUS[:-1], ""), {})
    assert [(one.card.pk, one.again) for one in found] == [
        (0, False),
        (2, True),
        (4, True),
        (1, False),
        (3, False),
        (5, False),
    ]


def test_no_card_is_lost_and_none_is_there_twice() -> None:
    given_ = cards(*[BUS] * 5, *["tea"] * 5, "", "")
    assert sorted(one.card.pk for one in together(given_, {})) == list(range(12))


@given(WORDS, WORDS)
def test_likeness_is_the_cosine_of_the_runs_of_four_letters(one: str, other: str) -> None:
    mine, theirs = (Counter(f" {text} "[at : at + 4] for at in range(len(text) - 1)) for text in (one, other))
    shared = sum(mine[run] * theirs[run] for run in mine)
    near = shared / sqrt(sum(n * n for n in mine.values()) * sum(n * n for n in theirs.values()))
    assert Letters.of(one).likeness(Letters.of(other)) == pytest.approx(near)
    assert Letters.of(one).nearly(Letters.of(other)) == (near >= NEARLY_THE_SAME) or abs(near - NEARLY_THE_SAME) < 1e-9


def test_cards_of_signs_alone_have_no_letters_to_be_alike_in() -> None:
    assert [one.again for one in together(cards("👍", "👎", "?!", "?!"), {})] == [False] * 4


@given(ANY)
def test_counted_all_together_no_pair_is_left_out_that_is_nearly_the_same(texts: list[str]) -> None:
    counted = Counted.of(texts)
    letters = [Letters.of(text) for text in texts]
    near = [pair for pair in combinations(range(len(texts)), 2) if letters[pair[0]].nearly(letters[pair[1]])]
    assert all(counted.may_be_near(np.array([one]), np.array([other])).all() for one, other in near)
    assert counted.squares.tolist() == [one.square for one in letters]
    assert counted.kinds.tolist() == [len(one.runs) for one in letters]


@given(ANY)
def test_whoever_says_the_same_stands_in_one_group_and_nobody_in_two(texts: list[str]) -> None:
    groups = said_again(list(enumerate(texts)))
    where = {one: at for at, group in enumerate(groups) for one in group}
    assert len(where) == sum(map(len, groups))
    assert all(where[one] == where[other] for one, other in near_repeats(texts))
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)


def test_what_is_said_most_often_comes_first_each_in_the_order_of_the_record() -> None:
    texts = [
        "The tea is cold.",
        BUS,
        "Nobody asked us",
        BUS.upper(),
        "the tea is cold",
        f"{BUS} Really.",
        "👍",
        "👍",
        "",
    ]
    assert said_again([(number + 10, text) for number, text in enumerate(texts)]) == [[11, 13, 15], [10, 14]]
