"""Near-repeats on a page are those that `likeness` finds, and stand below the first of them."""

from hypothesis import given
from hypothesis import strategies as st

from withus.live.models import Contribution
from withus.loop.repeats import Letters, together
from withus.loop.sense.letters import NEARLY_THE_SAME, likeness, runs

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
def test_the_short_way_finds_what_the_long_way_finds(one: str, other: str) -> None:
    near = likeness(runs(one), runs(other))
    assert Letters.of(one).nearly(Letters.of(other)) == (near >= NEARLY_THE_SAME) or abs(near - NEARLY_THE_SAME) < 1e-9
