"""
The outcome was made public while people were still being asked.

## What it looks for

A decision that people were told is open, with a day on which it was shown as being taken, and a later day on which they
are asked about it. Settling it without showing it is T101; a decision that the room took itself is no finding.

## Why it hurts

A promise in the paper binds those who made it. Those who are asked afterwards read that they come too late.

## Where this comes from

A political promise is as fixed as a signature (P, on the first Gunning principle, L for UK public bodies that consult).
R. Soutar (2023), trap 1 (P).

## What it cannot see

A recommendation that already lies in the board's papers: a project file has no field for it, and a word such as
"recommended" in somebody's notes is no proof. Add it as an act with the options that it closes.
"""

from withus.facts.asked import asked_in_vain, decided_by_the_room, is_open
from withus.facts.label import settled_unsaid
from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T105",
    name="shown-as-taken",
    level=Level.WARN,
    since="0.1",
    sentence=N_("“%(decision)s” was shown as taken on %(shown)s, but people are asked about it until %(asked)s."),
    way_out=(
        N_("If it is taken, tell everybody: who decided, when and why."),
        N_("If it is not, say so in the same place, and say until when it stays open."),
    ),
)


def check(project: Project) -> Judged:
    for decision in project.decisions:
        shown = decision.public_on
        if shown is None or not is_open(decision) or settled_unsaid(project, decision):
            continue
        asked = max(asked_in_vain(project, decision, shown), default=None)
        if asked is not None and decided_by_the_room(project, decision) is False:
            yield RULE.finding(
                f"decision:{decision.id}", decision=decision.what or decision.id, shown=shown, asked=asked
            )
