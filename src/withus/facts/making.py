"""Working time in which people make, sort, move or show something, against time in which they are talked to or talk."""

from dataclasses import dataclass

from withus.facts.access import shut_out
from withus.facts.block import Block
from withus.facts.method import Method
from withus.facts.minutes import blocks, by_kind, working
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import BlockKind
from withus.facts.workshop import Workshop

TALKED = frozenset({BlockKind.INFORMATION, BlockKind.DISCUSSION, BlockKind.REPORT_BACK})
ONLY_TALK = frozenset(
    {"talk", "talking", "discussion", "discussions", "group discussion", "flip chart", "flipchart", "flip charts", "slides",
     "slide", "powerpoint", "presentation", "presentations", "lecture", "speech", "questions", "plenary", "report", "verbal",
     "panel", "talk and flip chart", "table discussion", "whiteboard"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Making:
    working: int
    creative: int
    talk: int

    @property
    def talk_share(self) -> float:
        return self.talk / self.working if self.working else 0.0

    @property
    def creative_share(self) -> float:
        return self.creative / self.working if self.working else 0.0


def is_creative(project: Project, workshop: Workshop, block: Block, *, kindly: bool = False) -> bool:
    """A method with something to see, touch, move or tell; one that shuts somebody present out counts as none."""
    method = next((each for each in project.methods if each.id == block.method), None)
    if method is None:
        return block.kind is BlockKind.ACTIVITY
    if block.kind not in (BlockKind.ACTIVITY, BlockKind.DISCUSSION):
        return False
    return not only_talk(method) and not shut_out(workshop, method, surely=kindly)


def only_talk(method: Method) -> bool:
    """What there is to see or do is talk and a flip chart. Where that is not written down, it is not known to be."""
    return method.stimuli is not None and all(plain(each) in ONLY_TALK for each in method.stimuli)


def creative_methods(project: Project, workshop: Workshop) -> tuple[Method, ...]:
    """The methods by which people in this workshop make something, in the order of the project."""
    used = {block.method for block in blocks(workshop) if is_creative(project, workshop, block)}
    return tuple(each for each in project.methods if each.id in used)


def making(project: Project, workshop: Workshop, *, kindly: bool = False) -> Making:
    """
    As it really happened: minutes noted for a kind are shared out over that kind's blocks as they were planned. `kindly`:
    a method shuts somebody out only where it is written down that nothing is booked for them.
    """
    counted = by_kind(workshop)
    creative = 0.0
    for kind in (BlockKind.ACTIVITY, BlockKind.DISCUSSION):
        alike = [block for block in blocks(workshop) if block.kind is kind]
        total = sum(block.minutes or 0 for block in alike)
        made = sum(block.minutes or 0 for block in alike if is_creative(project, workshop, block, kindly=kindly))
        if total:
            creative += counted[kind] * made / total
        elif kind is BlockKind.ACTIVITY:
            creative += counted[kind]
    spent = sum(counted[kind] for kind in (*TALKED, BlockKind.ACTIVITY))
    return Making(working=working(workshop), creative=round(creative), talk=spent - round(creative))
