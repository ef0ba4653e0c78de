"""Minutes of a workshop: by kind of block, working time, start times, and the plan against the booked time."""

from collections import Counter
from collections.abc import Mapping
from datetime import time

from withus.facts.block import Block
from withus.facts.field import DAY_MINUTES
from withus.facts.words import BlockKind
from withus.facts.workshop import Workshop

NOT_WORK = frozenset({BlockKind.WELCOME, BlockKind.BREAK, BlockKind.VENTING, BlockKind.SLACK, BlockKind.CLOSING})
PAUSES = frozenset({BlockKind.WELCOME, BlockKind.BREAK, BlockKind.CLOSING})
_ROOM = frozenset({BlockKind.VENTING, BlockKind.SLACK, BlockKind.BREAK, BlockKind.PARKED_SUBJECTS})
MOSTLY = 0.5


def minute_of(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def booked(workshop: Workshop) -> int | None:
    """From start to end as booked; an end before the start is after midnight."""
    if workshop.starts is None or workshop.ends is None:
        return None
    return (minute_of(workshop.ends) - minute_of(workshop.starts)) % DAY_MINUTES or None


def blocks(workshop: Workshop) -> tuple[Block, ...]:
    """What was not left out on the day, in the order of the clock where blocks have one."""
    kept = [block for block in workshop.plan or () if not block.dropped]
    if kept and all(block.starts is not None for block in kept):
        first = minute_of(workshop.starts) if workshop.starts else 0
        kept.sort(key=lambda block: (minute_of(block.starts or time()) - first) % DAY_MINUTES)
    return tuple(kept)


def all_known(workshop: Workshop) -> bool:
    return workshop.plan is not None and all(b.minutes is not None and b.kind is not None for b in blocks(workshop))


def planned(workshop: Workshop) -> int:
    return sum(block.minutes or 0 for block in blocks(workshop))


def length(workshop: Workshop) -> int:
    """The booked time, or the plan's where no time is booked yet."""
    return booked(workshop) or planned(workshop)


def by_kind(workshop: Workshop) -> Mapping[BlockKind, int]:
    """As planned, and as it really happened for the kinds whose minutes were noted."""
    counted: Counter[BlockKind] = Counter()
    for block in blocks(workshop):
        if block.kind is not None:
            counted[block.kind] += block.minutes or 0
    if workshop.live is not None and workshop.live.actual_minutes is not None:
        counted.update({kind: minutes - counted[kind] for kind, minutes in workshop.live.actual_minutes.items()})
    return counted


def working(workshop: Workshop) -> int:
    return sum(minutes for kind, minutes in by_kind(workshop).items() if kind not in NOT_WORK)


def starts(workshop: Workshop) -> tuple[int, ...]:
    """Minutes from the workshop's start at which each of `blocks` starts; a pinned time is kept."""
    first = minute_of(workshop.starts) if workshop.starts else None
    at, found = 0, []
    for block in blocks(workshop):
        if block.starts is not None and first is not None:
            at = (minute_of(block.starts) - first) % DAY_MINUTES
        found.append(at)
        at += block.minutes or 0
    return tuple(found)


def unplanned(workshop: Workshop) -> int:
    """Booked minutes that no block fills: room, unless the plan is longer than the booking, or room is what was left out."""
    lost = sum(block.minutes or 0 for block in workshop.plan or () if block.dropped and block.kind in _ROOM)
    return max(0, (booked(workshop) or 0) - planned(workshop) - lost)


def over(workshop: Workshop) -> int:
    """Minutes by which the plan is longer than the booked time."""
    held = booked(workshop)
    return max(0, planned(workshop) - held) if held else 0


def open_talk(workshop: Workshop) -> bool:
    """No plan, or one that is mostly open talk, is room. A discussion with an agenda or a method is not open."""
    if not blocks(workshop):
        return workshop.plan is not None
    counted = by_kind(workshop)
    if counted[BlockKind.VENTING] + counted[BlockKind.SLACK] + unplanned(workshop) >= MOSTLY * length(workshop):
        return True
    if counted[BlockKind.INFORMATION] or counted[BlockKind.REPORT_BACK]:
        return False
    free = [
        each for each in blocks(workshop) if each.kind is BlockKind.DISCUSSION and not each.about and not each.method
    ]
    return sum(each.minutes or 0 for each in free) > MOSTLY * length(workshop)


def longest_stretch(workshop: Workshop) -> int:
    """The most minutes without a break; arriving, leaving and unplanned time are pauses too, slack is not counted."""
    longest, stretch, last_end = 0, 0, 0
    for block, start in zip(blocks(workshop), starts(workshop), strict=True):
        if block.kind in PAUSES or start > last_end:
            stretch = 0
        if block.kind not in PAUSES and block.kind is not BlockKind.SLACK:
            stretch += block.minutes or 0
        last_end = start + (block.minutes or 0)
        longest = max(longest, stretch)
    return longest
