"""MP3, AAC and AMR: one frame after another, each with its own head. What lies before, between and after them is no sound."""

from collections.abc import Callable, Iterator

from withus.live.sounds.trouble import NotThisSound

FEWEST = 2
"""A single frame may be chance: a picture has such bytes in it, too."""
RATES = (44100, 48000, 32000)
FIRST = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
SECOND = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
AMR, AMR_WB = b"#!AMR\n", b"#!AMR-WB\n"
NARROW = (12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, 0, 0, 0, 0)
WIDE = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 5, 0, 0, 0, 0, 0)


def mp3(data: bytes) -> bytes:
    return b"".join(_frames(data, _behind_tags(data), _mp3_size, sync=b"\xff"))


def aac(data: bytes) -> bytes:
    return b"".join(_frames(data, 0, _aac_size, sync=b"\xff"))


def amr(data: bytes) -> bytes:
    """Each frame's first byte says which of sixteen sizes it has; the rest of that byte is empty but for its quality."""
    magic, sizes = (AMR_WB, WIDE) if data.startswith(AMR_WB) else (AMR, NARROW)
    if not data.startswith(magic):
        raise NotThisSound("no AMR")
    at, found = len(magic), [magic]
    while at < len(data) and not data[at] & 0x83:
        size = 1 + sizes[data[at] >> 3 & 0x0F]
        if at + size > len(data):
            break
        found.append(data[at : at + size])
        at += size
    if len(found) <= FEWEST:
        raise NotThisSound("no frames")
    return b"".join(found)


def _frames(data: bytes, at: int, size_at: Callable[[bytes, int], int], *, sync: bytes) -> Iterator[bytes]:
    """Frames that follow each other; between two runs of them may lie anything, and it is left behind."""
    count = 0
    while at < len(data):
        run, start = 0, at
        while (size := size_at(data, at)) and at + size <= len(data):
            run, at = run + 1, at + size
        if run >= FEWEST:
            count += run
            yield data[start:at]
        else:
            at = start + 1
        at = data.find(sync, at)
        if at < 0:
            break
    if not count:
        raise NotThisSound("no frames")


def _behind_tags(data: bytes) -> int:
    """ID3 writes its size in four times seven bits. There may be one after the other."""
    at = 0
    while data[at : at + 3] == b"ID3" and len(data) >= at + 10:
        seven = data[at + 6 : at + 10]
        at += 10 + (seven[0] << 21 | seven[1] << 14 | seven[2] << 7 | seven[3])
    return at


def _mp3_size(data: bytes, at: int) -> int:
    """How long the layer III frame here is; 0 where there is none."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return 0
    version, bits, rate = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or bits in (0, 15) or rate == 3:
        return 0
    first = version == 3
    hertz = RATES[rate] // {3: 1, 2: 2, 0: 4}[version]
    padding = data[at + 2] >> 1 & 1
    return (144 if first else 72) * 1000 * (FIRST if first else SECOND)[bits] // hertz + padding


def _aac_size(data: bytes, at: int) -> int:
    if at + 7 > len(data) or data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0:
        return 0
    size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    return size if size >= 7 else 0
