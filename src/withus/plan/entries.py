from dataclasses import dataclass
from typing import ClassVar

from withus.record.kinds import Happened


@dataclass(frozen=True, kw_only=True)
class PlanChanged(Happened):
    """A block came, went, moved or changed: the plan's minutes as they stand after it, kind by kind in their order."""

    kind: ClassVar[str] = "plan.changed"
    public: ClassVar[bool] = True
    what: str
    block: str
    blocks: tuple[tuple[str, int], ...]
