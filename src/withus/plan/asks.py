"""When each block begins and ends, and how the minutes add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from withus.plan.models import Block
from withus.table.models import Workshop

_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Timed:
    """A block with its wall-clock times. `gap` is minutes between it and the block before, below zero where they overlap."""

    block: Block
    starts: time
    ends: time
    gap: int = 0

    @property
    def overlaps(self) -> bool:
        return self.gap < 0


@dataclass(frozen=True)
class Total:
    """Minutes planned against minutes booked."""

    planned: int
    booked: int

    @property
    def over(self) -> int:
        return max(0, self.planned - self.booked)

    @property
    def spare(self) -> int:
        return max(0, self.booked - self.planned)


def blocks(workshop: Workshop) -> list[Block]:
    """The blocks that are still in the plan, in their order, with the decisions that they ask about: two queries."""
    return list(Block.objects.filter(workshop=workshop, dropped=False).prefetch_related("about"))


def timed(workshop: Workshop, rows: Sequence[Block] | None = None) -> list[Timed]:
    """Each block with its times: one after the other from the workshop's start; a pinned block begins when it says."""
    clock = datetime.combine(_ANY_DAY, workshop.starts)
    result = []
    for block in blocks(workshop) if rows is None else rows:
        gap = 0
        if block.pinned is not None:
            begins = datetime.combine(_ANY_DAY, block.pinned)
            gap = int((begins - clock).total_seconds() // 60)
            clock = begins
        ends = clock + timedelta(minutes=block.minutes)
        result.append(Timed(block, clock.time(), ends.time(), gap))
        clock = ends
    return result


def booked_minutes(workshop: Workshop) -> int:
    """Minutes from start to end on the clock. A workshop ends on the day it begins."""
    begins = datetime.combine(_ANY_DAY, workshop.starts)
    return int((datetime.combine(_ANY_DAY, workshop.ends) - begins).total_seconds() // 60)


def total(workshop: Workshop, rows: Sequence[Block] | None = None) -> Total:
    rows = blocks(workshop) if rows is None else rows
    return Total(planned=sum(block.minutes for block in rows), booked=booked_minutes(workshop))
