"""
Texts in any language by runs of three letters, as they stand in these texts: a run that few of them have tells more, and runs that stand
in the same texts are taken for nearly the same. In writing without spaces single signs and pairs of them are the runs.

What is learned is learned anew for each tree and kept with it. Of a run in fewer than three texts nothing is kept.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from withus.loop.sense.letters import KOREAN, NO_SPACES, WORD, without_addresses
from withus.loop.sense.numbers import Floats, Numbers

BUCKETS = 1 << 14
"""Runs are told apart by their checksum; a few share one."""
DIRECTIONS = 64
"""Texts that are about a hundred things lie apart in so many; more would tell small sets worse."""
FEWEST_TEXTS = 3
RARE = 1.25
"""How much more a rare run tells: the power of its weight."""
COUNTED, LETTERS_COUNTED = 20_000, 2_000_000
LEARNED_FROM, LETTERS_LEARNED_FROM = 5000, 1_000_000
"""So many texts are looked at, of long ones fewer: so many letters."""
ROUNDS, SPARE = 3, 10
LONGEST_TEXT, LONGEST_WORD = 1000, 100
RUN = (3,)
OF_SIGNS = (1, 2)
AT_ONCE, SUMMED_AT_ONCE = 2000, 50_000
MAY_MISS = re.compile(r"[\u0307\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
"""The vowel points of Hebrew and Arabic, which most people leave out, and the dot of a Turkish capital I."""
DOTLESS = "\u0131"
PARTS = re.compile(f"{NO_SPACES.pattern}+|[^{NO_SPACES.pattern[1:-1]}]+")


def words_of(text: str) -> list[str]:
    """In small letters; a Turkish i is one with and without its dot. Signs without spaces stand by themselves."""
    small = without_addresses(text)[:LONGEST_TEXT].lower()
    if not small.isascii():
        apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", small))
        small = unicodedata.normalize("NFC", MAY_MISS.sub("", apart)).replace(DOTLESS, "i")
    words: list[str] = WORD.findall(small)
    return [part for word in words for part in PARTS.findall(word)] if NO_SPACES.search(small) else words


def runs_of(word: str, of: Sequence[int] = RUN) -> list[str]:
    """A Korean sign is a syllable: it is taken as its letters."""
    if NO_SPACES.match(word):
        return [word[at : at + run] for run in OF_SIGNS for at in range(len(word) - run + 1)]
    spelled = unicodedata.normalize("NFD", word) if KOREAN.search(word) else word
    whole = f" {spelled[:LONGEST_WORD]} "
    return [whole[at : at + run] for run in of for at in range(len(whole) - run + 1)]


def _buckets(word: str) -> tuple[int, ...]:
    """A word comes again; a line of signs hardly ever does, and would only be in the way."""
    return _thrown(word) if NO_SPACES.match(word) else _thrown_once(word)


def _thrown(word: str) -> tuple[int, ...]:
    return tuple(crc32(run.encode("utf-8", "replace")) % BUCKETS for run in runs_of(word))


_thrown_once = lru_cache(maxsize=20_000)(_thrown)


@dataclass(frozen=True)
class Counted:
    """Which runs stand in which texts, in the order of the texts, and how much each says there."""

    texts: Numbers
    runs: Numbers
    weights: Floats

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        found = [[bucket for word in words_of(text) for bucket in _buckets(word)] for text in texts]
        lengths = np.fromiter(map(len, found), np.int64, len(found))
        every = np.fromiter(chain.from_iterable(found), np.int64, int(lengths.sum()))
        pairs, often = np.unique(np.repeat(np.arange(len(found)), lengths) * BUCKETS + every, return_counts=True)
        return cls(pairs // BUCKETS, pairs % BUCKETS, 1 + np.log(often.astype(np.float32)))


@dataclass(frozen=True)
class Runs:
    """Of each run that tells something: how much, and a row of numbers that says what it stands beside."""

    numbers: Numbers
    weights: Floats
    """The last is that of a run that no text had."""
    rows: NDArray[np.float16]

    def of_texts(self, texts: Sequence[str]) -> Floats:
        """One row for each text, the longer the more of it is known: all zero where nothing is, at most of length one."""
        place = np.full(BUCKETS, len(self.numbers), np.int64)
        place[self.numbers] = np.arange(len(self.numbers))
        known = self.rows.astype(np.float32)
        return np.concatenate(
            [
                np.zeros((0, known.shape[1]), np.float32),
                *(self._some(texts[at : at + AT_ONCE], place, known) for at in range(0, len(texts), AT_ONCE)),
            ]
        )

    def _some(self, texts: Sequence[str], place: Numbers, known: Floats) -> Floats:
        counted = Counted.of(texts)
        at = place[counted.runs]
        much = counted.weights * self.weights[at]
        there = at < len(known)
        found = _summed(counted.texts[there], at[there], much[there], known, len(texts))
        long = np.sqrt(np.bincount(counted.texts, much * much, minlength=len(texts)))
        made: Floats = (found / np.maximum(long, 1e-9)[:, None]).astype(np.float32)
        return made


def learn(texts: Sequence[str]) -> Runs | None:
    """What these texts tell of their runs, of many some; None where too few say anything alike. The same texts teach the same."""
    order = np.random.default_rng(7).permutation(len(texts))[:COUNTED]
    counted = _up_to([texts[at] for at in order], letters=LETTERS_COUNTED)
    number, weights = _told(counted)
    place = np.full(BUCKETS, -1, np.int64)
    place[number] = np.arange(len(number))
    some = Counted.of(_up_to(counted[:LEARNED_FROM], letters=LETTERS_LEARNED_FROM))
    there = place[some.runs] >= 0
    where, at, much = some.texts[there], place[some.runs[there]], some.weights[there]
    if len(number) < 2 or len(set(where.tolist())) < FEWEST_TEXTS:
        return None
    much = much * weights[at]
    much /= np.sqrt(np.bincount(where, much * much))[where]
    directions = _directions(where, at, much, len(number))
    return Runs(number, np.append(weights, _weight(np.zeros(1, np.intp), len(counted))), directions.astype(np.float16))


def _told(texts: Sequence[str]) -> tuple[Numbers, Floats]:
    """The runs that stand in some texts, and how much each tells: the less, the more texts have it."""
    often = np.zeros(BUCKETS, np.int64)
    for at in range(0, len(texts), AT_ONCE):
        often += np.bincount(Counted.of(texts[at : at + AT_ONCE]).runs, minlength=BUCKETS)
    number = np.flatnonzero(often >= FEWEST_TEXTS)
    return number, _weight(often[number], len(texts))


def _weight(often: Numbers, of: int) -> Floats:
    found: Floats = ((np.log((1 + of) / (1 + often)) + 1) ** RARE).astype(np.float32)
    return found


def _up_to(texts: Sequence[str], *, letters: int) -> Sequence[str]:
    """The first of the texts, of long ones fewer."""
    so_far = np.cumsum([min(len(text), LONGEST_TEXT) for text in texts])
    return texts[: int(np.searchsorted(so_far, letters, side="right"))]


def _directions(texts: Numbers, runs: Numbers, much: Floats, count: int) -> Floats:
    """
    The directions in which these texts differ most, as the largest singular vectors of the table of texts and runs (Halko, Martinsson and
    Tropp's rounds from a random beginning, which is always the same one).
    """
    long = int(texts.max()) + 1
    wanted = min(DIRECTIONS + SPARE, long, count)
    turned = np.argsort(runs, kind="stable")
    back = (runs[turned], texts[turned], much[turned])
    found = np.random.default_rng(7).standard_normal((count, wanted)).astype(np.float32)
    for _round in range(ROUNDS):
        found = np.linalg.qr(_summed(*back, _summed(texts, runs, much, found, long), count))[0]
    _left, _size, right = np.linalg.svd(_summed(texts, runs, much, found, long), full_matrices=False)
    made: Floats = found @ right[: min(DIRECTIONS, wanted)].T
    return made


def _summed(into: Numbers, of: Numbers, much: Floats, rows: Floats, count: int) -> Floats:
    """For each number in `into`, which are in order, the sum of the rows that `of` names beside it, each as `much` of it as is said."""
    found = np.zeros((count, rows.shape[1]), np.float32)
    for some in _parts(len(into)):
        full, starts = np.unique(into[some], return_index=True)
        found[full] += np.add.reduceat(rows[of[some]] * much[some, None], starts, axis=0)
    return found


def _parts(count: int) -> Iterator[slice]:
    return (slice(at, at + SUMMED_AT_ONCE) for at in range(0, count, SUMMED_AT_ONCE))
