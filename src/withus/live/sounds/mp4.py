"""MP4, M4A and 3GP, as phones record them: the first track of sound, its tables written anew around its own bytes."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from withus.live.sounds import fragments
from withus.live.sounds.boxes import MOST_SAMPLES, Run, box, boxes
from withus.live.sounds.trouble import NotThisSound

SOUND = b"soun"
INSIDE = {b"mp4a": b"esds", b"samr": b"damr", b"sawb": b"damr", b"alac": b"alac", b"Opus": b"dOps"}
"""Each coding that we write, with the one box that says how to read it."""
LONGEST_INSIDE = 512
ENTRY = 28
MORE = {0: 0, 1: 16}
"""So many bytes more the fixed numbers have in a film from an Apple phone, where a box more lies around the one that we want."""
SELF = b"\0\0\0\x01"
LEVEL = struct.pack(">I9i", 0, 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)[4:]
"""A picture's place on the screen: a sound has none, and the box wants it."""

Tables = dict[bytes, bytes]


@dataclass(frozen=True)
class Track:
    number: int
    tables: Tables
    scale: int


def rewritten(data: bytes) -> bytes:
    movie = dict(boxes(data)).get(b"moov", b"")
    track = _track(movie)
    runs = [*_runs(track.tables), *fragments.runs(data, movie, track.number)]
    chunks = list(_chunks(data, runs))
    begun = [0, *accumulate(len(one) for one in chunks)][:-1]
    kind = box(b"ftyp", b"M4A \0\0\0\0M4A isommp42")
    head = len(kind) + len(_movie(track, runs, begun)) + 8
    return kind + _movie(track, runs, [head + one for one in begun]) + box(b"mdat", b"".join(chunks))


def _track(movie: bytes) -> Track:
    for name, body in boxes(movie):
        inside = dict(boxes(body)) if name == b"trak" else {}
        media = dict(boxes(inside.get(b"mdia", b"")))
        if media.get(b"hdlr", b"")[8:12] != SOUND:
            continue
        tables = dict(boxes(dict(boxes(media.get(b"minf", b""))).get(b"stbl", b"")))
        tables[b"stsd"] = _coding(tables[b"stsd"])
        (scale,) = struct.unpack_from(">I", media[b"mdhd"], 20 if media[b"mdhd"][0] else 12)
        (number,) = struct.unpack_from(">I", inside[b"tkhd"], 20 if inside[b"tkhd"][0] else 12)
        return Track(number, tables, scale)
    raise NotThisSound("no track of sound")


def _coding(described: bytes) -> bytes:
    """One description: the fixed numbers of its sound, and the one box that its coding has."""
    name, entry = next(boxes(described[8:]))
    version = int.from_bytes(entry[8:10])
    if name not in INSIDE or len(entry) < ENTRY or version not in MORE:
        raise NotThisSound("a coding that we do not write")
    said = dict(boxes(entry[ENTRY + MORE[version] :]))
    inside = said.get(INSIDE[name]) or dict(boxes(said.get(b"wave", b""))).get(INSIDE[name], b"")
    if not inside or len(inside) > LONGEST_INSIDE:
        raise NotThisSound("nothing says how to read it")
    channels, rate = entry[16:20], entry[24:28]
    fixed = bytes(6) + b"\0\1" + bytes(8) + channels + bytes(4) + rate
    return bytes(4) + SELF + box(name, fixed + box(INSIDE[name], inside))


def _runs(tables: Tables) -> Iterator[Run]:
    """As the tables have them, a run a chunk. A film in pieces has none here: its samples stand beside the pieces."""
    sizes, lasts, many, at = _sizes(tables[b"stsz"]), _lasts(tables[b"stts"]), _many(tables[b"stsc"]), 0
    for number, place in enumerate(_places(tables), start=1):
        count = next(count for first, count in reversed(many) if first <= number)
        if at + count > len(sizes) or at + count > len(lasts):
            raise NotThisSound("sound that is not there")
        yield Run(place, sizes[at : at + count], lasts[at : at + count])
        at += count
    if at != len(sizes):
        raise NotThisSound("sound that is nowhere")


