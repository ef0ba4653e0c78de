"""
A word cut into pieces: "unhelpful" is "un" and "##help" and "##ful". What is not in the list of pieces is left out.

The cutting is that of BERT's uncased list (small letters, no accents), but for marks of punctuation, which say nothing of a subject.
"""

import re
import unicodedata
from collections.abc import Sequence

from withus.loop.sense.letters import without_addresses

WORD = re.compile(r"[^\W_]+")
WORD_OR_SIGN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+|[^\w\s]|_")
ACCENTS = re.compile(f"[{''.join(chr(at) for at in range(0x300, 0xFE30) if unicodedata.category(chr(at)) == 'Mn')}]")
LONGEST_WORD = 100
"""What is longer is no word but a line of signs, and would take a long time to cut."""
LONGEST_TEXT = 4000
"""Letters of a text that are looked at: enough to tell what it is about."""
KEPT = 50_000
"""Words whose pieces are remembered, so that a common word is cut once."""
Cut = tuple[int, ...]


class Pieces:
    """The list of pieces, and how it cuts a text."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._number = {piece: number for number, piece in enumerate(pieces)}
        self._cut: dict[str, Cut] = {}

    def word(self, word: str) -> Cut:
        """The numbers of the word's pieces; none for a word that has no pieces."""
        known = self._cut.get(word)
        if known is None:
            known = self._search(word)
            if len(self._cut) >= KEPT:
                self._cut.clear()
            self._cut[word] = known
        return known

    def _search(self, word: str) -> Cut:
        """The longest piece that the word begins with, then the longest that follows, to its end."""
        if len(word) > LONGEST_WORD:
            return ()
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._number.get(("##" if start else "") + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return ()
        return tuple(found)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents."""
    return WORD.findall(plain(without_addresses(text)))


def words_and_signs_of(text: str) -> list[str]:
    """The same with each mark of punctuation and each Chinese sign by itself, as a language model reads it."""
    return WORD_OR_SIGN.findall(plain(text))


def plain(text: str) -> str:
    small = text[:LONGEST_TEXT].lower()
    if small.isascii():
        return small
    return ACCENTS.sub("", unicodedata.normalize("NFD", small))
