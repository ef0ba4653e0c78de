"""
Groups of people who vote alike, from who agrees with what. Pure: numbers in, groups out, no tables.

The steps are those of Polis (Small and others, 2021, "Polis: scaling deliberation by mapping high dimensional opinion
spaces", section 3): what somebody did not vote on is filled with the mean of the card, the votes are laid out on the two axes
along which people differ most, people with few votes are drawn outwards so that they do not look undecided, and k-means with
the best silhouette says how many groups there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from withus.loop.opinions import LEAST_IN_A_GROUP, LEAST_PEOPLE, LEAST_VOTES

Votes = NDArray[np.float64]
"""People by cards: 1 agrees, 0 neither, -1 disagrees, not-a-number where nobody voted."""

MOST_GROUPS = 5
STARTS, ROUNDS = 10, 300
MEASURED = 2_000
"""The silhouette is measured on at most this many people, evenly taken: it needs each distance between two of them."""
TRIES, TAKEN, STARTS_OF_A_TRY, MEASURED_IN_A_TRY = 20, 0.8, 3, 500
"""How often the groups are looked for again, among which share of the people."""
THE_SAME = 0.8
"""Two divisions with at least this adjusted Rand index are called the same."""


@dataclass(frozen=True, kw_only=True)
class Groups:
    """
    `of`: the group of each person, 0 being the largest; -1 for who voted too little. `silhouette`: how far the groups stand
    apart, from -1 to 1.
    `places`: where the votes put each person, on two axes.
    """

    of: NDArray[np.int64]
    count: int
    silhouette: float
    places: NDArray[np.float64]


def groups(votes: Votes, *, left_out: NDArray[np.bool_] | None = None) -> Groups | None:
    """None where there are too few people, or no division without a group under five. `left_out`: cards that were taken off, by place."""
    enough = (~np.isnan(votes)).sum(axis=1) >= min(LEAST_VOTES, votes.shape[1])
    if votes.shape[1] < 2 or enough.sum() < LEAST_PEOPLE:
        return None
    places = laid_out(votes if left_out is None else np.where(left_out, 0.0, votes))
    found = _best(places[enough], starts=STARTS, measured=MEASURED)
    if found is None:
        return None
    labels, silhouette = found
    of = np.full(len(votes), -1, dtype=np.int64)
    of[enough] = _largest_first(labels)
    return Groups(of=of, count=int(labels.max()) + 1, silhouette=silhouette, places=places)


def found_again(found: Groups) -> float:
    """How sure it is: the share of the tries, each among four fifths of the people, that find the same groups."""
    grouped = found.of >= 0
    places, labels = found.places[grouped], found.of[grouped]
    chance = np.random.default_rng(len(places))
    same = 0
    for _ in range(TRIES):
        some = np.sort(chance.choice(len(places), size=int(len(places) * TAKEN), replace=False))
        tried = _best(places[some], starts=STARTS_OF_A_TRY, measured=MEASURED_IN_A_TRY)
        same += tried is not None and alike(tried[0], labels[some]) >= THE_SAME
    return same / TRIES


def laid_out(votes: Votes) -> NDArray[np.float64]:
    """People by the two axes along which they differ most."""
    voted = ~np.isnan(votes)
    on_each = voted.sum(axis=0)
    means = np.where(voted, votes, 0.0).sum(axis=0) / np.maximum(on_each, 1)
    centred = np.where(voted, votes - means, 0.0)
    people, cards = centred.shape
    by_cards = cards <= people
    _, axes = np.linalg.eigh(centred.T @ centred if by_cards else centred @ centred.T)
    two = axes[:, ::-1][:, :2]
    if not by_cards:
        two = centred.T @ two
        two = two / np.maximum(np.linalg.norm(two, axis=0), 1e-12)
    outwards = np.sqrt(cards / np.maximum(voted.sum(axis=1), 1))
    places: NDArray[np.float64] = (centred @ two) * outwards[:, None]
    return places


def alike(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """The adjusted Rand index of two ways to divide the same people: 1 the same, about 0 by chance (Hubert and Arabie, 1985)."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts: NDArray[np.float64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    by_chance = rows * columns / max(pairs(np.array([float(len(one))])), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)


