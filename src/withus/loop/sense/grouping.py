"""
Texts put into groups by what they are about: many small cells, and a tree over them that is cut coarser or finer.

A cell holds texts that are near each other; the tree says which cells to take together first. So a finer choice only ever divides
a group and a coarser one only ever joins two: nobody's cards jump from one group to another between the two.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from withus.loop.sense.numbers import Floats, Numbers, of_length_one
from withus.loop.sense.runs import Runs

Merge = tuple[int, int]
"""Two nodes taken together. Nodes count on from the cells: the first merge of 40 cells makes node 40."""

FEWEST_CELLS, MOST_CELLS = 12, 600
TEXTS_IN_A_CELL, FEWEST_OF_A_KIND = 10, 10
ROUNDS, LAST_ROUNDS = 12, 2
SAMPLE = 20_000
AT_ONCE = 8192
"""Texts compared with all centres at a time; bounds the memory."""
UNSORTED = -1
APART = 1000
"""So far that two kinds are taken together last of all: a group holds one language as long as it can."""


@dataclass(frozen=True)
class Tree:
    """
    The centre of each cell, one list for each kind of vector, and the order in which cells are taken together. `runs` is what was learned
    of the texts that go by their letters: such a text is laid by its words, by what its own tree knows of them.
    """

    centres: Mapping[str, Floats]
    merges: tuple[Merge, ...]
    runs: Runs | None = None

    @property
    def cells(self) -> int:
        return sum(len(one) for one in self.centres.values())

    def first_cell(self, kind: str) -> int:
        """Cells are numbered through all kinds, in the order of their names."""
        return sum(len(self.centres[one]) for one in sorted(self.centres) if one < kind)


def grow(vectors: Mapping[str, Floats], *, cells: int | None = None) -> Tree:
    """The tree of these texts. The same texts give the same tree. A few of another kind are no group of their own: they lie by none."""
    most = max(map(len, vectors.values()), default=0)
    centres: dict[str, Floats] = {}
    sizes: list[Floats] = []
    for kind in sorted(vectors):
        rows = vectors[kind]
        if not len(rows) or len(rows) < min(FEWEST_OF_A_KIND, most):
            continue
        wanted = cells or min(MOST_CELLS, max(FEWEST_CELLS, len(rows) // TEXTS_IN_A_CELL))
        found, where = _cells(rows, min(wanted, len(rows)))
        centres[kind] = found
        sizes.append(np.bincount(where, minlength=len(found)).astype(np.float32))
    return Tree(centres, _ward(side_by_side(centres), np.concatenate(sizes)) if sizes else ())


def warm(tree: Tree, vectors: Mapping[str, Floats]) -> Tree:
    """The same cells and the same tree, moved to where the texts lie now: new texts pull a little, and nothing starts anew."""
    moved = {
        kind: _moved(vectors[kind], centres, ROUNDS) if len(vectors.get(kind, ())) else centres
        for kind, centres in tree.centres.items()
    }
    return replace(tree, centres=moved)


def join(tree: Tree, kind: str, vectors: Floats, *, floor: float) -> Numbers:
    """The cell of each text: the nearest, or `UNSORTED` where none is near. No text that lies in a cell is looked at."""
    return joined(tree, kind, vectors, floor=floor)[0]


def joined(tree: Tree, kind: str, vectors: Floats, *, floor: float) -> tuple[Numbers, Floats]:
    """The same, and how near each is to the middle of the nearest cell."""
    if kind not in tree.centres or not len(vectors):
        return np.full(len(vectors), UNSORTED, dtype=np.intp), np.zeros(len(vectors), np.float32)
    cell, near = _nearest(vectors, tree.centres[kind])
    return np.where(near >= floor, cell + tree.first_cell(kind), UNSORTED), near


def emptied(tree: Tree, cells: Iterable[int]) -> Tree:
    """Without the middles of these cells: nothing is near to them any more."""
    gone = set(cells)
    centres = {}
    for kind, rows in tree.centres.items():
        first = tree.first_cell(kind)
        kept = rows.copy()
        kept[[cell - first for cell in gone if first <= cell < first + len(rows)]] = 0
        centres[kind] = kept
    return replace(tree, centres=centres)


def read_anew(tree: Tree, old: str, new: str, middles: Floats) -> Tree:
    """
    The same cells and merges, where texts of one kind got vectors of another: `middles` are those of the texts in each of its cells. The
    name of the new kind comes where that of the old one did, so that each cell keeps its number.
    """
    moved = {new if kind == old else kind: middles if kind == old else rows for kind, rows in tree.centres.items()}
    assert sorted(moved).index(new) == sorted(tree.centres).index(old)
    return replace(tree, centres=moved)


def cut(tree: Tree, groups: int) -> Numbers:
    """For each cell the number of its group, which is that of the first cell in it: so a group keeps its number as long as it may."""
    parent = list(range(tree.cells + len(tree.merges)))
    for number, (one, other) in enumerate(tree.merges[: max(tree.cells - groups, 0)]):
        parent[one] = parent[other] = tree.cells + number
    first: dict[int, int] = {}
    found = np.empty(tree.cells, dtype=np.intp)
    for cell in range(tree.cells):
        top = cell
        while parent[top] != top:
            top = parent[top]
        found[cell] = first.setdefault(top, cell)
    return found


def side_by_side(centres: Mapping[str, Floats]) -> Floats:
    """Vectors of different kinds have nothing in common: each kind gets its own directions, and one that keeps it apart."""
    kinds = sorted(centres)
    blocks = [np.hstack([centres[kind], np.full((len(centres[kind]), 1), APART, np.float32)]) for kind in kinds]
    whole = np.zeros((sum(map(len, blocks)), sum(one.shape[1] for one in blocks)), np.float32)
    row = column = 0
    for block in blocks:
        whole[row : row + len(block), column : column + block.shape[1]] = block
        row, column = row + len(block), column + block.shape[1]
    return whole


def _cells(rows: Floats, wanted: int) -> tuple[Floats, Numbers]:
    """Centres that were drawn from the texts and then moved into their middle; large sets by a sample first."""
    draw = np.random.default_rng(7)
    some = rows if len(rows) <= SAMPLE else rows[np.sort(draw.choice(len(rows), SAMPLE, replace=False))]
    centres = _moved(some, _spread(some, wanted, draw), ROUNDS)
    if len(some) < len(rows):
        centres = _moved(rows, centres, LAST_ROUNDS)
    return centres, _nearest(rows, centres)[0]


def _spread(rows: Floats, wanted: int, draw: np.random.Generator) -> Floats:
    """First centres far from each other: each is drawn the likelier, the farther a text lies from those drawn before."""
    chosen = [int(draw.integers(len(rows)))]
    far = np.maximum(1 - rows @ rows[chosen[0]], 0)
    while len(chosen) < wanted:
        total = far.sum()
        if total <= 1e-6:
            break
        one = min(int(np.searchsorted(np.cumsum(far), draw.random() * total)), len(rows) - 1)
        chosen.append(one)
        np.minimum(far, np.maximum(1 - rows @ rows[one], 0), out=far)
    return rows[chosen].copy()


def _moved(rows: Floats, centres: Floats, rounds: int) -> Floats:
    before: Numbers | None = None
    for _round in range(rounds):
        where, _near = _nearest(rows, centres)
        if before is not None and np.array_equal(where, before):
            break
        centres = _middles(rows, where, centres)
        before = where
    return centres


def _middles(rows: Floats, where: Numbers, centres: Floats) -> Floats:
    """The middle of each cell's texts; a cell that lost all its texts stays where it was."""
    order = np.argsort(where, kind="stable")
    full, starts = np.unique(where[order], return_index=True)
    moved = centres.copy()
    moved[full] = np.add.reduceat(rows[order], starts, axis=0)
    return of_length_one(moved)


