"""Turns the list of pieces and the model into the table; runs in the environment of `./dev table`, which has the model."""

import sys
from pathlib import Path

import numpy as np

from withus.loop.sense import minilm
from withus.loop.sense.grouping import Floats
from withus.loop.sense.vectors import WIDTH

SIGNS = 999
"""Before it stand marks for machines; from it on signs and single letters, which shape the directions but are not kept."""
AT_ONCE = 512
CUT_OFF = 99.9
"""The few numbers beyond this percentile are cut, so that the others have more steps of the one byte."""


def main(vocabulary: Path, table: Path) -> None:
    pieces = vocabulary.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    read = [[minilm.BEGINS, number, minilm.ENDS] for number in range(SIGNS, len(pieces))]
    made: Floats = np.concatenate([minilm.run(read[at : at + AT_ONCE]) for at in range(0, len(read), AT_ONCE)])
    middle = made - made.mean(axis=0)
    _left, _size, directions = np.linalg.svd(middle, full_matrices=False)
    kept = middle @ directions[:WIDTH].T
    spread = (kept / kept.std(axis=0))[minilm.FIRST - SIGNS :]
    steps = np.round(spread * (127 / np.percentile(np.abs(spread), CUT_OFF)))
    letters = np.frombuffer("\n".join(pieces[minilm.FIRST :]).encode("utf-8"), dtype=np.uint8)
    np.savez_compressed(table, rows=np.clip(steps, -127, 127).astype(np.int8), pieces=letters)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
