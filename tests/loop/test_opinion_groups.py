"""Groups of people who vote alike: the numbers, without a table."""

import numpy as np
import pytest
from numpy.typing import NDArray

from withus.loop.opinions.groups import Votes, alike, found_again, groups
from withus.loop.opinions.shares import agreed_by_all, counted, marks

CARDS = 12


def camps(*sizes: int, noise: float = 0.1, seen: float = 0.8, common: int = 2) -> Votes:
    """Each camp likes its own part of the cards and none of the others'; all like the first `common`."""
    chance = np.random.default_rng(7)
    camp = np.repeat(np.arange(len(sizes)), sizes)
    card = np.arange(CARDS) % len(sizes)
    votes = np.where(card[None, :] == camp[:, None], 1.0, -1.0)
    votes[:, :common] = 1.0
    votes = np.where(chance.random(votes.shape) < noise, -votes, votes)
    return np.where(chance.random(votes.shape) < seen, votes, np.nan)


def of(*sizes: int) -> NDArray[np.int64]:
    return np.asarray(np.repeat(np.arange(len(sizes)), sizes), dtype=np.int64)


@pytest.mark.parametrize("sizes", [(40, 40), (60, 30), (50, 40, 30)])
def test_planted_camps_are_found_largest_first(sizes: tuple[int, ...]) -> None:
    found = groups(camps(*sizes))
    assert found is not None
    grouped = found.of >= 0
    assert found.count == len(sizes)
    assert alike(found.of[grouped], of(*sizes)[grouped]) > 0.9
    assert list(np.bincount(found.of[grouped])) == sorted(np.bincount(found.of[grouped]), reverse=True)
    assert found_again(found) == 1.0


def test_fewer_than_fifty_people_are_never_divided() -> None:
    assert groups(camps(25, 24, seen=1.0)) is None
    assert groups(camps(25, 25, seen=1.0)) is not None


def test_who_voted_on_fewer_than_seven_cards_counts_neither_for_the_fifty_nor_in_a_group() -> None:
    votes = camps(26, 26, seen=1.0)
    votes[0, 6:] = np.nan
    found = groups(votes)
    assert found is not None
    assert [int(each) for each in np.flatnonzero(found.of < 0)] == [0]
    votes[1:3, 6:] = np.nan
    assert groups(votes) is None


def test_a_group_of_four_is_never_one() -> None:
    found = groups(camps(60, 4, noise=0.02, seen=1.0))
    assert found is None or np.bincount(found.of[found.of >= 0]).min() >= 5


def test_one_opinion_is_not_called_sure_groups() -> None:
    """All vote by the toss of a coin: whatever is found is not found again."""
    votes = np.where(np.random.default_rng(3).random((120, CARDS)) < 0.5, 1.0, -1.0)
    found = groups(votes)
    assert found is None or found_again(found) < 0.6


def test_everybody_the_same_has_no_groups() -> None:
    assert groups(np.ones((80, CARDS))) is None


def test_the_order_of_people_changes_no_group() -> None:
    votes = camps(50, 40, 30)
    turned = np.random.default_rng(1).permutation(len(votes))
    one, other = groups(votes), groups(votes[turned])
    assert one is not None
    assert other is not None
    assert alike(one.of[turned] + 1, other.of + 1) == 1.0


def test_a_card_that_was_taken_off_divides_nobody() -> None:
    votes = camps(40, 40, noise=0.0, seen=1.0, common=CARDS - 1)
    assert groups(votes) is not None
    off = np.arange(CARDS) == CARDS - 1
    assert groups(votes, left_out=off) is None


def test_what_all_agree_on_and_what_marks_each_group() -> None:
    votes = camps(50, 40)
    found = groups(votes)
    assert found is not None
    cards = counted(votes, found)
    assert {one.card for one in agreed_by_all(cards) if one.agree} == {0, 1}
    for group in range(found.count):
        for one in marks(cards, group):
            assert one.card > 1
            assert one.agree == (one.card % 2 == group)


def test_fewer_than_five_votes_of_a_group_say_nothing() -> None:
    votes = camps(50, 40)
    found = groups(votes)
    assert found is not None
    votes[found.of == 1, 0] = np.nan
    votes[np.flatnonzero(found.of == 1)[:4], 0] = 1.0
    assert 0 not in {one.card for one in agreed_by_all(counted(votes, found))}


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (60, 0), (60, 1)])
def test_nothing_to_divide_is_no_fault(shape: tuple[int, int]) -> None:
    assert groups(np.full(shape, np.nan)) is None
