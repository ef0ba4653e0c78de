"""An MP4 that was written while it was recorded: its samples are told piece by piece, beside each piece."""

import struct
from collections.abc import Iterator

from withus.live.sounds.boxes import MOST_SAMPLES, Run, boxes, placed
from withus.live.sounds.trouble import NotThisSound

BASE, DESCRIBED, LAST, SIZE = 0x1, 0x2, 0x8, 0x10
AT, FIRST_FLAGS, LASTS, SIZES, ALL_FLAGS, SHIFTS = 0x1, 0x4, 0x100, 0x200, 0x400, 0x800


def runs(data: bytes, movie: bytes, number: int) -> Iterator[Run]:
    """Of the track with this number. What a piece does not say is as in the piece's head, or as in the film's."""
    usual = _usual(movie, number)
    for name, place, body in placed(data):
        for inner, traf in boxes(body) if name == b"moof" else ():
            if inner == b"traf":
                yield from _of_piece(traf, place, number, usual)


def _usual(movie: bytes, number: int) -> tuple[int, int]:
    for name, body in boxes(dict(boxes(movie)).get(b"mvex", b"")):
        if name == b"trex" and struct.unpack_from(">I", body, 4)[0] == number:
            last, size = struct.unpack_from(">II", body, 12)
            return last, size
    return 0, 0


def _of_piece(traf: bytes, place: int, number: int, usual: tuple[int, int]) -> Iterator[Run]:
    head = dict(boxes(traf)).get(b"tfhd", b"")
    flags, track = struct.unpack_from(">II", head)
    if track != number:
        return
    at, base, (last, size) = 8, place, usual
    if flags & BASE:
        (base,), at = struct.unpack_from(">Q", head, at), at + 8
    at += 4 if flags & DESCRIBED else 0
    if flags & LAST:
        (last,), at = struct.unpack_from(">I", head, at), at + 4
    if flags & SIZE:
        (size,) = struct.unpack_from(">I", head, at)
    behind = base
    for name, body in boxes(traf):
        if name == b"trun":
            run = _run(body, base, behind, last, size)
            behind = run.place + sum(run.sizes)
            yield run


def _run(body: bytes, base: int, behind: int, last: int, size: int) -> Run:
    flags, count = struct.unpack_from(">II", body)
    flags &= 0xFFFFFF
    if not 0 < count <= MOST_SAMPLES:
        raise NotThisSound("too long")
    at, place = 8, behind
    if flags & AT:
        place, at = base + struct.unpack_from(">i", body, at)[0], at + 4
    at += 4 if flags & FIRST_FLAGS else 0
    said = [bit for bit in (LASTS, SIZES, ALL_FLAGS, SHIFTS) if flags & bit]
    width = len(said)
    numbers = struct.unpack_from(f">{count * width}I", body, at)
    lasts = list(numbers[said.index(LASTS) :: width]) if LASTS in said else [last] * count
    sizes = list(numbers[said.index(SIZES) :: width]) if SIZES in said else [size] * count
    if place < 0:
        raise NotThisSound("a piece that lies nowhere")
    return Run(place, sizes, lasts)
