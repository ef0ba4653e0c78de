"""What can happen to a charter and its decisions. Staff acts, and co-leads' signatures; the public timeline opens them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from withus.record.kinds import Happened


@dataclass(frozen=True, kw_only=True)
class ProjectBegun(Happened):
    kind: ClassVar[str] = "project.begun"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class CharterChanged(Happened):
    kind: ClassVar[str] = "charter.changed"
    public: ClassVar[bool] = True
    version: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CharterFrozen(Happened):
    kind: ClassVar[str] = "charter.frozen"
    public: ClassVar[bool] = True
    version: int


@dataclass(frozen=True, kw_only=True)
class CharterSigned(Happened):
    kind: ClassVar[str] = "charter.signed"


@dataclass(frozen=True, kw_only=True)
class SignatureTakenBack(Happened):
    kind: ClassVar[str] = "charter.signature_taken_back"


@dataclass(frozen=True, kw_only=True)
class DecisionOpened(Happened):
    kind: ClassVar[str] = "decision.opened"
    public: ClassVar[bool] = True
    openness: str


@dataclass(frozen=True, kw_only=True)
class DecisionChanged(Happened):
    kind: ClassVar[str] = "decision.changed"
    public: ClassVar[bool] = True
    fields: tuple[str, ...]
    narrows: bool


@dataclass(frozen=True, kw_only=True)
class DecisionSettled(Happened):
    kind: ClassVar[str] = "decision.settled"
    public: ClassVar[bool] = True
    on: date
    people_were_asked: bool | None


@dataclass(frozen=True, kw_only=True)
class DecisionReopened(Happened):
    kind: ClassVar[str] = "decision.reopened"
    public: ClassVar[bool] = True
    until: date | None


@dataclass(frozen=True, kw_only=True)
class DecisionRemoved(Happened):
    kind: ClassVar[str] = "decision.removed"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ActNoted(Happened):
    """Something was done that leaves fewer ways open."""

    kind: ClassVar[str] = "decision.act_noted"
    public: ClassVar[bool] = True
    on: date


@dataclass(frozen=True, kw_only=True)
class ChangeWeighed(Happened):
    """Whether what people had given was looked at again after it."""

    kind: ClassVar[str] = "change.weighed"
    public: ClassVar[bool] = True
    reconsidered: bool
