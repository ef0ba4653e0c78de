"""
A text as a row of numbers, such that texts about the same thing point the same way. Fixed: no other text has a say in it, so one more
contribution never moves an old one.

English goes by a table of word pieces, rarer pieces weighing more. Other languages, and English without the table, go by runs of letters;
in groups they lie by what was learned of these runs (runs.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain, compress
from typing import Final, Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from withus.loop.sense import runs
from withus.loop.sense.letters import NO_SPACES
from withus.loop.sense.numbers import Floats, of_length_one
from withus.loop.sense.pieces import Cut, Pieces, words_of

Kind = Literal["pieces", "letters2", "minilm", ""]
"""By what a vector was made; "" where a text has nothing to go by. Vectors of two kinds are never compared."""
LETTERS: Final = "letters2"
NO_MORE = ("letters",)
"""Kinds that were once made in another way: what is stored of them is made anew."""
Stored = NDArray[np.int8]

WIDTH, OF_LETTERS = 128, 256
TABLE = "pieces.npz"
FLOOR: Mapping[str, float] = {"pieces": 0.35, LETTERS: 0.24, "minilm": 0.35, "letters": 0.22}
"""A text less alike than this to the nearest group is laid beside none. Of new comments on a known subject 19 of 20 lie above."""
FLOOR_BY_RUNS = 0.15
"""The same where what was learned of runs of letters says how near it is."""
ENGLISH = 0.75
"""
Share of a text's letters that stand in words of the table, and of its words that hold English sentences together; where both together
are less, the text is taken for another language. Of short English texts about 1 in 200 is; of German ones with an English name, most are.
"""
HOLD_TOGETHER = frozenset([
    *("the", "and", "to", "of", "my", "is", "are", "was", "were", "be", "been", "have", "has", "had", "not", "it"),
    *("you", "your", "they", "their", "we", "our", "this", "that", "these", "those", "can", "could", "do", "does", "did", "would"),
    *("will", "should", "what", "how", "why", "when", "where", "who", "which", "there", "with", "for", "from", "very", "more", "than"),
    *("at", "by", "on", "if", "or", "about", "please", "i", "me", "am", "im"),
])  # fmt: skip
HOLD_OTHERS_TOGETHER = frozenset([
    *("aber", "auch", "auf", "bei", "das", "dem", "der", "ein", "eine", "einen", "gibt", "hier", "ich", "ist", "kein", "keine", "mehr"),
    *("mich", "mir", "mit", "nicht", "noch", "nur", "oder", "schon", "sehr", "sich", "sie", "sind", "und", "von", "wenn", "wie"),
    *("wieder", "wir", "wird", "zu", "zum", "zur", "een", "het", "ik", "maar", "naar", "niet", "ook", "voor", "wat", "zijn"),
    *("avec", "dans", "elle", "est", "et", "je", "le", "les", "mais", "nous", "que", "qui", "sont", "sur", "une", "vous"),
    *("como", "del", "esta", "para", "pero", "por", "una", "anche", "che", "della", "gli", "il", "nel", "sono", "nao", "uma"),
    *("att", "det", "och", "og", "ikke", "inte", "jeg", "jag", "paa", "som", "til", "bir", "bu", "cok", "icin", "ile", "ve"),
    *("dari", "dengan", "ini", "itu", "saya", "tidak", "untuk", "yang", "jest", "nie", "ze", "este", "nem", "egy"),
])  # fmt: skip
"""The same of other languages, but for what is an English word or name, too. Where more of these stand, a text is not English."""
RUNS = (3, 4, 5)
LONGEST_SAYS_MOST = 8
AT_ONCE, NEAR_AT_ONCE = 2000, 500


@dataclass(frozen=True)
class Table:
    """One row of small numbers for each piece, commonest piece first; a piece weighs by how rare it is in English."""

    pieces: Pieces
    rows: Stored
    weights: Floats


@dataclass(frozen=True)
class Vectors:
    """One row for each text, of length one or all zero, and the kind of each. A row that is narrower than others ends in zeros."""

    kinds: tuple[Kind, ...]
    rows: Floats

    def by_kind(self) -> dict[str, Floats]:
        """The rows of each kind, in their order."""
        kinds = np.array(self.kinds)
        return {kind: self.rows[kinds == kind, : wide(kind)] for kind in sorted(set(self.kinds)) if kind}

    def stored(self) -> list[tuple[Kind, bytes]]:
        """The kind of each, and its row as it is stored."""
        return [(kind, small(row[: wide(kind)])) for kind, row in zip(self.kinds, self.rows, strict=True)]


def wide(kind: str) -> int:
    return OF_LETTERS if kind == LETTERS else WIDTH


@lru_cache(maxsize=1)
def table() -> Table | None:
    """The table of this installation; None if it was left out."""
    file = resources.files("withus.loop.sense") / TABLE
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        rows: Stored = stored["rows"]
        pieces = bytes(stored["pieces"]).decode("utf-8").split("\n")
    return Table(Pieces(pieces), rows, np.log1p(np.arange(1, len(rows) + 1, dtype=np.float32)) ** np.float32(1.5))


def of_texts(texts: Sequence[str], languages: Sequence[str] = (), *, by: Table | None) -> Vectors:
    """The vectors of some texts. `languages`: as said by whoever wrote them ("" for not said); the words themselves count, too."""
    kinds: list[Kind] = []
    blocks: list[Floats] = []
    for at in range(0, len(texts), AT_ONCE):
        some = texts[at : at + AT_ONCE]
        said = languages[at : at + AT_ONCE] or [""] * len(some)
        found, block = _some(some, said, by)
        kinds += found
        blocks.append(block)
    return Vectors(tuple(kinds), np.concatenate(blocks) if blocks else np.zeros((0, OF_LETTERS), np.float32))


def _some(texts: Sequence[str], languages: Sequence[str], by: Table | None) -> tuple[list[Kind], Floats]:
    words = [words_of(text) for text in texts]
    cuts = [[by.pieces.word(word) for word in one] if by else [] for one in words]
    rows = np.zeros((len(texts), OF_LETTERS), np.float32)
    english = [any(cut) and is_english(one, cut, said) for one, cut, said in zip(words, cuts, languages, strict=True)]
    if by and any(english):
        rows[np.flatnonzero(english), :WIDTH] = _by_pieces(list(compress(cuts, english)), by)
    kinds: list[Kind] = []
    for number, by_words in enumerate(english):
        if not by_words:
            rows[number] = by_letters(texts[number])
        kinds.append(("pieces" if by_words else LETTERS) if rows[number].any() else "")
    letters = np.array(kinds) == LETTERS
    rows[letters] = of_length_one(rows[letters])
    return kinds, rows


def is_english(words: Sequence[str], cut: Sequence[Cut], language: str = "") -> bool:
    """
    Whether most of a text's letters stand in words that the table has whole, the fewer the more of its words stand in any English
    sentence. What is said to be in another language is not.
    """
    if language and not language.lower().startswith("en"):
        return False
    letters = whole = 0
    for word, one in zip(words, cut, strict=True):
        if not word.isdigit():
            letters += len(word)
            whole += len(word) if len(one) == 1 and len(word) > 1 else 0
    held = sum(word in HOLD_TOGETHER for word in words)
    if sum(word in HOLD_OTHERS_TOGETHER for word in words) > held:
        return False
    if whole >= ENGLISH * letters:
        return letters > 0
    spoken = [word for word in words if not word.isdigit()]
    return whole / letters + held / len(spoken) >= ENGLISH


def by_letters(text: str) -> Floats:
    """The sum of the words' letters; longer words tell more of what a text is about than short ones do."""
    row = np.zeros(OF_LETTERS, np.float32)
    for word in runs.words_of(text):
        row += _letters(word)
    return row


