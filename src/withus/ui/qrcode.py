"""QR codes as one SVG path, so that the content security policy finds nothing to refuse."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TypedDict

import segno


class Drawing(TypedDict):
    size: int
    path: str


@lru_cache(maxsize=256)
def drawing(text: str) -> Drawing:
    """With the quiet zone of four modules that scanners need."""
    code = segno.make_qr(text, error="m")
    rows = [bytes(row) for row in code.matrix_iter(border=4)]
    return Drawing(size=len(rows), path="".join(line(y, row) for y, row in enumerate(rows)))


def line(y: int, row: bytes) -> str:
    x, parts = 0, []
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            parts.append(f"M{x} {y}.5h{length}")
        x += length
    return "".join(parts)
