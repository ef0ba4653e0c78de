"""Turns the list of pieces and the model into the table; runs in the environment of `./dev table`, which has the model."""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from withus.loop.sense import minilm
from withus.loop.sense.numbers import Floats
from withus.loop.sense.vectors import WIDTH

WORDS = 1996
"""Before it stand signs and single letters: they shape the directions, and the model needs their names, but no row is kept."""
AT_ONCE = 512
CUT_OFF = 99.9
"""The few numbers beyond this percentile are cut, so that the others have more steps of the one byte."""


def main(vocabulary: Path, table: Path) -> None:
    pieces = vocabulary.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    read = [[minilm.BEGINS, number, minilm.ENDS] for number in range(minilm.FIRST, len(pieces))]
    made: Floats = np.concatenate(
        [minilm.run(read[at : at + AT_ONCE], ends=True) for at in range(0, len(read), AT_ONCE)]
    )
    middle = made - made.mean(axis=0)
    _left, _size, directions = np.linalg.svd(middle, full_matrices=False)
    kept = middle @ directions[:WIDTH].T
    spread = (kept / kept.std(axis=0))[WORDS - minilm.FIRST :]
    steps = np.round(spread * (127 / np.percentile(np.abs(spread), CUT_OFF)))
    signs, words = (_packed(some) for some in (pieces[minilm.FIRST : WORDS], pieces[WORDS:]))
    np.savez_compressed(table, rows=np.clip(steps, -127, 127).astype(np.int8), pieces=words, signs=signs)


def _packed(pieces: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(pieces).encode("utf-8"), dtype=np.uint8)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
