"""
Near-repeats among thousands of texts at once, without holding each against every other. What cannot be one is left out by counting, for
all texts together; of what is left their letters say whether it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from withus.loop.sense.letters import ENOUGH, Letters, plain, run_in
from withus.loop.sense.numbers import Floats, Numbers

RAREST = 12
"""A text is held against those that share one of its rarest runs: an edit in one place leaves most of them as they were."""
COMMON = 50
"""Of the texts that have a rare run, so many are held against each that comes later: a run in more of them tells nothing."""
BETWEEN = "\0\0\0"
"""Stands between two texts, so that no run reaches from one into the next."""
PLACES = 1024
AT_ONCE = 3000
"""Pairs that are counted at a time: what is counted stays near the processor."""


def near_repeats(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that are nearly the same, the earlier one first."""
    letters = cache(lambda number: Letters.of(texts[number]))
    return ((one, other) for one, other in may_be_repeats(texts) if letters(one).nearly(letters(other)))


def said_together(texts: Sequence[str]) -> list[list[int]]:
    """Texts that are nearly the same as another of their group, each group in order, from the one that begins first on."""
    group = list(range(len(texts)))

    def first(number: int) -> int:
        while group[number] != number:
            group[number] = number = group[group[number]]
        return number

    by_letters: dict[str, int] = {}
    for number, text in enumerate(texts):
        if the_same := plain(text):
            group[number] = by_letters.setdefault(the_same, number)
    apart = list(by_letters.values())
    letters = cache(lambda number: Letters.of(texts[number]))
    for pair in may_be_repeats([texts[number] for number in apart]):
        one, other = apart[pair[0]], apart[pair[1]]
        if group[one] == group[other]:
            continue
        here, there = sorted((first(one), first(other)))
        if here != there and letters(one).nearly(letters(other)):
            group[there] = here
    found: dict[int, list[int]] = {}
    for number in range(len(texts)):
        found.setdefault(first(number), []).append(number)
    return [some for some in found.values() if len(some) > 1]


def may_be_repeats(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs, the earlier one first, that share a rare run, and that lengths and a rough count of what they share do not tell apart."""
    counted = Counted.of(texts)
    earlier, later = counted.sharing_a_rare_run()
    found: list[tuple[int, int]] = []
    for at in range(0, len(later), AT_ONCE):
        one, other = earlier[at : at + AT_ONCE], later[at : at + AT_ONCE]
        may = counted.may_be_near(one, other)
        found += zip(one[may].tolist(), other[may].tolist(), strict=True)
    return found


@dataclass(frozen=True)
class Counted:
    """Which runs stand in which texts, in the order of the texts; and of each text what `Letters` knows of it."""

    texts: Numbers
    runs: Numbers
    kinds: Numbers
    """How many runs a text has, each counted once."""
    squares: Numbers
    thrown: Floats
    """How often its runs stand in a text, each run thrown into one of so many places; a few share one."""
    bits: NDArray[np.uint64]
    """Which of the places are taken."""
    unseen: Numbers
    """How many of a text's runs have no place of their own."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """As `Letters.of`, for all at once."""
        text, run = _runs_of([plain(text) for text in texts])
        _named, numbers = np.unique(run, return_inverse=True)
        many = int(numbers.max(initial=-1)) + 1
        pairs, often = np.unique(text * max(many, 1) + numbers, return_counts=True)
        of_text, of_run = np.divmod(pairs, max(many, 1))
        kinds = np.bincount(of_text, minlength=len(texts))
        squares = np.bincount(of_text, often * often, minlength=len(texts)).astype(np.intp)
        places = np.bincount(of_text * PLACES + of_run % PLACES, often, minlength=len(texts) * PLACES)
        thrown = places.reshape(len(texts), PLACES).astype(np.float32)
        taken = thrown > 0
        bits = np.packbits(taken, axis=1).view(np.uint64)
        return cls(of_text, of_run, kinds, squares, thrown, bits, kinds - taken.sum(axis=1))

    def sharing_a_rare_run(self) -> tuple[Numbers, Numbers]:
        """Of each pair the earlier and the later text."""
        texts, runs = self._rarest()
        begins = np.searchsorted(runs, runs)
        before = np.minimum(np.arange(len(runs)) - begins, COMMON)
        later = np.repeat(texts, before)
        earlier = texts[np.repeat(begins, before) + _count_up(before)]
        several = len(self.kinds)
        pairs = np.sort(later * several + earlier)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # each once, quicker than numpy's unique
        return pairs % several, pairs // several

    def _rarest(self) -> tuple[Numbers, Numbers]:
        """Texts, and the rarest runs of each: by the run, and then by the text."""
        often = np.bincount(self.runs)
        order = np.lexsort((self.runs, often[self.runs], self.texts))
        rarest = order[_count_up(self.kinds) < RAREST]
        texts, runs = self.texts[rarest], self.runs[rarest]
        by_run = np.argsort(runs, kind="stable")
        return texts[by_run], runs[by_run]

    def may_be_near(self, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
        """False only for what `Letters.nearness` tells apart as well: what two texts share is counted here a little too high."""
        enough = ENOUGH * self.squares[one] * self.squares[other]
        shared = np.bitwise_count(self.bits[one] & self.bits[other]).sum(axis=1, dtype=np.intp)
        shared = np.minimum(shared + np.minimum(self.unseen[one], self.unseen[other]), self.kinds[one])
        twice = self.squares - self.kinds
        may: NDArray[np.bool_] = (twice[one] + shared) * (twice[other] + shared) >= enough
        left = np.flatnonzero(may)
        most = np.einsum("ij,ij->i", self.thrown[one[left]], self.thrown[other[left]])
        may[left] = most.astype(np.float64) ** 2 >= enough[left]
        return may


def _runs_of(texts: Sequence[str]) -> tuple[Numbers, NDArray[np.uint64]]:
    """Every run of every text as one number, and which text it stands in. The same run is the same number."""
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    run = np.fromiter(map(run_in, texts), np.intp, len(texts))
    signs = np.frombuffer(BETWEEN.join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    known = np.zeros(int(signs.max(initial=0)) + 1, bool)
    known[signs] = True
    sign = (np.cumsum(known) - 1).astype(np.uint64)[signs]
    base = np.uint64(known.sum())
    several = np.where(lengths > 0, np.maximum(lengths - run + 1, 1), 0)
    text = np.repeat(np.arange(len(texts)), several)
    begins = np.cumsum(lengths + len(BETWEEN)) - lengths - len(BETWEEN)
    at = begins[text] + _count_up(several)
    number = np.zeros(len(at), np.uint64)
    for place in range(int(run.max(initial=0))):
        number = number * base + np.where(place < run[text], sign[at + place], np.uint64(0))
    return text, number


def _count_up(several: Numbers) -> Numbers:
    """0, 1, 2 ... for each, as many as it has."""
    return np.arange(int(several.sum())) - np.repeat(np.cumsum(several) - several, several)
