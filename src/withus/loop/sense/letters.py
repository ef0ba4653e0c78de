"""
Which texts are nearly the same, by their letters: no program reads what they mean, and every language works alike.

Runs of four letters find near-repeats that differ by case, a typo, a dropped or a swapped word better than vectors of meaning do.
"""

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Self

WORD = re.compile(
    r"[\w\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0edf\u0f18-\u0fc6\u1000-\u109f\u1780-\u17d3]+"
)
"""With the vowel signs of those scripts that write them above, below or beside a letter: Python's own words end at each."""
NO_SPACES = re.compile(r"[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Tibetan, Burmese, Khmer, Japanese, Chinese."""
KOREAN = re.compile(r"[\uac00-\ud7af]")
RUN, RUN_OF_SIGNS = 4, 2
"""Where a sign is a syllable or a word, four of them are half a sentence."""
NEARLY_THE_SAME = 0.7
"""Of two texts that were edited copies of each other, at least 0.99 are found at this likeness (`./dev bench themes`)."""
ENOUGH = NEARLY_THE_SAME**2 * (1 - 1e-9)
"""Of the squares' product; a little less, for what rounding takes."""
LONGEST = 4000
SHORT = 160
SENTENCE = re.compile(r"(?<=[.!?。؟])\s+")
ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]\"\u201c\u201d]+", re.IGNORECASE)
NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Letters:
    """
    A text's runs of four letters. Worked out once, for each is held against many: its length and the square of it, and by how much that
    would be less if no run stood there twice.
    """

    runs: Counter[str]
    square: int
    length: float
    repeats: int

    @classmethod
    def of(cls, text: str) -> Self:
        letters = plain(text)
        run = run_in(letters)
        counts = Counter([letters[at : at + run] for at in range(max(len(letters) - run + 1, 1))] if letters else ())
        square = sum([count * count for count in counts.values()])
        return cls(counts, square, math.sqrt(square), square - len(counts))

    def likeness(self, other: Self) -> float:
        """The cosine of two texts' runs: 1 for the same letters in the same order, 0 where they share none, or one has none."""
        few, many = (self, other) if len(self.runs) <= len(other.runs) else (other, self)
        shared = sum(few.runs[run] * many.runs[run] for run in few.runs.keys() & many.runs.keys())
        return shared / (few.length * many.length) if shared else 0.0

    def nearly(self, other: Self) -> bool:
        return self.nearness(other) >= NEARLY_THE_SAME

    def nearness(self, other: Self) -> float:
        """
        As `likeness`; 0 for most that are not nearly the same. Each run that only one of two has takes at least one from what they can
        share: they are told apart by how many runs they have, or share, before anything is added up.
        """
        few, many = (self, other) if len(self.runs) <= len(other.runs) else (other, self)
        enough = ENOUGH * few.square * many.square
        if few.square * (many.repeats + len(few.runs)) < enough:
            return 0.0
        shared = len(few.runs.keys() & many.runs.keys())
        if (few.repeats + shared) * (many.repeats + shared) < enough:
            return 0.0
        return self.likeness(other)


def plain(text: str) -> str:
    """Its words alone, each with a space before and after it: nothing for what is no letter or number."""
    words = WORD.findall(folded(without_addresses(text[:LONGEST])))
    return f" {' '.join(words)} " if words else ""


def without_addresses(text: str) -> str:
    """
    In place of a web address the name of its page: two links are not alike because they lead to the same site, and two cards are not
    about the same thing because they have links.
    """
    return ADDRESS.sub(_name_of_page, text) if "://" in text or "www." in text else text


def is_bare_address(text: str) -> bool:
    found = ADDRESS.search(text)
    return found is not None and not WORD.search(text[: found.start()] + text[found.end() :])


def _name_of_page(found: re.Match[str]) -> str:
    """The words of the last part of its path, without numbers and keys; of a site's first page its own name."""
    site, _slash, path = found[0].partition("://")[-1].partition("/") if "://" in found[0] else found[0].partition("/")
    parts = [part for part in re.split(r"[?#]", path)[0].split("/") if part]
    for part in reversed(parts):
        words = [word for word in NO_LETTERS.split(part) if word.isalpha()]
        if words:
            return " ".join(words)
    return site


def run_in(letters: str) -> int:
    """How many letters are a run."""
    return RUN_OF_SIGNS if not letters.isascii() and (NO_SPACES.search(letters) or KOREAN.search(letters)) else RUN


def folded(text: str) -> str:
    """Without upper and lower case, and the same letter by the same sign, whichever keyboard wrote it."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def first_sentence(text: str) -> str:
    """Enough of a text to tell what it is about: all of a short one, else its first sentence that says something."""
    whole = " ".join(text.split())
    if len(whole) <= SHORT:
        return whole
    sentences = [one for one in SENTENCE.split(whole[:LONGEST]) if len(WORD.findall(one)) >= 3]
    first = sentences[0] if sentences else whole
    return first if len(first) <= SHORT else f"{first[: SHORT - 1].rstrip()}…"
