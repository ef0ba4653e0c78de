"""The boxes of MP4: a size, a name, and what is in it, which may be boxes again."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from withus.live.sounds.trouble import NotThisSound

MOST_SAMPLES = 2_000_000


@dataclass(frozen=True)
class Run:
    """Samples that lie one behind the other: where, how many bytes each has, and how long each lasts."""

    place: int
    sizes: list[int]
    lasts: list[int]


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    for name, _place, body in placed(data):
        yield name, body


def placed(data: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    """With the place at which each box begins."""
    at = 0
    while at + 8 <= len(data):
        size, name, begin = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, begin = int.from_bytes(data[at + 8 : at + 16]), at + 16
        end = len(data) if size == 0 else at + size
        if end < begin or end > len(data):
            raise NotThisSound("a box that ends nowhere")
        yield name, at, data[begin:end]
        at = end


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body
