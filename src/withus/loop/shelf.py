"""
All vectors of a project at hand, so that the cards like one are found among a hundred thousand before a blink is over.

Read once for each process, a byte for each number; what came since is added, and anything that went makes it be read anew. Whoever uses
it asks the database for the cards that it names: a row of a card that was taken back shows nothing.
"""

import threading
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max
from numpy.typing import NDArray

from withus.loop.models_of_suggesting import Vector
from withus.loop.sense import vectors
from withus.loop.sense.numbers import Floats
from withus.record.models import Head

KEPT = 4
"""Projects whose vectors are kept at hand; 13 MB for a hundred thousand cards."""


@dataclass(frozen=True)
class Row:
    """The vectors of one kind, and whose they are."""

    cards: NDArray[np.int64]
    packed: vectors.Stored
    lengths: Floats


@dataclass(frozen=True)
class Shelf:
    count: int
    newest: int
    rows: dict[str, Row]

    def nearest(self, kind: str, to: Sequence[bytes], *, most: int, floor: float = -1.0) -> list[int]:
        """The cards whose words are most like these (their mean, if they are many), the most alike first."""
        row = self.rows.get(kind)
        if row is None or not to:
            return []
        where, like = vectors.nearest(row.packed, row.lengths, vectors.large(to).mean(axis=0), most=most)
        return [int(row.cards[one]) for one, near in zip(where, like, strict=True) if near >= floor]


_shelves: OrderedDict[int, tuple[int, Shelf]] = OrderedDict()
"""Each as of so many writings to its project: while there was none since, it need not be asked what is there."""
_lock = threading.Lock()


def of(project: int) -> Shelf:
    """The shelf of this project as it stands now."""
    writes = Head.objects.values_list("writes", flat=True).get(project=project)
    with _lock:
        then, shelf = _shelves.get(project, (None, None))
        if shelf is None or then != writes:
            shelf = _as_it_stands(project, shelf)
            _shelves[project] = writes, shelf
        _shelves.move_to_end(project)
        while len(_shelves) > KEPT:
            _shelves.popitem(last=False)
    return shelf


def _as_it_stands(project: int, before: Shelf | None) -> Shelf:
    there = Vector.objects.filter(project=project).aggregate(count=Count("pk"), newest=Max("pk"))
    count, newest = there["count"], there["newest"] or 0
    if before is not None and (before.count, before.newest) == (count, newest):
        return before
    return _filled(project, before, count)


def forget() -> None:
    """All of them; the next to ask reads anew. For tests, whose databases begin at one again and again."""
    _shelves.clear()


def _filled(project: int, before: Shelf | None, count: int) -> Shelf:
    """What came since is added to what is there; where the count then does not agree, something went, and all is read."""
    if before is not None and before.count < count:
        more = _read(project, before.newest)
        if before.count + more.count == count:
            kinds = {*before.rows, *more.rows}
            return Shelf(
                count, more.newest, {kind: _both(before.rows.get(kind), more.rows.get(kind)) for kind in kinds}
            )
    return _read(project, 0)


def _read(project: int, after: int) -> Shelf:
    rows = (
        Vector.objects.filter(project=project, pk__gt=after)
        .order_by("pk")
        .values_list("pk", "contribution", "kind", "row")
    )
    cards: dict[str, array[int]] = {}
    stored: dict[str, bytearray] = {}
    newest, count = after, 0
    for pk, card, kind, row in rows.iterator(chunk_size=5000):
        newest, count = pk, count + 1
        if kind:
            cards.setdefault(kind, array("q")).append(card)
            stored.setdefault(kind, bytearray()).extend(row)
    return Shelf(count, newest, {kind: _row(cards[kind], stored[kind]) for kind in cards})


def _row(cards: "array[int]", stored: bytearray) -> Row:
    packed = np.frombuffer(stored, dtype=np.int8).reshape(len(cards), -1)
    return Row(np.frombuffer(cards, dtype=np.int64), packed, vectors.lengths(packed))


def _both(one: Row | None, other: Row | None) -> Row:
    if one is None or other is None:
        found = one or other
        assert found is not None
        return found
    return Row(
        np.concatenate([one.cards, other.cards]),
        np.concatenate([one.packed, other.packed]),
        np.concatenate([one.lengths, other.lengths]),
    )
