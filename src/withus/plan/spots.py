"""Which parts of a plan a finding speaks of: by the kinds of part that its rule looks at, and by what is asked there."""

from collections.abc import Iterable, Mapping

from withus.charter.models import Openness
from withus.findings.asks import Finding
from withus.plan.models import Block, BlockKind

TALK = frozenset({BlockKind.INFORMATION, BlockKind.DISCUSSION, BlockKind.REPORT_BACK})
MAKING = frozenset({BlockKind.ACTIVITY, BlockKind.DISCUSSION})
OPEN_TIME = frozenset({BlockKind.VENTING})
KINDS: Mapping[str, frozenset[BlockKind]] = {
    "T109": frozenset({BlockKind.DISCUSSION, BlockKind.ACTIVITY, BlockKind.DECISION}),
    "T201": OPEN_TIME,
    "T202": frozenset({BlockKind.INFORMATION, BlockKind.DISCUSSION}),
    "T206": frozenset({BlockKind.PARKED_SUBJECTS}),
    "T212": frozenset({BlockKind.VENTING, BlockKind.SLACK}),
    "T213": OPEN_TIME,
    "T401": TALK,
    "T402": MAKING,
    "T404": frozenset({BlockKind.ACTIVITY}),
    "T405": frozenset({BlockKind.ACTIVITY}),
    "T406": frozenset({BlockKind.ACTIVITY}),
    "T407": frozenset({BlockKind.ACTIVITY}),
    "T410": frozenset({BlockKind.INFORMATION}),
    "T411": frozenset({BlockKind.ACTIVITY}),
}
"""What has no part to stand at (a break that is not there, the people in the room) stands at the top of the plan alone."""


def at_block(found: Iterable[Finding], block: Block) -> list[Finding]:
    return [one for one in found if block.kind in KINDS.get(one.rule, frozenset()) and _about(one, block)]


def _about(found: Finding, block: Block) -> bool:
    """A question about what is settled stands only where that is asked."""
    return found.rule != "T109" or any(one.openness == Openness.SETTLED for one in block.about.all())
