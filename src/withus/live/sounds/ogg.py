"""Ogg with Opus or Vorbis: the first stream of sound, with tags that say nothing, in pages that are counted and summed anew."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from withus.live.sounds.trouble import NotThisSound

HEAD = struct.Struct("<4sBBqIIIB")
CONTINUED, BEGINS = 1, 2
NO_TAGS = {b"OpusHead": b"OpusTags" + bytes(8), b"\x01vorbis": b"\x03vorbis" + bytes(8) + b"\x01"}
HEADERS = {b"OpusHead": 2, b"\x01vorbis": 3}
MOST_PIECES = 255
MIRROR = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True)
class Page:
    flags: int
    granule: int
    serial: int
    sizes: bytes
    body: bytes


def rewritten(data: bytes) -> bytes:
    pages = list(_pages(data))
    first = next((page for page in pages if page.flags & BEGINS and _coding(page)), None)
    if first is None:
        raise NotThisSound("neither Opus nor Vorbis")
    coding = _coding(first)
    packets, rest = _headers([page for page in pages if page.serial == first.serial], HEADERS[coding])
    packets[1] = NO_TAGS[coding]
    if not rest:
        raise NotThisSound("no sound behind its headers")
    made = [Page(BEGINS, 0, 1, *_laced([packets[0]])), *_of_packets(packets[1:]), *rest]
    return b"".join(_written(page, number) for number, page in enumerate(made))


def _coding(page: Page) -> bytes:
    return next((name for name in HEADERS if page.body.startswith(name)), b"")


def _pages(data: bytes) -> Iterator[Page]:
    at = 0
    while at + HEAD.size <= len(data):
        magic, version, flags, granule, serial, _number, _sum, pieces = HEAD.unpack_from(data, at)
        if magic != b"OggS" or version:
            return
        sizes = data[at + HEAD.size : at + HEAD.size + pieces]
        begin, end = at + HEAD.size + pieces, at + HEAD.size + pieces + sum(sizes)
        if end > len(data):
            return
        yield Page(flags, granule, serial, sizes, data[begin:end])
        at = end


def _headers(pages: list[Page], count: int) -> tuple[list[bytes], list[Page]]:
    """The first packets, and the pages behind them. Both codings let the sound begin on a page of its own."""
    packets, open_packet = [], bytearray()
    for number, page in enumerate(pages):
        at = 0
        for size in page.sizes:
            open_packet += page.body[at : at + size]
            at += size
            if size < 255:
                packets.append(bytes(open_packet))
                open_packet.clear()
        if len(packets) >= count:
            if len(packets) > count or open_packet:
                raise NotThisSound("sound on a page of the headers")
            rest = pages[number + 1 :]
            return packets, [page for page in rest if not page.flags & BEGINS]
    raise NotThisSound("too few headers")


def _of_packets(packets: list[bytes]) -> Iterator[Page]:
    """One page each, or more where one does not hold it."""
    for packet in packets:
        sizes, body = _laced([packet])
        for begin in range(0, len(sizes), MOST_PIECES):
            some = sizes[begin : begin + MOST_PIECES]
            ends = begin + MOST_PIECES >= len(sizes)
            yield Page(CONTINUED if begin else 0, 0 if ends else -1, 1, some, body[begin * 255 :][: sum(some)])


def _laced(packets: list[bytes]) -> tuple[bytes, bytes]:
    sizes = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    return sizes, b"".join(packets)


def _written(page: Page, number: int) -> bytes:
    parts = [b"OggS", 0, page.flags, page.granule, 1, number, 0, len(page.sizes)]
    blank = HEAD.pack(*parts) + page.sizes + page.body
    return blank[:22] + struct.pack("<I", _sum(blank)) + blank[26:]


def _sum(data: bytes) -> int:
    """Ogg's own CRC-32 runs the other way round: zlib's, over mirrored bytes, from nothing to nothing."""
    mirrored = zlib.crc32(data.translate(MIRROR), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
