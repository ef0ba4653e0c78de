from dataclasses import dataclass
from typing import ClassVar

from withus.record.kinds import Happened


@dataclass(frozen=True, kw_only=True)
class FindingExplained(Happened):
    kind: ClassVar[str] = "finding.explained"
    public: ClassVar[bool] = True
    rule: str
    where: str


@dataclass(frozen=True, kw_only=True)
class FindingOwned(Happened):
    kind: ClassVar[str] = "finding.owned"
    public: ClassVar[bool] = True
    rule: str
    where: str


@dataclass(frozen=True, kw_only=True)
class FindingAsked(Happened):
    """Not public: to whom a question goes is between the two of them."""

    kind: ClassVar[str] = "finding.asked"
    rule: str
    where: str