def _nearest(rows: Floats, centres: Floats) -> tuple[Numbers, Floats]:
    cell = np.empty(len(rows), dtype=np.intp)
    near = np.empty(len(rows), dtype=np.float32)
    turned = np.ascontiguousarray(centres.T)
    for at in range(0, len(rows), AT_ONCE):
        like = rows[at : at + AT_ONCE] @ turned
        best = like.argmax(axis=1)
        cell[at : at + AT_ONCE] = best
        near[at : at + AT_ONCE] = like[np.arange(len(best)), best]
    return cell, near


def _ward(centres: Floats, sizes: Floats) -> tuple[Merge, ...]:
    """
    Ward's tree by chains of nearest neighbours: from any cell go to its nearest, and on, until two are each other's nearest;
    they are taken together. The merges are then put in the order of their cost, which is what a cut goes by.
    """
    count = len(centres)
    weight = np.maximum(sizes.astype(np.float64), 1e-9)
    square = (centres.astype(np.float64) ** 2).sum(axis=1)
    between = np.maximum(
        square[:, None] + square[None, :] - 2 * centres.astype(np.float64) @ centres.T.astype(np.float64), 0
    )
    between *= weight[:, None] * weight[None, :] / (weight[:, None] + weight[None, :])
    np.fill_diagonal(between, np.inf)
    alive = np.ones(count, dtype=bool)
    found: list[tuple[float, int, int]] = []
    chain: list[int] = []
    while len(found) < count - 1:
        if not chain:
            chain.append(int(alive.argmax()))
        here = chain[-1]
        row = between[here]
        there = int(row.argmin())
        if len(chain) > 1 and row[chain[-2]] <= row[there]:
            there = chain[-2]
        if len(chain) > 1 and there == chain[-2]:
            del chain[-2:]
            found.append((float(row[there]), min(here, there), max(here, there)))
            _take_together(between, weight, alive, min(here, there), max(here, there))
        else:
            chain.append(there)
    return _in_order(count, found)


