"""Cards that say nearly the same, side by side. Their letters decide, never a program that guesses what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from withus.live.models import Contribution
from withus.loop.models import Theme
from withus.loop.sense.letters import Letters

SHOWN = 400
LOOKED_AT = 300
"""Letters of each card that are compared: a page of long ones must not take long."""


@dataclass(frozen=True)
class Beside:
    """A card of a list, whether it says nearly the same as the one above it, and the themes that it lies in."""

    card: Contribution
    again: bool
    lies: tuple[Theme, ...] = ()

    @property
    def said(self) -> str:
        """As much of its words as a list shows."""
        words = self.card.in_words
        return words if len(words) <= SHOWN else Truncator(words).chars(SHOWN)

    @property
    def unread(self) -> bool:
        return not hasattr(self.card, "read")

    @property
    def answer_it(self) -> str:
        return _("Answer %(mark)s by itself") % {"mark": self.card.mark}

    @property
    def more_like_it(self) -> str:
        return _("More like %(mark)s") % {"mark": self.card.mark}


def together(cards: list[Contribution], lies: Mapping[int, Sequence[Theme]]) -> list[Beside]:
    """The same cards; each near-repeat moves up below the first that says so."""
    letters = [Letters.of(card.words[:LOOKED_AT]) for card in cards]
    left, found = list(range(len(cards))), list[Beside]()
    while left:
        first = left.pop(0)
        alike = [at for at in left if letters[first].nearly(letters[at])]
        left = [at for at in left if at not in alike]
        for at in (first, *alike):
            found.append(Beside(cards[at], at != first, tuple(lies.get(cards[at].pk, ()))))
    return found


def said_again(cards: Sequence[tuple[int, str]]) -> list[list[int]]:
    """
    Of these cards, each with its words, those that say nearly the same as another, by their keys: together, and most often said first.
    """
    from withus.loop.sense.repeats import said_together  # noqa: PLC0415 -- numpy, only where somebody asked

    groups = said_together([words[:LOOKED_AT] for _pk, words in cards])
    return sorted(([cards[at][0] for at in group] for group in groups), key=lambda pks: -len(pks))
