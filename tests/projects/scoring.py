"""What the rules say of each labelled project, beside what a practitioner said before them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from withus.facts.load import load
from withus.traps.judge import judge
from withus.traps.rule import Level

HERE = Path(__file__).parent
FOLDERS = {
    "forty": HERE,
    "later": HERE / "later",
    "harder": HERE / "harder",
    "strangers": HERE / "strangers",
    "newcomers": HERE / "newcomers",
    "passers_by": HERE / "passers_by",
    "last_bus": HERE / "last_bus",
    "postcards": HERE / "postcards",
    "crossroads": HERE / "crossroads",
}
TRAPS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Label:
    traps: frozenset[int]
    why: dict[str, str]
    only_looks: dict[str, str]
    relabelled: str | None
    unsure: frozenset[int]
    worst: dict[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One trap of one project: whether it was seen by the practitioner, and by which rules at stop or warn."""

    project: str
    trap: int
    labelled: bool
    rules: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return self.labelled == bool(self.rules)


@dataclass(frozen=True, slots=True)
class Score:
    right: int
    false_alarms: int
    missed: int

    @property
    def precision(self) -> float | None:
        """None where nothing was said: a share of nothing is not known."""
        said = self.right + self.false_alarms
        return self.right / said if said else None

    @property
    def recall(self) -> float | None:
        there = self.right + self.missed
        return self.right / there if there else None


@cache
def labels(folder: str) -> dict[str, Label]:
    read = tomllib.loads((FOLDERS[folder] / "labels.toml").read_text(encoding="utf-8"))
    return {
        name: Label(
            frozenset(each["traps"]),
            each.get("why", {}),
            each.get("not", {}),
            each.get("relabelled"),
            frozenset(each.get("unsure", ())),
            each.get("worst", {}),
        )
        for name, each in read.items()
    }


def files(folder: str) -> list[str]:
    return sorted(path.stem for path in FOLDERS[folder].glob("[0-9]*.toml"))


@cache
def cells(folder: str) -> tuple[Cell, ...]:
    return tuple(_cells(folder))


def _cells(folder: str) -> Iterator[Cell]:
    for name, label in labels(folder).items():
        verdict = judge(load(FOLDERS[folder] / f"{name}.toml"))
        for trap in sorted(set(TRAPS) - label.unsure):
            heard = [each.rule for each in verdict.of_trap(trap) if each.level in (Level.STOP, Level.WARN)]
            yield Cell(name, trap, trap in label.traps, tuple(sorted(set(heard))))


def score(folder: str, trap: int) -> Score:
    of_trap = [each for each in cells(folder) if each.trap == trap]
    return Score(
        right=sum(each.labelled and each.agrees for each in of_trap),
        false_alarms=sum(not each.labelled and not each.agrees for each in of_trap),
        missed=sum(each.labelled and not each.agrees for each in of_trap),
    )
