"""
Which cards are like this one, by their letters: no program reads what they mean, and every language works alike.

Runs of four letters find near-repeats that differ by case, a typo, a dropped or a swapped word better than vectors of meaning do.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from withus.live.models import CardState, Contribution
from withus.loop.sense.letters import NEARLY_THE_SAME, WORD, likeness, runs
from withus.projects.models import Project

__all__ = ["NEARLY_THE_SAME", "like_this"]
TELLING_WORDS = 6
LOOKED_AT = 2000
SHORTEST_WORD = 4


def like_this(card: Contribution, project: Project, *, most: int = 50) -> list[tuple[Contribution, float]]:
    """Cards of the project that share a telling word with this one, the most alike first; a likeness is from 0 to 1."""
    mine = runs(card.words)
    found = [(one, likeness(mine, runs(one.words))) for one in _sharing_a_word(card, project)[:LOOKED_AT]]
    found.sort(key=lambda pair: (-pair[1], pair[0].seq))
    return found[:most]


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
