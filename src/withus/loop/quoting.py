"""
Whether a text that everybody may read says somebody's words as they wrote them, or nearly, where they have not said yes to that. An answer
does not go out with them; of other texts the team is told. People's own words in a theme's name are the likeliest way.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from django.db.models import QuerySet

from withus.facts.small import SMALLEST
from withus.live.asks import seen
from withus.live.models import GONE, Contribution, Use
from withus.live.uses import with_words_for
from withus.loop.models import Answer, AnswerVersion
from withus.loop.sense.quotes import Texts, tokens
from withus.loop.spoken_to import reached_by
from withus.projects.models import Project

MOST_OF_AN_ANSWER = 20_000
MOST = 2_000
"""Cards that a text is held against: those that it speaks to, and the newest others."""
SHOWN = 5
"""Of what was found, the first ones are shown, and of each the marks of as many cards."""
OWN_WORDS = 10
"""So many words in a row are one person's, however many have copied them."""


@dataclass(frozen=True)
class Quoted:
    """A stretch of the text, and the cards that say it."""

    words: str
    marks: tuple[str, ...]

    @property
    def key(self) -> str:
        """By what the team says of this stretch that it is nobody's own, and the record keeps that."""
        return hashlib.sha256(self.words.encode()).hexdigest()[:16]


def quoted_without_a_yes(version: AnswerVersion) -> list[Quoted]:
    """In an answer as it would stand in public; without what the team has said is nobody's own. Three queries at most."""
    answer = version.answer
    texts = [answer.theme.name if answer.theme else "", version.we_heard, version.we_do, version.because]
    return quoted_in(answer, [*texts, version.waits_for, version.meanwhile, version.redated_because])


def quoted_in(answer: Answer, texts: Sequence[str]) -> list[Quoted]:
    """The same of other words for it."""
    found = own_words(answer.project, texts, first=reached_by(answer))
    return [one for one in found if one.key not in answer.not_theirs]


def own_words(
    project: Project,
    texts: Sequence[str],
    *,
    use: Use = Use.PUBLIC,
    first: QuerySet[Contribution] | None = None,
    most: int = MOST,
) -> list[Quoted]:
    """In any text; `use`: where it will stand; `first`: the cards that it speaks to; `most`: cards in all, where that is not more."""
    said, everything = Texts(texts), Contribution.objects.filter(project=project)
    if not any(said.known):
        return []
    found = [(row, stretch) for row in _cards(everything, first, most) if (stretch := said.quote(row[3]))]
    saying = everything.filter(pk__in=[row[0] for row, _stretch in found])
    allowed = set(with_words_for(saying, use).order_by().values_list("pk", flat=True))
    who: dict[str, set[str]] = {}
    marks: dict[str, list[str]] = {}
    for (pk, mark, person, _words), stretch in found:
        if pk not in allowed:
            who.setdefault(stretch, set()).add(str(person or mark))
            marks.setdefault(stretch, []).append(mark)
    own = (one for one, people in who.items() if len(people) < SMALLEST or len(tokens(one)) >= OWN_WORDS)
    return [Quoted(one, tuple(marks[one][:SHOWN])) for one in own]


Row = tuple[int, str, int | None, str]


def _cards(everything: QuerySet[Contribution], first: QuerySet[Contribution] | None, most: int) -> Iterable[Row]:
    """Those that it speaks to, and as many of the newest others as make up the number."""
    columns = ("pk", "mark", "person_id", "words")
    said = everything.exclude(words="")
    spoken_to: list[Row] = []
    if first is not None:
        spoken_to = list(first.exclude(words="").values_list(*columns)[:MOST_OF_AN_ANSWER])
    left = max(most - len(spoken_to), 0)
    others = seen(said.exclude(state__in=GONE)).order_by("-seq").values_list(*columns)[: most if left else 0]
    known = {row[0] for row in spoken_to}
    return chain(spoken_to, islice((row for row in others if row[0] not in known), left))
