"""Small sounds as phones and browsers box them, each with a place written wherever such a box has room for one; and what of it is sound."""

import io
import struct
import wave
from collections.abc import Callable

PLACE = b"53.7997 N, 1.5492 W, Mill Lane 4"
ONE, TWO = b"\x21the first sound" + bytes(16), b"\x22the second one" + bytes(40)
SILENCE = bytes(17)


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", 8 + len(body)) + name + body


def numbers(*what: int) -> bytes:
    return struct.pack(f">{len(what)}I", *what)


def track(kind: bytes, number: int, *tables: bytes, apple: bool = False) -> bytes:
    esds = box(b"esds", b"how to read it")
    inside = box(b"wave", box(b"frma", b"mp4a"), esds) if apple else esds
    fixed = b"\0\1" + PLACE[:6] + bytes(12 + 16) if apple else bytes(20)
    entry = box(b"mp4a", bytes(6), b"\0\1", fixed, inside, box(b"name", PLACE))
    head = box(b"mdhd", numbers(0, 7, 7, 1000, 40)), box(b"hdlr", bytes(8), kind, bytes(12), PLACE)
    stbl = box(b"stbl", box(b"stsd", numbers(0, 1), entry), *tables)
    media = box(b"mdia", *head, box(b"minf", box(b"smhd", bytes(8)), stbl))
    return box(b"trak", box(b"tkhd", numbers(7, 9, 9, number, 0, 40), bytes(60)), media, box(b"udta", PLACE))


def mp4(*, places: tuple[int, int] = (0, 0), apple: bool = False) -> bytes:
    """A film: its pictures lie before, between and behind two chunks of sound."""
    kind, before, between = box(b"ftyp", b"isom", bytes(4), b"isom"), PLACE, PLACE + b"a picture"
    begin = len(kind) + 8 + len(before)
    at = tuple(there or here for there, here in zip(places, (begin, begin + len(ONE) + len(between)), strict=True))
    sound = track(
        b"soun", 2,
        box(b"stts", numbers(0, 1, 2, 20), PLACE), box(b"stsc", numbers(0, 1, 1, 1, 1), PLACE),
        box(b"stsz", numbers(0, 0, 2, len(ONE), len(TWO)), PLACE), box(b"stco", numbers(0, 2, *at), PLACE), apple=apple,
    )  # fmt: skip
    head = box(b"moov", box(b"mvhd", PLACE), track(b"vide", 1), sound, box(b"meta", PLACE))
    return kind + box(b"mdat", before, ONE, between, TWO, PLACE) + head + box(b"uuid", PLACE)


def mp4_in_pieces() -> bytes:
    empty = [box(name, numbers(0, 0)) for name in (b"stts", b"stsc", b"stco")] + [box(b"stsz", numbers(0, 0, 0))]
    usual = box(b"mvex", box(b"trex", numbers(0, 2, 1, 20, 0, 0)))
    made = box(b"ftyp", b"isom", bytes(4)) + box(b"moov", track(b"soun", 2, *empty), usual, box(b"udta", PLACE))
    for sound in (ONE, TWO):
        length = len(box(b"moof", box(b"traf", box(b"tfhd", numbers(0x20000, 2)), box(b"trun", numbers(0, 0, 0, 0)))))
        trun = box(b"trun", numbers(0x201, 1, length + 8 + len(PLACE), len(sound)))
        made += box(b"moof", box(b"traf", box(b"tfhd", numbers(0x20000, 2)), trun)) + box(b"mdat", PLACE, sound)
    return made


