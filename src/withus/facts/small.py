"""The one place where counts of small groups are hidden, so that nobody can work out who said what."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

SMALLEST = 5


class Band(StrEnum):
    HIDDEN = "too few to show"
    NOBODY = "nobody"
    FEW = "a few"
    SOME = "some"
    ABOUT_HALF = "about half"
    MOST = "most"
    NEARLY_ALL = "nearly all"
    EVERYBODY = "everybody"


def shown(counts: Mapping[str, int], *, least: int = SMALLEST) -> dict[str, int | None]:
    """Counts from 1 to `least - 1` are hidden (None), and others with them while the total would give one away."""
    return shown_in([counts], least=least)


def shown_in(groups: Sequence[Mapping[str, int]], *, least: int = SMALLEST) -> dict[str, int | None]:
    """The same where the sum of each of these groups is known; they may lie in one another."""
    counts = {name: count for group in groups for name, count in group.items()}
    hidden = {name for name, count in counts.items() if 0 < count < least}
    before = -1
    while len(hidden) != before:
        before = len(hidden)
        for group in groups:
            inside = hidden & group.keys()
            left = sorted((count, name) for name, count in group.items() if name not in hidden and count >= least)
            while inside and left and (len(inside) == 1 or sum(counts[name] for name in inside) < least):
                inside.add(left.pop(0)[1])
            hidden |= inside
    return {name: None if name in hidden else count for name, count in counts.items()}


def beside(part: int, whole: int, *, least: int = SMALLEST) -> int | Band:
    """
    A count that stands beside its whole: "40 of 42" gives away the 2. The number where both it and what is missing are nobody or at least
    `least`; else words.
    """
    if part == 0:
        return Band.NOBODY
    rest = whole - part
    if part >= least and (rest <= 0 or rest >= least):
        return part
    return in_words(part, whole, least=least)


def in_steps(part: int, whole: int, *, least: int = SMALLEST) -> int | Band:
    """
    The same for a count that everybody can read again tomorrow: in steps of `least`, and everybody as everybody. A step of one would say
    that it was the one person who was told on that day.
    """
    if part >= whole:
        return beside(part, whole, least=least)
    return beside(part - part % least, whole, least=least) if part >= least else Band.HIDDEN


def in_words(part: int, whole: int, *, least: int = SMALLEST) -> Band:
    """How many of how many, in words: "14 and 6 of 23" gives away the 3."""
    if whole < least:
        return Band.HIDDEN
    share = part / whole
    for most, band in _BANDS:
        if share <= most:
            return band
    return Band.EVERYBODY if part >= whole else Band.NEARLY_ALL


_BANDS = ((0.0, Band.NOBODY), (0.2, Band.FEW), (0.4, Band.SOME), (0.6, Band.ABOUT_HALF), (0.85, Band.MOST))
