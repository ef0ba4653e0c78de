"""What a phone with poor signal has to fetch."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

BUILT = Path(__file__).parents[2] / "src" / "withus" / "ui" / "built"


@pytest.mark.parametrize(
    ("file", "kib"), [("participant.css", 8), ("participant.js", 5), ("wall.js", 3), ("staff.js", 24)]
)
def test_each_bundle_stays_within_its_budget(file: str, kib: int) -> None:
    assert len(gzip.compress((BUILT / file).read_bytes(), 9)) <= kib * 1024


def test_a_picture_of_the_deck_is_under_a_kilobyte_and_a_half() -> None:
    from withus.methods.deck import STARTER

    heavy = [file.name for file in STARTER.glob("*.svg") if len(gzip.compress(file.read_bytes(), 9)) > 1536]
    assert heavy == []
