"""A sound in a box of ours: what it sounds like stays as it came, and where, when, with what and by whom it was recorded goes."""

import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.live import recorded
from tests.live.recorded import PLACE, SOUNDS
from withus.live.file_head import sound_type
from withus.live.sounds import ogg, rewritten
from withus.live.sounds.__main__ import NO_SOUND
from withus.live.sounds.trouble import NotThisSound

EACH = pytest.mark.parametrize(("kind", "made", "sound"), SOUNDS.values(), ids=list(SOUNDS))


@EACH
def test_the_sound_stays_and_all_that_stood_beside_it_goes(
    kind: str, made: Callable[[], bytes], sound: tuple[bytes, ...]
) -> None:
    came = made()
    assert (sound_type(came), PLACE in came) == (kind, True)
    anew = rewritten(came)
    assert (sound_type(anew), PLACE in anew, PLACE[:8] in anew) == (kind, False, False)
    assert [piece in anew for piece in sound] == [True] * len(sound)


@EACH
def test_what_we_write_is_read_again_and_written_the_same(
    kind: str, made: Callable[[], bytes], sound: tuple[bytes, ...]
) -> None:
    """So the tables in it lead to its sound, and not to where it lay before."""
    anew = rewritten(made())
    assert rewritten(anew) == anew


@EACH
def test_half_a_file_or_a_broken_one_ends_in_a_refusal_or_in_sound_alone(
    kind: str, made: Callable[[], bytes], sound: tuple[bytes, ...]
) -> None:
    came, wrote = made(), 0
    broken = [came[:cut] for cut in range(8, len(came), 5)]
    broken += [came[:at] + b"\xff\xff\xff\xff" + came[at + 4 :] for at in range(8, len(came) - 4, 5)]
    for one in broken:
        try:
            wrote += len(rewritten(one)) <= len(one) + 1024
        except (NotThisSound, struct.error, LookupError, StopIteration, RuntimeError):
            wrote += 1
    assert wrote == len(broken)


def test_tables_that_name_one_place_often_make_no_large_file_of_a_small_one() -> None:
    place = recorded.mp4().index(recorded.ONE)
    with pytest.raises(NotThisSound):
        rewritten(recorded.mp4(places=(place, 2**32 - 2)))
    many = struct.pack(">II", 0, 100) + struct.pack(">I", place) * 100
    tables = recorded.track(
        b"soun", 2,
        recorded.box(b"stts", recorded.numbers(0, 1, 100, 20)), recorded.box(b"stsc", recorded.numbers(0, 1, 1, 1, 1)),
        recorded.box(b"stsz", recorded.numbers(0, 500, 100)), recorded.box(b"stco", many),
    )  # fmt: skip
    with pytest.raises(NotThisSound):
        rewritten(recorded.box(b"ftyp", b"isom", bytes(600)) + recorded.box(b"moov", tables))


@pytest.mark.parametrize("data", [b"OggS" + b"\1" * 200, b"fLaC" + bytes(40), b"<html><script>", b"", b"ID3" + PLACE])
def test_what_only_begins_like_a_sound_is_none(data: bytes) -> None:
    with pytest.raises((NotThisSound, LookupError)):
        rewritten(data)


def test_an_ogg_page_is_summed_as_its_makers_say() -> None:
    """Their own way, bit by bit: the polynomial 0x04c11db7 from the highest bit down."""
    total = 0
    for byte in PLACE:
        total ^= byte << 24
        for _bit in range(8):
            total = (total << 1 ^ (0x04C11DB7 if total & 1 << 31 else 0)) & 0xFFFFFFFF
    assert ogg._sum(PLACE) == total


def test_the_program_writes_it_or_says_that_it_is_none(tmp_path: Path) -> None:
    came, to = tmp_path / "came", tmp_path / "to"
    ended = []
    for data in (recorded.webm(), b"OggS" + b"\1" * 200):
        came.write_bytes(data)
        ran = subprocess.run(
            [sys.executable, "-I", "-m", "withus.live.sounds", str(came), str(to)], check=False, timeout=60
        )
        ended.append((ran.returncode, to.exists()))
        to.unlink(missing_ok=True)
    assert ended == [(0, True), (NO_SOUND, False)]
