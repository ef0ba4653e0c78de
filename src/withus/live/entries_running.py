"""What can happen to a workshop as a whole."""

from dataclasses import dataclass
from typing import ClassVar

from withus.record.kinds import Happened


@dataclass(frozen=True, kw_only=True)
class WorkshopOpened(Happened):
    kind: ClassVar[str] = "workshop.opened"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class WorkshopEnded(Happened):
    kind: ClassVar[str] = "workshop.ended"
    public: ClassVar[bool] = True
    without_owner: int


@dataclass(frozen=True, kw_only=True)
class BlockBegun(Happened):
    kind: ClassVar[str] = "block.begun"
    block: str
    block_kind: str


@dataclass(frozen=True, kw_only=True)
class PlanScrapped(Happened):
    kind: ClassVar[str] = "plan.scrapped"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PlanResumed(Happened):
    kind: ClassVar[str] = "plan.resumed"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class LearningKept(Happened):
    kind: ClassVar[str] = "learning.kept"


@dataclass(frozen=True, kw_only=True)
class WorkshopNoted(Happened):
    kind: ClassVar[str] = "workshop.noted"
