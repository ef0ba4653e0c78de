"""Small situations, each with the traps that a thoughtful practitioner would name; what is uncertain stays a notice."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from withus.facts.load import read
from withus.traps.judge import judge
from withus.traps.rule import Level

WRITTEN = tomllib.loads(Path(__file__).with_name("situations.toml").read_text(encoding="utf-8"))["is"]
TODAY = tomllib.loads("today = 2025-12-10")


# Any: a plan is a parsed TOML table.
@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row["story"][:40])
def test_a_practitioner_would_name_these_traps_and_no_others(row: dict[str, Any]) -> None:
    story, traps, plan = row["story"], row["traps"], {k: v for k, v in row.items() if k not in ("story", "traps")}
    verdict = judge(read({"title": story, **TODAY, **plan}, name=story))
    named = [each for each in verdict.findings if each.level in (Level.STOP, Level.WARN) and each.trap > 2]
    assert sorted({each.trap for each in named}) == traps, [(each.rule, each.said) for each in named]


def test_there_are_forty_and_half_of_them_are_sound() -> None:
    assert len(WRITTEN) >= 40
    assert len([row for row in WRITTEN if not row["traps"]]) >= 20
