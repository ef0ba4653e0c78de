"""Every rule, found by walking the folders: a new rule is two files and nothing else to touch."""

import pkgutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from withus.facts.project import Project
from withus.traps.rule import Judged, Rule

HERE = Path(__file__).parent
TRAPS: Mapping[int, tuple[str, str]] = {
    1: ("t1_already_agreed", "Already agreed"),
    2: ("t2_no_wandering", "No wandering"),
    3: ("t3_token_seat", "The token seat"),
    4: ("t4_blank_flip_chart", "Blank flip chart"),
    5: ("t5_into_the_sunset", "Off into the sunset"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A plan with the story that a person would tell of it."""

    story: str
    plan: Mapping[str, Any]
    finds: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    rule: Rule
    check: Callable[[Project], Judged]
    folder: str
    module: str
    doc: str

    @property
    def source(self) -> Path:
        return HERE / self.folder / f"{self.module}.py"

    # Any: a plan is a parsed TOML table.
    def cases(self) -> dict[str, list[Case]]:
        written = tomllib.loads(self.source.with_suffix(".toml").read_text(encoding="utf-8"))
        return {
            side: [
                Case(each["story"], each["plan"], tuple(each.get("finds", ())), tuple(each.get("also", ())))
                for each in written.get(side, ())
            ]
            for side in ("bad", "good")
        }


@cache
def catalogue() -> Mapping[str, Entry]:
    """By code, in the order of codes."""
    return {entry.rule.code: entry for entry in sorted(_walk(), key=lambda entry: entry.rule.code)}


def _walk() -> Iterator[Entry]:
    for folder, _title in TRAPS.values():
        for found in pkgutil.iter_modules([str(HERE / folder)]):
            module = import_module(f"withus.traps.{folder}.{found.name}")
            yield Entry(module.RULE, module.check, folder, found.name, module.__doc__ or "")


def retired() -> Mapping[str, str]:
    written = tomllib.loads((HERE / "retired.toml").read_text(encoding="utf-8"))
    return {row["code"]: row["reason"] for row in written["retired"]}
