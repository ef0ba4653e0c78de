"""
Many of those who gave are recorded as not to be found.

## What it looks for

A quarter or more of those who gave, and at least four, recorded as tried three ways and not found. It is a notice: who was
tried and is recorded is owed nothing more.

## Why it hurts

It does not hurt the one who is not found less because it is written down.

## Where this comes from

Mathie and others (2018): agree at the start how people hear back (E). The quarter is ours (D).

## What it cannot see

Whether people wanted to be found.
"""

from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T516",
    name="many-never-found",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("%(lost)s of %(gave)s who gave something were tried three ways and not found."),
    way_out=(
        N_("Next time, ask at the door how each person wants to hear back, and give each the words on a slip."),
        N_("Ask somebody whom these people know to say, read out or put up what became of it where they are."),
    ),
)
QUARTER, FEW = 0.25, 4  # D
STRICTER = {"QUARTER": Stricter.LESS}


def check(project: Project) -> Judged:
    gave = project.contributions.people if project.contributions else None
    lost = project.feedback.unreachable if project.feedback else None
    if gave and lost is not None and FEW <= lost <= gave and lost >= QUARTER * gave:
        yield RULE.finding("feedback", lost=lost, gave=gave)
