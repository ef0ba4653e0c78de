"""What is different between two ways of grouping the same cards."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from withus.loop.sense.grouping import UNSORTED


@dataclass(frozen=True)
class Move:
    """Cards that were in one group and would be in another; a group is called by its number in the grouping that is offered."""

    was: int
    now: int
    cards: tuple[int, ...]


@dataclass(frozen=True)
class Difference:
    moves: tuple[Move, ...]
    new: tuple[int, ...]
    """Groups that there were not before."""

    @property
    def count(self) -> int:
        return sum(len(one.cards) for one in self.moves)


def difference(before: Mapping[int, int], after: Mapping[int, int], *, same_numbers: bool) -> Difference:
    """
    `before` and `after` say each card's group. Where the numbers do not mean the same groups (a tree that was grown anew), a new group
    is taken for the old one with which it shares the most cards, each old one once.
    """
    called = {one: one for one in set(before.values())} if same_numbers else _matched(before, after)
    called[UNSORTED] = UNSORTED
    moved: dict[tuple[int, int], list[int]] = {}
    for card, now in after.items():
        was = called.get(before.get(card, UNSORTED), -2)
        if was != now:
            moved.setdefault((was, now), []).append(card)
    moves = [Move(was, now, tuple(cards)) for (was, now), cards in moved.items()]
    known = set(called.values())
    new = tuple(sorted({group for group in after.values() if group not in known}))
    return Difference(tuple(sorted(moves, key=lambda one: (-len(one.cards), one.was, one.now))), new)


def _matched(before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, int]:
    """For each old group the new one that it lives on as."""
    shared = Counter((before[card], group) for card, group in after.items() if card in before)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (was, now), _count in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if was not in found and now not in taken and UNSORTED not in (was, now):
            found[was] = now
            taken.add(now)
    return found