def element(name: int, *inside: bytes, known: bool = True) -> bytes:
    body = b"".join(inside)
    size = (len(body) | 1 << 56).to_bytes(8) if known else b"\x01" + b"\xff" * 7
    return name.to_bytes((name.bit_length() + 7) // 8) + size + body


def webm() -> bytes:
    """As a browser records it, without lengths; and with a film beside the sound."""
    sound = element(
        0xAE, element(0xD7, b"\2"), element(0x83, b"\2"), element(0x86, b"A_OPUS"), element(0x536E, PLACE),
        element(0x63A2, b"OpusHead\1\1" + bytes(9)), element(0xE1, element(0x9F, b"\1"), element(0xEC, PLACE)),
    )  # fmt: skip
    film = element(0xAE, element(0xD7, b"\1"), element(0x83, b"\1"), element(0x86, b"V_VP8"))
    blocks = [
        element(0xA3, b"\x81\0\0\x80" + PLACE), element(0xA3, b"\x82\0\0\x80" + ONE),
        element(0xA0, element(0xA1, b"\x82\0\x14\0" + TWO), element(0x75A1, PLACE)),
    ]  # fmt: skip
    parts = [
        element(0xEC, PLACE), element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40"), element(0x7BA9, PLACE)),
        element(0x1654AE6B, film, sound), element(0x1F43B675, element(0xE7, b"\0"), *blocks, known=False),
        element(0x1254C367, PLACE), element(0x1941A469, PLACE),
    ]  # fmt: skip
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(0x18538067, *parts, known=False)


def page(flags: int, number: int, *packets: bytes, serial: int = 7, granule: int = 0, open_end: bool = False) -> bytes:
    sizes = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    sizes = sizes.rstrip(b"\0") if open_end else sizes
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, granule, serial, number, 0, len(sizes))
    return head + sizes + b"".join(packets)


def ogg() -> bytes:
    tags = b"OpusTags" + PLACE * 20
    return b"".join([
        page(2, 0, b"OpusHead\1\1" + bytes(9)), page(2, 0, b"fishead\0" + PLACE, serial=8),
        page(0, 1, tags[:510], open_end=True), page(1, 2, tags[510:]),
        page(0, 3, ONE, granule=960), page(4, 1, PLACE, serial=8), page(4, 4, TWO, granule=1920),
    ])  # fmt: skip


def mp3() -> bytes:
    first = b"\xff\xfb\x90\x00" + ONE + bytes(417 - 4 - len(ONE))
    second = b"\xff\xfb\x90\x00" + TWO + bytes(417 - 4 - len(TWO))
    id3 = b"ID3\4\0\0" + bytes([0, 0, 0, len(PLACE)]) + PLACE
    return id3 + first * 2 + b"APETAGEX" + PLACE + second * 2 + b"TAG" + PLACE


def aac() -> bytes:
    def frame(sound: bytes) -> bytes:
        size = 7 + len(sound)
        return bytes([0xFF, 0xF1, 0x50, 0x40 | size >> 11, size >> 3 & 0xFF, (size & 7) << 5 | 0x1F, 0xFC]) + sound

    return frame(ONE) * 2 + PLACE + frame(TWO) * 2 + PLACE


def amr() -> bytes:
    return b"#!AMR\n" + (b"\x3c" + ONE[:31]) + (b"\x3c" + TWO[:31]) + b"\xff" + PLACE


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(ONE + b"\0" + TWO + b"\0")
    told = b"LIST" + struct.pack("<I", len(PLACE)) + PLACE
    made = out.getvalue()
    return made[:12] + told + made[12:] + told


def flac() -> bytes:
    info, tags = b"\0\0\0\x22" + bytes(34), b"\x84" + len(PLACE).to_bytes(3) + PLACE
    return b"fLaC" + info + tags + b"\xff\xf8" + ONE + TWO


SOUNDS: dict[str, tuple[str, Callable[[], bytes], tuple[bytes, ...]]] = {
    "a film from a phone": ("audio/mp4", mp4, (ONE, TWO)),
    "a film from an Apple phone": ("audio/mp4", lambda: mp4(apple=True), (ONE, TWO)),
    "mp4 in pieces": ("audio/mp4", mp4_in_pieces, (ONE, TWO)),
    "webm": ("audio/webm", webm, (ONE, TWO)),
    "ogg": ("audio/ogg", ogg, (ONE, TWO)),
    "mp3": ("audio/mpeg", mp3, (ONE, TWO)),
    "aac": ("audio/aac", aac, (ONE, TWO)),
    "amr": ("audio/amr", amr, (ONE[:31], TWO[:31])),
    "wav": ("audio/wav", wav, (ONE, TWO)),
    "flac": ("audio/flac", flac, (ONE, TWO)),
}
