"""WAV and FLAC: the block that says how to read the sound, and the sound."""

import struct

from withus.live.sounds.trouble import NotThisSound

TO_THE_END = (0, 0xFFFFFFFF)
"""What recorders write as a size that they never came back to fill in."""
STREAMINFO, STREAMINFO_SIZE = 0, 34
LAST = 0x80


def wav(data: bytes) -> bytes:
    form, sound, at = b"", b"", 12
    while at + 8 <= len(data) and not (form and sound):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        whole = kind == b"data" and size in TO_THE_END
        body = data[at + 8 :] if whole else data[at + 8 : at + 8 + size]
        if kind == b"fmt " and size in (16, 18, 40):
            form = body
        elif kind == b"data":
            sound = body
        at += 8 + size + size % 2
    if not form or not sound:
        raise NotThisSound("no format or no sound")
    parts = b"".join(_chunk(kind, body) for kind, body in ((b"fmt ", form), (b"data", sound)))
    return b"RIFF" + struct.pack("<I", 4 + len(parts)) + b"WAVE" + parts


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def flac(data: bytes) -> bytes:
    """All blocks but the first are for people or for players: tags, pictures, places to jump to."""
    info, at, last = b"", 4, False
    while not last:
        head, size = data[at], int.from_bytes(data[at + 1 : at + 4], "big")
        last, kind = bool(head & LAST), head & ~LAST
        if kind == STREAMINFO and size == STREAMINFO_SIZE and not info:
            info = data[at + 4 : at + 4 + size]
        at += 4 + size
    frames = data[at:]
    if len(info) != STREAMINFO_SIZE or frames[:1] != b"\xff" or frames[1] & 0xFC != 0xF8:
        raise NotThisSound("no stream, or no frame after its blocks")
    return b"fLaC" + bytes([LAST | STREAMINFO]) + STREAMINFO_SIZE.to_bytes(3, "big") + info + frames
