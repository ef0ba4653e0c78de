"""
Whether an answer says somebody's words as they wrote them, where they have not said yes to their standing in public. The team is told
before it goes out; people's own words in a theme's name are the likeliest way.
"""

from dataclasses import dataclass

from withus.live.models import Contribution, Use
from withus.live.uses import with_words_for
from withus.loop.models import AnswerVersion
from withus.loop.sense.letters import WORD, folded
from withus.loop.spoken_to import cards_of

RUN = 6
"""So many words in a row are somebody's own; of a shorter card all of it, from SHORTEST on."""
SHORTEST = 4
LOOKED_AT = 2000
MOST = 5


@dataclass(frozen=True)
class Quoted:
    mark: str
    words: str


def quoted_without_a_yes(version: AnswerVersion) -> list[Quoted]:
    """Of the cards that the answer speaks to; the first few. Two queries."""
    answer = version.answer
    said = [answer.theme.name if answer.theme else "", version.we_heard, version.we_do, version.because]
    texts = _Texts([WORD.findall(folded(one)) for one in said])
    cards = cards_of(answer).exclude(words="")
    allowed = with_words_for(Contribution.objects.filter(pk__in=cards.order_by().values("pk")), Use.PUBLIC)
    rows = cards.exclude(pk__in=set(allowed.values_list("pk", flat=True))).values_list("mark", "words")[:LOOKED_AT]
    found = (Quoted(mark, run) for mark, words in rows if (run := _run_in(texts, words)))
    return [one for _number, one in zip(range(MOST), found, strict=False)]


class _Texts:
    """The words of some texts, and each run of four to six of them: a long card is held against a long answer in one go."""

    def __init__(self, texts: list[list[str]]) -> None:
        self.whole = [f" {' '.join(words)} " for words in texts]
        self.runs = {
            tuple(words[at : at + size])
            for words in texts
            for size in range(SHORTEST, RUN + 1)
            for at in range(len(words) - size + 1)
        }

    def have(self, words: list[str]) -> bool:
        return any(f" {' '.join(words)} " in one for one in self.whole)


def _run_in(texts: _Texts, words: str) -> str:
    """The longest run of the card's words that stands in one of them, or nothing; from the first that does."""
    mine = WORD.findall(folded(words))
    least = min(RUN, len(mine))
    if least < SHORTEST:
        return ""
    for begin in range(len(mine) - least + 1):
        if tuple(mine[begin : begin + least]) in texts.runs:
            end = begin + least
            while end < len(mine) and texts.have(mine[begin : end + 1]):
                end += 1
            return " ".join(mine[begin:end])
    return ""
