"""A rule, what it finds, and what it cannot tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from withus.traps.say import say


def N_(text: str) -> str:  # noqa: N802 -- the name that catalogues of sentences look for
    """Marks a sentence for translation; nothing is translated while judging."""
    return text


class Level(StrEnum):
    """Stop closes the next step; warn is shown to everybody; notice to facilitators; praise was confirmed by people."""

    STOP = "stop"
    WARN = "warn"
    NOTICE = "notice"
    PRAISE = "praise"

    @property
    def weight(self) -> int:
        return _WEIGHTS[self]


class Stricter(StrEnum):
    """Which way a rule's number is the stricter; an installation may move it that way only."""

    MORE = "more"
    LESS = "less"


_WEIGHTS = {Level.STOP: 3, Level.WARN: 2, Level.NOTICE: 1, Level.PRAISE: 0}
Fact = str | int | float | date


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` and `way_out` are templates; `evidence` fills them: numbers, days and references only."""

    rule: str
    name: str
    trap: int
    level: Level
    where: str
    sentence: str
    evidence: Mapping[str, Fact]
    way_out: tuple[str, ...]

    @property
    def said(self) -> str:
        return say(self.sentence, self.evidence)

    @property
    def ways_out(self) -> tuple[str, ...]:
        return tuple(say(way, self.evidence) for way in self.way_out)

    # Any: JSON values have no narrower type worth keeping.
    def as_dict(self) -> dict[str, Any]:
        """The JSON of `withus check`: sentences filled in, days as 2026-05-01."""
        return {**self.as_row(), "sentence": self.said, "way_out": list(self.ways_out)}

    def as_row(self) -> dict[str, Any]:
        """For storing: templates and evidence apart, so that each reader's language can be filled in later."""
        return {
            "rule": self.rule,
            "name": self.name,
            "trap": self.trap,
            "level": self.level.value,
            "where": self.where,
            "sentence": self.sentence,
            "evidence": {
                key: value.isoformat() if isinstance(value, date) else value for key, value in self.evidence.items()
            },
            "way_out": list(self.way_out),
        }


@dataclass(frozen=True, slots=True)
class CannotTell:
    """Not a finding: the rule would need these facts."""

    rule: str
    missing: tuple[str, ...]

    @property
    def trap(self) -> int:
        return int(self.rule[1])

    def as_dict(self) -> dict[str, Any]:
        return {"rule": self.rule, "missing": list(self.missing)}


Judged = Iterator[Finding | CannotTell]


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    name: str
    level: Level
    since: str
    sentence: str
    way_out: tuple[str, ...]

    @property
    def trap(self) -> int:
        return int(self.code[1])

    def finding(
        self, where: str, *, level: Level | None = None, sentence: str | None = None, **evidence: Fact
    ) -> Finding:
        return Finding(
            self.code,
            self.name,
            self.trap,
            level or self.level,
            where,
            sentence or self.sentence,
            evidence,
            self.way_out,
        )

    def cannot_tell(self, *missing: str) -> CannotTell:
        return CannotTell(self.code, missing)