def _take_together(
    between: NDArray[np.float64], weight: NDArray[np.float64], alive: NDArray[np.bool_], keep: int, gone: int
) -> None:
    """Lance and Williams' formula: how far the two together are from each of the others."""
    a, b, cost = weight[keep], weight[gone], between[keep, gone]
    others = alive.copy()
    others[[keep, gone]] = False
    c = weight[others]
    new = ((a + c) * between[keep, others] + (b + c) * between[gone, others] - c * cost) / (a + b + c)
    between[keep, others] = between[others, keep] = new
    between[gone, :] = between[:, gone] = np.inf
    alive[gone] = False
    weight[keep] = a + b


def _in_order(count: int, found: Sequence[tuple[float, int, int]]) -> tuple[Merge, ...]:
    node = list(range(count))
    merges: list[Merge] = []
    for number, (_cost, keep, gone) in enumerate(sorted(found, key=lambda one: one[0])):
        merges.append((node[keep], node[gone]))
        node[keep] = count + number
    return tuple(merges)


def pack(tree: Tree) -> bytes:
    """The tree as it is stored."""
    file = io.BytesIO()
    merges = np.array(tree.merges, dtype=np.int32).reshape(-1, 2)
    arrays: dict[str, Any] = {f"of_{kind}": rows for kind, rows in tree.centres.items()}  # Any: numpy's own signature
    if tree.runs is not None:
        arrays |= {"runs": tree.runs.numbers.astype(np.int32), "weights_of_runs": tree.runs.weights}
        arrays |= {"rows_of_runs": tree.runs.rows}
    np.savez_compressed(file, merges=merges, **arrays)
    return file.getvalue()


def unpack(stored: bytes) -> Tree:
    with np.load(io.BytesIO(stored), allow_pickle=False) as file:
        centres = {name.removeprefix("of_"): file[name] for name in file.files if name.startswith("of_")}
        merges = tuple((int(one), int(other)) for one, other in file["merges"])
        runs = None
        if "runs" in file.files:
            runs = Runs(file["runs"].astype(np.intp), file["weights_of_runs"], file["rows_of_runs"])
    return Tree(centres, merges, runs)
