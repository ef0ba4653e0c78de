"""
Which cards can hold a word at all, by the pairs of letters in it: so that a rare word among a hundred thousand cards is found without
reading them all.

Each process keeps for each card of a large project 1,408 marks, one for every pair of letters that stands in it somewhere, and one for
every sign that is no English letter (several share a mark): 19 MB for a hundred thousand cards. No words can be read from them, and none
are kept. What a word cannot be in is left out; of the rest the database says which hold it. A card's words never change but when they are
erased: then its marks go, too.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from withus.live.models import CardState, Contribution

if TYPE_CHECKING:  # numpy is loaded only where a project is large
    import numpy as np
    from numpy.typing import NDArray

    Marks = NDArray[np.uint64]
    Numbers = NDArray[np.int64]

KEPT = 3
"""Projects whose marks are kept at hand."""
FROM = 5000
"""Cards from which it is worth it; fewer are read sooner than looked up."""
AT_ONCE = 5000
"""Cards that one search adds where it comes before all were read: each waits a little, and none waits for all."""
MARKS, IN_ONE = 1408, 64


@dataclass(frozen=True)
class Pairs:
    """The marks of all cards up to the `newest`: each of its rows holds sixty-four marks of every card."""

    cards: "Numbers"
    marks: "Marks"
    newest: int = 0
    erased: int = 0

    def holding(self, words: Sequence[str]) -> list[int]:
        """The cards that hold every pair of every word."""
        import numpy as np  # noqa: PLC0415 -- numpy, only where somebody asked

        asked: dict[int, int] = {}
        for mark in sorted({mark for word in words for mark in _marks_of(_signs(_folded(word)))}):
            asked[mark // IN_ONE] = asked.get(mark // IN_ONE, 0) | 1 << mark % IN_ONE
        can = np.ones(len(self.cards), np.bool_)
        for row, bits in asked.items():
            can &= (self.marks[row] & np.uint64(bits)) == np.uint64(bits)
        found: list[int] = self.cards[can].tolist()
        return found


_pairs: OrderedDict[int, Pairs] = OrderedDict()
_lock = threading.Lock()


def cards_with(words: Sequence[str], *, project: int) -> list[int] | None:
    """The cards that can hold all these words; None where that cannot be said."""
    telling = [word for word in words if _tells(word)]
    if not telling:
        return None
    pairs, whole = _kept(project)
    return pairs.holding(telling) if pairs is not None and whole else None


def read_all(project: int) -> None:
    """So that no search has to add any."""
    pairs, whole = _kept(project)
    while pairs is not None and not whole:
        pairs, whole = _kept(project)


def _kept(project: int) -> tuple[Pairs | None, bool]:
    with _lock:
        pairs, whole = _as_it_stands(project, _pairs.get(project))
        if pairs is not None:
            _pairs[project] = pairs
            _pairs.move_to_end(project)
        while len(_pairs) > KEPT:
            _pairs.popitem(last=False)
    return pairs, whole


def forget() -> None:
    """All of them. For tests, whose databases begin at one again and again."""
    _pairs.clear()


def _as_it_stands(project: int, before: Pairs | None) -> tuple[Pairs | None, bool]:
    """With what came since, and without what was erased; and whether that is every card."""
    given = Contribution.objects.filter(project=project).order_by("seq")
    if before is None and not given.values("pk")[FROM : FROM + 1].exists():
        return None, False
    import numpy as np  # noqa: PLC0415 -- numpy, only where somebody asked

    if before is None:
        before = Pairs(np.empty(0, np.int64), np.empty((MARKS // IN_ONE, 0), np.uint64))
    more = list(given.filter(seq__gt=before.newest).values_list("pk", "seq", "words")[:AT_ONCE])
    gone = given.filter(state=CardState.ERASED).order_by()
    erased = gone.count()
    cards, marks, newest = before.cards, before.marks, before.newest
    if more:
        numbers, seqs, texts = zip(*more, strict=True)
        cards = np.concatenate([cards, np.array(numbers, np.int64)])
        marks = np.concatenate([marks, _marks(texts)], axis=1)
        newest = seqs[-1]
    if erased != before.erased:
        marks = marks.copy()
        marks[:, np.isin(cards, np.array(gone.values_list("pk", flat=True), np.int64))] = 0
    return Pairs(cards, marks, newest, erased), len(more) < AT_ONCE


def _marks(texts: Sequence[str]) -> "Marks":
    """Of each text the marks of its pairs, packed. A word that is looked for has no space in it."""
    import numpy as np  # noqa: PLC0415 -- numpy, only where somebody asked

    signs = _signs("".join(_folded(text.replace("\x00", " ")) + "\x00" for text in texts))
    whose = np.cumsum(signs == 0)[:-1]
    of_words = signs > ord(" ")
    inside = of_words[:-1] & of_words[1:]
    set_for = np.zeros((len(texts), MARKS), np.bool_)
    set_for[whose[inside], _of_pairs(signs)[inside]] = True
    alone = _stands_alone(signs)[:-1]
    set_for[whose[alone], _of_one(signs[:-1][alone])] = True
    return np.packbits(set_for, axis=1, bitorder="little").view("<u8").astype(np.uint64).T.copy()


def _marks_of(word: "NDArray[np.uint32]") -> list[int]:
    found: list[int] = (_of_pairs(word) if len(word) > 1 else _of_one(word)).tolist()
    return found


def _signs(text: str) -> "NDArray[np.uint32]":
    import numpy as np  # noqa: PLC0415 -- numpy, only where somebody asked

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _of_pairs(signs: "NDArray[np.uint32]") -> "NDArray[np.uint32]":
    """The mark of each sign and the one after it. Each pair of English letters has its own, and each of two digits."""
    return (signs[:-1] * 37 + signs[1:]) % MARKS


def _stands_alone(signs: "NDArray[np.uint32]") -> "NDArray[np.bool_]":
    """Signs that somebody may look for by themselves: of Chinese a word, or a percent sign. A letter is in every card."""
    letter_or_digit = ((signs >= ord("a")) & (signs <= ord("z"))) | ((signs >= ord("0")) & (signs <= ord("9")))
    return (signs > ord(" ")) & ~letter_or_digit


def _of_one(signs: "NDArray[np.uint32]") -> "NDArray[np.uint32]":
    return (signs * 37 + ord("9")) % MARKS


def _folded(text: str) -> str:
    """
    Whatever a database takes for the same letter becomes the same here, sign by sign: also where a Turkish one takes I for an i without a
    dot, and one that goes by all of Unicode SS for ß.
    """
    return text.lower() if text.isascii() else text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def _tells(word: str) -> bool:
    """A lone letter is in every card, and a dot by itself may belong to the sign before."""
    signs = _folded(word)
    return "\u0307" not in word and (len(signs) > 1 or not (signs.isascii() and signs.isalnum()))
