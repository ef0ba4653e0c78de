"""
The four counters as the public sees them, each with what it counts and out of how many. A number stands there only where neither it nor
what is missing from it would tell of fewer than five; else it is said in words (facts/small.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from withus.facts import small
from withus.facts.small import Band
from withus.loop.asks import Counters

IN_WORDS: Mapping[Band, str | Promise] = {
    Band.HIDDEN: _("fewer than 5"),
    Band.NOBODY: _("none"),
    Band.FEW: _("a few"),
    Band.SOME: _("some"),
    Band.ABOUT_HALF: _("about half"),
    Band.MOST: _("most"),
    Band.NEARLY_ALL: _("nearly all"),
    Band.EVERYBODY: _("all"),
}


@dataclass(frozen=True)
class Count:
    """`number` or, where that would tell too much, `words`; `of` is None where the whole is too small to say."""

    key: str
    name: str | Promise
    meaning: str | Promise
    number: int | None
    words: str | Promise
    of: int | None
    counts_people: bool


MEANING: tuple[tuple[str, str | Promise, str | Promise, bool], ...] = (
    ("acknowledged", _("Received"), _("Cards that we have, of all that were given."), False),
    ("answered", _("Answered"), _("Cards to which a published answer speaks, of all cards."), False),
    (
        "changed",
        _("Changed"),
        _(
            "Cards where the answer says that something is done, or partly done, of all cards. A promise counts from the day it is kept."
        ),
        False,
    ),
    (
        "confirmed",
        _("Confirmed"),
        _(
            "People who say that they know now what happened, of all who gave something. Only they can say it; silence never counts. "
            "Counted until last midnight and in fives, 15 for 15 to 19, so that no step tells who it was."
        ),
        True,
    ),
)


def four(counts: Counters, *, confirmed: int) -> list[Count]:
    """
    Cards are nested: what changed was answered, and an answer that somebody said no to still speaks to its card. So `changed` is a number
    only where it gives away neither of the two differences. `confirmed` is counted until last midnight and in steps: a number that moves
    by one, while somebody reads or on the day on which one person was told, would tell who it was.
    """
    answered = small.beside(counts.answered + counts.said_no, counts.cards)
    changed = small.beside(counts.changed, counts.cards)
    if isinstance(changed, int) and isinstance(answered, int) and isinstance(small.beside(changed, answered), Band):
        changed = small.in_words(counts.changed, counts.cards)
    shown = {
        "acknowledged": small.beside(counts.acknowledged, counts.cards),
        "answered": answered,
        "changed": changed,
        "confirmed": small.in_steps(confirmed, counts.people),
    }
    return [
        Count(
            key=key,
            name=name,
            meaning=meaning,
            number=number(shown[key]),
            words=in_words(shown[key]),
            of=number(small.beside(whole, whole)) or None,
            counts_people=people,
        )
        for key, name, meaning, people in MEANING
        for whole in [counts.people if people else counts.cards]
    ]


def in_words(value: int | Band) -> str | Promise:
    return IN_WORDS[value] if isinstance(value, Band) else ""


def number(value: int | Band) -> int | None:
    return None if isinstance(value, Band) else value
