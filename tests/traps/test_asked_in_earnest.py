"""Sound projects that look suspicious, and bad ones that look polite, for traps 1 and 2."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from withus.facts.load import read
from withus.traps.judge import judge
from withus.traps.rule import Level

WRITTEN = tomllib.loads(Path(__file__).with_name("asked_in_earnest.toml").read_text(encoding="utf-8"))["situation"]
TRAPS = (1, 2)


# Any: a situation is a parsed TOML table.
@pytest.mark.parametrize("situation", WRITTEN, ids=lambda each: each["story"][:60])
def test_rules_say_what_a_practitioner_says(situation: dict[str, Any]) -> None:
    found = judge(read(situation["plan"], name=situation["story"])).findings
    loud = [each for each in found if each.level in (Level.STOP, Level.WARN) and each.trap in TRAPS]
    assert sorted({each.trap for each in loud}) == situation["traps"], [(each.rule, each.said) for each in loud]


def test_there_are_thirty_of_them_and_both_kinds() -> None:
    assert len(WRITTEN) >= 30
    assert len([each for each in WRITTEN if each["traps"]]) >= 12