def _best(places: NDArray[np.float64], *, starts: int, measured: int) -> tuple[NDArray[np.int64], float] | None:
    """The division, of two to five groups, whose groups stand furthest apart."""
    some = places[:: -(-len(places) // measured)]
    between = _between(some)
    best: tuple[NDArray[np.int64], float] | None = None
    for count in range(2, MOST_GROUPS + 1):
        centres = _divided(places, count, starts)
        labels = _nearest(places, centres)
        if np.bincount(labels, minlength=count).min() < LEAST_IN_A_GROUP:
            continue
        silhouette = _silhouette(between, _nearest(some, centres))
        if best is None or silhouette > best[1]:
            best = labels, silhouette
    return best


def _divided(places: NDArray[np.float64], count: int, starts: int) -> NDArray[np.float64]:
    """Centres of `count` groups: k-means from several starts, the tightest kept. The same people give the same centres."""
    chance = np.random.default_rng(count)
    best, tightest = places[:count], np.inf
    for start in islice(_starts(places, count, chance), starts):
        centres = start
        for _ in range(ROUNDS):
            labels = _nearest(places, centres)
            sizes = np.bincount(labels, minlength=count)[:, None]
            sums = np.stack([np.bincount(labels, weights=axis, minlength=count) for axis in places.T], axis=1)
            moved = np.where(sizes > 0, sums / np.maximum(sizes, 1), centres)
            if np.array_equal(moved, centres):
                break
            centres = moved
        spread = float(((places - centres[_nearest(places, centres)]) ** 2).sum())
        if spread < tightest - 1e-9:
            best, tightest = centres, spread
    return best


def _starts(places: NDArray[np.float64], count: int, chance: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    """Far apart by chance: k-means++ (Arthur and Vassilvitskii, 2007)."""
    while True:
        chosen = [places[chance.integers(len(places))]]
        for _ in range(count - 1):
            far = np.min([((places - each) ** 2).sum(axis=1) for each in chosen], axis=0)
            total = far.sum()
            chosen.append(places[chance.choice(len(places), p=far / total) if total > 0 else 0])
        yield np.array(chosen)


def _nearest(places: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.int64]:
    far = np.stack([((places - each) ** 2).sum(axis=1) for each in centres])
    return np.asarray(far.argmin(axis=0), dtype=np.int64)


def _between(places: NDArray[np.float64]) -> NDArray[np.float64]:
    squares = (places**2).sum(axis=1)
    distances: NDArray[np.float64] = np.sqrt(
        np.maximum(squares[:, None] + squares[None, :] - 2 * places @ places.T, 0.0)
    )
    return distances


def _silhouette(between: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Rousseeuw, 1987: how much nearer people are to their own group than to the next one, on average."""
    count = int(labels.max()) + 1
    of_each = np.eye(count)[labels]
    sizes = of_each.sum(axis=0)
    sums = between @ of_each
    own = sums[np.arange(len(labels)), labels] / np.maximum(sizes[labels] - 1, 1)
    others = sums / np.maximum(sizes, 1)
    others[:, sizes == 0] = np.inf
    others[np.arange(len(labels)), labels] = np.inf
    next_one = others.min(axis=1)
    nearer = (next_one - own) / np.maximum(np.maximum(next_one, own), 1e-12)
    return float(np.where(sizes[labels] > 1, nearer, 0.0).mean())


def _largest_first(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    sizes = np.bincount(labels)
    order = np.argsort(-sizes, kind="stable")
    new = np.empty(len(sizes), dtype=np.int64)
    new[order] = np.arange(len(sizes))
    return np.asarray(new[labels], dtype=np.int64)
