"""Room to feel and to wander inside the booked time, as planned and as it happened."""

from withus.facts.block import Block
from withus.facts.minutes import PAUSES, blocks, booked, by_kind, starts, unplanned
from withus.facts.noted import says_drop_in, says_open
from withus.facts.project import Project
from withus.facts.words import BlockKind, Emotive, Wandering
from withus.facts.workshop import Workshop

LONG_ENOUGH_TO_CHAT, VENTING_NEEDED = 20, 15  # D
_MAY_BE_OPEN = frozenset({BlockKind.WELCOME, BlockKind.DISCUSSION, BlockKind.ACTIVITY, BlockKind.SLACK})


def followed(workshop: Workshop) -> bool:
    return workshop.live is not None and workshop.live.wandering is Wandering.FOLLOWED


def is_open_time(block: Block) -> bool:
    """Venting, or a block whose note says that it is open talk, whatever it is called."""
    return block.kind is BlockKind.VENTING or (block.kind in _MAY_BE_OPEN and says_open(block))


def venting(workshop: Workshop) -> int:
    """Minutes to vent: as they really were where that was noted."""
    other = sum(b.minutes or 0 for b in blocks(workshop) if b.kind is not BlockKind.VENTING and is_open_time(b))
    return by_kind(workshop)[BlockKind.VENTING] + other


def first_begins(workshop: Workshop) -> int | None:
    begins = [at for block, at in zip(blocks(workshop), starts(workshop), strict=True) if is_open_time(block)]
    return min(begins, default=None)


def slack(workshop: Workshop) -> int:
    """Slack is there to be used: what was planned counts, and what happened beyond it."""
    planned = sum(block.minutes or 0 for block in blocks(workshop) if block.kind is BlockKind.SLACK)
    return max(planned, by_kind(workshop)[BlockKind.SLACK])


def free(project: Project, workshop: Workshop) -> int:
    """
    Minutes that nobody has filled: slack, time without a block, time for parked subjects, and open talk beyond what the
    subject needs. A long meal, or a long arrival, is room to chat in.
    """
    needed = VENTING_NEEDED if project.emotive is Emotive.HIGH else 0
    chat = sum(
        max(0, (block.minutes or 0) - LONG_ENOUGH_TO_CHAT)
        for block in blocks(workshop)
        if block.kind in (BlockKind.WELCOME, BlockKind.BREAK) and not is_open_time(block)
    )
    parked = by_kind(workshop)[BlockKind.PARKED_SUBJECTS]
    return slack(workshop) + unplanned(workshop) + parked + max(0, venting(workshop) - needed) + chat


def ran_over(workshop: Workshop) -> int:
    """Minutes past the booked end; 0 where it ended in time, or where one of the two is not known."""
    ended, starts_at, held = (workshop.live.ended if workshop.live else None), workshop.starts, booked(workshop)
    if ended is None or starts_at is None or held is None:
        return 0
    lasted = (ended.hour * 60 + ended.minute - starts_at.hour * 60 - starts_at.minute) % (24 * 60)
    return max(0, lasted - held)


def come_and_go(workshop: Workshop) -> bool:
    """Each block but the arriving, pausing and leaving is noted as one that people enter and leave as they like."""
    work = [block for block in blocks(workshop) if block.kind not in PAUSES]
    return bool(work) and all(says_drop_in(block) for block in work)