def _chunks(data: bytes, runs: list[Run]) -> Iterator[bytes]:
    """Together never more than there is: tables that name a place twice would make a large file of a small one."""
    copied = 0
    for run in runs:
        length = sum(run.sizes)
        copied += length
        if run.place + length > len(data) or copied > len(data):
            raise NotThisSound("a table that leads out of the file")
        yield data[run.place : run.place + length]
    if not copied:
        raise NotThisSound("no sound in it")


def _sizes(table: bytes) -> list[int]:
    same, count = struct.unpack_from(">II", table, 4)
    if count > MOST_SAMPLES:
        raise NotThisSound("too long")
    return [same] * count if same else list(struct.unpack_from(f">{count}I", table, 12))


def _lasts(table: bytes) -> list[int]:
    lines = _lines(table, 2)
    if sum(count for count, _last in lines) > MOST_SAMPLES:
        raise NotThisSound("too long")
    return [last for count, last in lines for _sample in range(count)]


def _many(table: bytes) -> list[tuple[int, int]]:
    """From which chunk on how many samples lie in each."""
    return [(line[0], line[1]) for line in _lines(table, 3)]


def _lines(table: bytes, width: int) -> list[tuple[int, ...]]:
    (count,) = struct.unpack_from(">I", table, 4)
    return list(struct.iter_unpack(f">{width}I", table[8 : 8 + count * width * 4]))


def _places(tables: Tables) -> tuple[int, ...]:
    table, form = (tables[b"stco"], "I") if b"stco" in tables else (tables[b"co64"], "Q")
    (count,) = struct.unpack_from(">I", table, 4)
    return struct.unpack_from(f">{count}{form}", table, 8)


def _movie(track: Track, runs: list[Run], places: list[int]) -> bytes:
    """The whole of the head: no day, no name, no maker."""
    sizes = [size for run in runs for size in run.sizes]
    lasts = [(len(list(same)), last) for last, same in groupby(last for run in runs for last in run.lasts)]
    many = [(number, len(run.sizes), 1) for number, run in enumerate(runs, start=1)]
    scale, length = track.scale, min(sum(last for run in runs for last in run.lasts), 0xFFFFFFFF)
    table = b"".join([
        box(b"stsd", track.tables[b"stsd"]),
        box(b"stts", _table(lasts)),
        box(b"stsc", _table(many)),
        box(b"stsz", struct.pack(f">III{len(sizes)}I", 0, 0, len(sizes), *sizes)),
        box(b"stco", _table([(one,) for one in places])),
    ])  # fmt: skip
    source = box(b"dinf", box(b"dref", bytes(4) + SELF + box(b"url ", SELF)))
    media = box(b"mdia", b"".join([
        box(b"mdhd", struct.pack(">5IHH", 0, 0, 0, scale, length, 0x55C4, 0)),
        box(b"hdlr", bytes(8) + SOUND + bytes(13)),
        box(b"minf", box(b"smhd", bytes(8)) + source + box(b"stbl", table)),
    ]))  # fmt: skip
    shown = box(b"tkhd", struct.pack(">6I", 7, 0, 0, 1, 0, length) + bytes(12) + b"\x01\0\0\0" + LEVEL + bytes(8))
    movie = struct.pack(">5IIH", 0, 0, 0, scale, length, 0x10000, 0x100) + bytes(10) + LEVEL + bytes(24) + b"\0\0\0\x02"
    return box(b"moov", box(b"mvhd", movie) + box(b"trak", shown + media))


def _table(lines: Sequence[tuple[int, ...]]) -> bytes:
    numbers = [number for line in lines for number in line]
    return struct.pack(f">II{len(numbers)}I", 0, len(lines), *numbers)
