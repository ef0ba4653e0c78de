"""
What all groups agree on, and what marks each: read from the votes once the groups are known. Pure.

The two measures are those of Polis (Small and others, 2021, sections 3.4 and 3.5). A share is always taken as
(n + 1) / (voted + 2), so that two votes never look like everybody.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from withus.loop.opinions import LEAST_IN_A_GROUP
from withus.loop.opinions.groups import Groups, Votes

AGREED = 0.6
"""All agree on a card when in every group at least this share does, so that a bare majority of one group is no agreement (D)."""
SURE = 1.2816
"""One-sided 90 %, as in Polis."""
MOST = 5


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How the people of one group voted on one card."""

    agree: int
    disagree: int
    voted: int

    def share(self, *, agree: bool) -> float:
        return ((self.agree if agree else self.disagree) + 1) / (self.voted + 2)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`card` is its place among the votes' columns; `agree`: for it, or against it; `groups` in the groups' order."""

    card: int
    agree: bool
    groups: tuple[Counted, ...]


def counted(votes: Votes, found: Groups) -> list[tuple[Counted, ...]]:
    """For each card, what each group said of it."""
    of_each = [votes[found.of == group] for group in range(found.count)]
    tables = [((part == 1).sum(axis=0), (part == -1).sum(axis=0), (~np.isnan(part)).sum(axis=0)) for part in of_each]
    return [
        tuple(Counted(agree=int(yes[card]), disagree=int(no[card]), voted=int(all_[card])) for yes, no, all_ in tables)
        for card in range(votes.shape[1])
    ]


def agreed_by_all(cards: list[tuple[Counted, ...]]) -> list[Reading]:
    """What every group is for, or against: those first where the least willing group is most willing."""
    found = [
        (min(group.share(agree=agree) for group in groups), Reading(card=card, agree=agree, groups=groups))
        for card, groups in enumerate(cards)
        for agree in (True, False)
        if all(group.voted >= LEAST_IN_A_GROUP for group in groups)
    ]
    found = [one for one in found if one[0] >= AGREED]
    return [reading for _least, reading in sorted(found, key=lambda one: (-one[0], one[1].card))[:MOST]]


def marks(cards: list[tuple[Counted, ...]], group: int) -> list[Reading]:
    """Where this group's people stand apart from all others together: mostly for (or against) it, and surely more so than they are."""
    found = []
    for card, groups in enumerate(cards):
        ours = groups[group]
        theirs = Counted(
            agree=sum(one.agree for one in groups) - ours.agree,
            disagree=sum(one.disagree for one in groups) - ours.disagree,
            voted=sum(one.voted for one in groups) - ours.voted,
        )
        if min(ours.voted, theirs.voted) < LEAST_IN_A_GROUP:
            continue
        for agree in (True, False):
            own, apart = ours.share(agree=agree), _apart(ours, theirs, agree=agree)
            if own > 0.5 and apart > SURE:
                found.append((own * apart, Reading(card=card, agree=agree, groups=groups)))
    return [reading for _weight, reading in sorted(found, key=lambda one: (-one[0], one[1].card))[:MOST]]


def _apart(ours: Counted, theirs: Counted, *, agree: bool) -> float:
    """By how many standard errors the shares of two groups differ."""
    one, other = ours.share(agree=agree), theirs.share(agree=agree)
    sizes = ours.voted + 2, theirs.voted + 2
    both = (one * sizes[0] + other * sizes[1]) / sum(sizes)
    error = sqrt(both * (1 - both) * (1 / sizes[0] + 1 / sizes[1]))
    return (one - other) / error if error else 0.0