@lru_cache(maxsize=20_000)
def _letters(word: str) -> Floats:
    """Its runs of letters, each thrown into one of the directions, forwards or backwards, by its checksum."""
    row = np.zeros(OF_LETTERS, np.float32)
    for run in runs.runs_of(word, RUNS):
        number = crc32(run.encode("utf-8", "replace"))
        row[number % OF_LETTERS] += 1.0 if number & 0x10000 else -1.0
    if NO_SPACES.match(word):
        return row
    found: Floats = of_length_one(row[None])[0] * np.float32(min(max(len(word) - 2, 1), LONGEST_SAYS_MOST) ** 0.5)
    return found


def _by_pieces(cuts: Sequence[Sequence[Cut]], by: Table) -> Floats:
    """The weighed sum of each text's pieces."""
    found = np.zeros((len(cuts), WIDTH), np.float32)
    numbers = [list(chain.from_iterable(cut)) for cut in cuts]
    full = [number for number, one in enumerate(numbers) if one]
    if not full:
        return found
    every = np.fromiter(chain.from_iterable(numbers), dtype=np.intp)
    starts = np.cumsum([0, *(len(numbers[number]) for number in full[:-1])])
    found[full] = np.add.reduceat(by.rows[every] * by.weights[every, None], starts, axis=0)
    return of_length_one(found)


def small(row: Floats) -> bytes:
    """A vector as it is stored: one byte for each number. What is lost changes a likeness by less than a hundredth."""
    most = float(np.abs(row).max()) or 1.0
    return np.round(row * (127 / most)).astype(np.int8).tobytes()


def large(stored: Sequence[bytes]) -> Floats:
    """Stored vectors of one kind as one block of rows, all of length one."""
    width = len(stored[0]) if stored else WIDTH
    rows = np.frombuffer(b"".join(stored), dtype=np.int8).reshape(-1, width).astype(np.float32)
    return of_length_one(rows)


def lengths(packed: Stored) -> Floats:
    """How long each stored row is, worked out once."""
    squares = np.zeros(len(packed), np.float32)
    for at, some in _a_few_of(packed):
        np.einsum("ij,ij->i", some, some, out=squares[at : at + len(some)])
    return np.maximum(np.sqrt(squares), 1e-9)


def nearest(packed: Stored, long: Floats, to: Floats, *, most: int) -> tuple[list[int], list[float]]:
    """Which stored rows point most the same way, the most alike first, and how much."""
    if not len(packed):
        return [], []
    like = np.empty(len(packed), np.float32)
    for at, some in _a_few_of(packed):
        np.dot(some, to, out=like[at : at + len(some)])
    like /= long * max(float(np.linalg.norm(to)), 1e-9)
    best = np.argpartition(-like, most - 1)[:most] if most < len(like) else np.arange(len(like))
    best = best[np.argsort(-like[best], kind="stable")]
    return best.tolist(), like[best].tolist()


def _a_few_of(packed: Stored) -> Iterator[tuple[int, Floats]]:
    """A few rows at a time as numbers that can be reckoned with, always in the same place: they stay near the processor."""
    place = np.empty((min(NEAR_AT_ONCE, len(packed)), packed.shape[1]), np.float32)
    for at in range(0, len(packed), NEAR_AT_ONCE):
        some = packed[at : at + NEAR_AT_ONCE]
        place[: len(some)] = some
        yield at, place[: len(some)]


@lru_cache(maxsize=1)
def all_pieces() -> Pieces:
    """Also signs and single letters, which our table leaves out: what a language model knows."""
    file = resources.files("withus.loop.sense") / TABLE
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        return Pieces(
            [piece for part in ("signs", "pieces") for piece in bytes(stored[part]).decode("utf-8").split("\n")]
        )
