"""
It was decided although the block that was to ask people about it was left out on the day.

## What it looks for

A decision that people were told is open, which is settled, where every block about it was dropped in workshops that
were held, and nobody was asked in another workshop or in writing.

## Why it hurts

The plan looked right, so it stands in the record as asked. Nobody was.

## Where this comes from

Soutar (2023), trap 1 (P). Fair consultation means that people were in fact asked (L, for UK public bodies that consult).

## What it cannot see

People who were asked afterwards, one by one, without a note of it.
"""

from withus.facts.asked import is_open
from withus.facts.decision import Decision
from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T111",
    name="asking-was-dropped",
    level=Level.WARN,
    since="0.1",
    sentence=N_(
        "“%(decision)s” was settled on %(settled)s. The block that was to ask about it was left out on the day."
    ),
    way_out=(
        N_("Ask now, and say that it can still change."),
        N_("Or own it: say that nobody was asked, why, and what you do now."),
    ),
)


def check(project: Project) -> Judged:
    for decision in project.decisions:
        if decision.settled_on is None or not is_open(decision) or project.input_closes is not None:
            continue
        if _dropped(project, decision) and not _asked_otherwise(project, decision):
            yield RULE.finding(
                f"decision:{decision.id}", decision=decision.what or decision.id, settled=decision.settled_on
            )


def _dropped(project: Project, decision: Decision) -> bool:
    blocks = [b for w in project.workshops if w.live for b in w.plan or () if decision.id in (b.about or ())]
    return bool(blocks) and all(block.dropped for block in blocks)


def _asked_otherwise(project: Project, decision: Decision) -> bool:
    """In a workshop that has no block about it at all, but is named as one that asked; or in a block that stayed."""
    for workshop in project.workshops:
        about = [block for block in workshop.plan or () if decision.id in (block.about or ())]
        if any(not block.dropped for block in about):
            return True
        if not about and decision.asked_in is not None and workshop.id in decision.asked_in:
            return True
        if not about and decision.asked_in is None and not any(block.about for block in workshop.plan or ()):
            return True
    return False
