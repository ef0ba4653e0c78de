"""WebM with Opus, as browsers record it: one track of sound and its blocks. Tags, files, chapters and films are left behind."""

from collections.abc import Iterator

from withus.live.sounds.trouble import NotThisSound

EBML, SEGMENT, INFO, TRACKS, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
SCALE, DURATION, STAMP, BLOCK, GROUP, INNER = 0x2AD7B1, 0x4489, 0xE7, 0xA3, 0xA0, 0xA1
TRACK, NUMBER, KIND, CODING, PRIVATE, SOUND = 0xAE, 0xD7, 0x83, 0x86, 0x63A2, 0xE1
LEVEL_1 = frozenset({CLUSTER, INFO, TRACKS, 0x114D9B74, 0x1C53BB6B, 0x1254C367, 0x1941A469, 0x1043A770})
OF_A_TRACK = {KIND, CODING, PRIVATE, 0x56AA, 0x56BB, 0x23E383}
OF_SOUND = {0xB5, 0x78B5, 0x9F, 0x6264}
OF_A_GROUP = {0x9B, 0x75A2}
LONGEST = 64
IS_SOUND = 2
HEADER = (
    b"\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm\x42\x87\x81\x04\x42\x85\x81\x02"
)
UNKNOWN = b"\x01" + b"\xff" * 7

Part = tuple[int, bytes]


def rewritten(data: bytes) -> bytes:
    segment = next((body for name, body in _parts(data) if name == SEGMENT), b"")
    parts = list(_parts(segment))
    number, track = _track(b"".join(body for name, body in parts if name == TRACKS))
    clusters = [made for name, body in parts if name == CLUSTER if (made := _cluster(body, number))]
    if not clusters:
        raise NotThisSound("no sound in it")
    info = _part(INFO, _only(b"".join(body for name, body in parts if name == INFO), {SCALE, DURATION}))
    return _part(EBML, HEADER) + _name(SEGMENT) + UNKNOWN + info + _part(TRACKS, track) + b"".join(clusters)


def _track(tracks: bytes) -> tuple[int, bytes]:
    """The number that its blocks carry, and the track as we say it: the first one of sound."""
    for name, body in _parts(tracks):
        said = dict(_parts(body))
        if name != TRACK or int.from_bytes(said.get(KIND, b"")) != IS_SOUND:
            continue
        head = said.get(PRIVATE, b"")
        if said.get(CODING) != b"A_OPUS" or not head.startswith(b"OpusHead") or len(head) > LONGEST:
            continue
        sound = _part(SOUND, _only(said.get(SOUND, b""), OF_SOUND))
        entry = _part(NUMBER, b"\x01") + _part(0x73C5, b"\x01") + _only(body, OF_A_TRACK) + sound
        return int.from_bytes(said.get(NUMBER, b"")), _part(TRACK, entry)
    raise NotThisSound("no Opus")


def _cluster(body: bytes, number: int) -> bytes:
    """Its time, and the blocks of our track, each now of track 1."""
    stamp, blocks = b"", []
    for name, inner in _parts(body):
        if name == STAMP:
            stamp = _part(STAMP, inner)
        elif name == BLOCK and (block := _block(inner, number)):
            blocks.append(_part(BLOCK, block))
        elif name == GROUP:
            said = dict(_parts(inner))
            if block := _block(said.get(INNER, b""), number):
                blocks.append(_part(GROUP, _part(INNER, block) + _only(inner, OF_A_GROUP)))
    return _part(CLUSTER, stamp + b"".join(blocks)) if stamp and blocks else b""


def _block(block: bytes, number: int) -> bytes:
    if len(block) < 5:
        return b""
    theirs, at = _size(block, 0)
    return b"\x81" + block[at:] if theirs == number else b""


def _only(body: bytes, names: set[int]) -> bytes:
    """Each of these once, and none that is longer than a number or a head can be."""
    said = {name: inner for name, inner in _parts(body) if name in names and len(inner) <= LONGEST}
    return b"".join(_part(name, inner) for name, inner in said.items())


def _parts(data: bytes) -> Iterator[Part]:
    """Each element with what is in it. A live recording does not say how long its segment and clusters are: till the next of that level."""
    at = 0
    while at < len(data):
        name, begin = _id(data, at)
        size, begin = _size(data, begin)
        end = len(data) if size is None and name == SEGMENT else _next(data, begin) if size is None else begin + size
        yield name, data[begin:end]
        at = end


def _next(data: bytes, at: int) -> int:
    """Where a cluster of unknown length ends: at the next element that cannot be in it."""
    while at < len(data):
        name, begin = _id(data, at)
        if name in LEVEL_1:
            return at
        size, begin = _size(data, begin)
        if size is None:
            raise NotThisSound("a part without an end")
        at = begin + size
    return at


def _id(data: bytes, at: int) -> tuple[int, int]:
    length = 9 - data[at].bit_length()
    if length > 4:
        raise NotThisSound("no element here")
    return int.from_bytes(data[at : at + length]), at + length


def _size(data: bytes, at: int) -> tuple[int | None, int]:
    """None: unknown."""
    length = 9 - data[at].bit_length()
    if length > 8:
        raise NotThisSound("no size here")
    mask = (1 << 7 * length) - 1
    size = int.from_bytes(data[at : at + length]) & mask
    return None if size == mask else size, at + length


def _part(name: int, body: bytes) -> bytes:
    return _name(name) + (len(body) | 1 << 56).to_bytes(8) + body


def _name(name: int) -> bytes:
    return name.to_bytes((name.bit_length() + 7) // 8)
