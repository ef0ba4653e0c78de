"""Near-repeats on a page stand below the first of them."""

from collections import Counter
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withus.live.models import Contribution
from withus.loop.repeats import together
from withus.loop.sense.letters import NEARLY_THE_SAME, Letters

BUS = "The last bus leaves before the group ends."
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
