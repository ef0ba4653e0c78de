"""
A block of the plan asks people to discuss or make something about a decision that is settled.

## What it looks for

A discussion, activity or decision block, not dropped, that is about a decision which people were told is settled, and
which was not settled later than that day; or of which they were told so later, by a change and before that day, and
which was not opened again since. Room to feel about it (venting) is no question, telling about it is information, and an
evening that is called informing may have time for questions.

## Why it hurts

It reads as if there were still something to win, and the time is taken from what can change.

## Where this comes from

UK government consultation principles (2018): no questions on what you have a final view on (G).

## What it cannot see

What the question really is. A block with a note may ask something else; then this is only a notice, unless it is done
by the same method as before it was settled: then it is the same question again.
"""

from withus.facts.asked import reopened, told_settled
from withus.facts.block import Block
from withus.facts.decision import Decision
from withus.facts.project import Project
from withus.facts.words import BlockKind, Claim, Openness
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T109",
    name="question-on-settled",
    level=Level.WARN,
    since="0.1",
    sentence=N_("The plan asks about “%(decision)s”, and people were told that it is settled."),
    way_out=(
        N_("Make it a block that informs, and say who decided, when and why."),
        N_("Or ask about something that can still change."),
    ),
)
_ASKS = frozenset({BlockKind.DISCUSSION, BlockKind.ACTIVITY, BlockKind.DECISION})


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        for block in workshop.plan or ():
            if block.dropped or block.kind not in _ASKS:
                continue
            about = block.about or ()
            asked = [each for each in project.decisions if each.id in about and _told(project, each, workshop)]
            if asked:
                again = any(_as_before(project, each, workshop, block) for each in asked)
                level = Level.NOTICE if block.note and not again else Level.WARN
                what = min(decision.what or decision.id for decision in asked)
                yield RULE.finding(f"workshop:{workshop.id}", level=level, decision=what)


def _told(project: Project, decision: Decision, workshop: Workshop) -> bool:
    """People knew by that day that it is settled: from the start, or by a change that they were told of in time."""
    if decision.openness is Openness.SETTLED:
        return not _later(project, decision, workshop)
    settled = decision.settled_on
    if settled is None or workshop.on is None or settled >= workshop.on:
        return False
    return told_settled(project, decision, workshop.on) and not reopened(project, decision, settled, workshop.on)


def _as_before(project: Project, decision: Decision, workshop: Workshop, block: Block) -> bool:
    """The same method was used for it in a workshop before it was settled."""
    settled = decision.settled_on
    return settled is not None and any(
        other.method is not None and other.method == block.method and decision.id in (other.about or ())
        for each in project.workshops
        if each.id != workshop.id and each.on is not None and each.on <= settled
        for other in each.plan or ()
    )


def _later(project: Project, decision: Decision, workshop: Workshop) -> bool:
    """It was settled, or people were told so, on that day or after it: at the time they were told it was a question."""
    told = [
        each.told_on
        for each in project.changes
        if each.decision == decision.id and each.after == Openness.SETTLED and each.told_on is not None
    ]
    days = [*told, *([decision.settled_on] if decision.settled_on else [])]
    return workshop.on is not None and any(day >= workshop.on for day in days)
