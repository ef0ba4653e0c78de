"""
Time to vent stood in the plan, and on the day most of it was taken away.

## What it looks for

A workshop that was held, whose plan had ten minutes or more to vent, and where that block was left out, or had less than
half of its minutes, while the work went on. Not where talk was followed, where slack took its place, where nearly all
cards say that people could say what they needed to, or where the subject carries little feeling. Where it carries much,
T201 judges what was left.

## Why it hurts

The plan had promised it. It is the first thing to go when the slides take longer.

## Where this comes from

Soutar (2023), trap 2 (P). Late items suffer in long meetings (E, clinicians). Ten minutes and the half are ours (D).

## What it cannot see

A group that wanted to get to work. Explain it there, in a sentence. Where it is not known how
emotive the subject is, it does not tell.
"""

from withus.facts.cards import heard
from withus.facts.minutes import NOT_WORK, by_kind
from withus.facts.project import Project
from withus.facts.room import followed, venting
from withus.facts.words import BlockKind, Emotive
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T212",
    name="open-time-was-cut",
    level=Level.WARN,
    since="0.1",
    sentence=N_("The plan had %(planned)s minutes to vent. On the day it was %(left)s."),
    way_out=(
        N_("Ask those who were there what was left unsaid, and give it time in the next plan."),
        N_("Or own it: say that the time was taken away, and what you do now."),
    ),
)
WORTH_MISSING, ENOUGH, HALF = 10, 15, 0.5  # D


def check(project: Project) -> Judged:
    if project.emotive in (Emotive.LOW, Emotive.HIGH):
        return
    for workshop in project.workshops:
        if workshop.live is None or followed(workshop) or heard(workshop):
            continue
        planned, left = _planned(workshop), venting(workshop)
        cut = planned >= WORTH_MISSING and left < HALF * planned and left < ENOUGH
        if not (cut and _worked(workshop) and _more_slack(workshop) < planned - left):
            continue
        if project.emotive is None:
            yield RULE.cannot_tell("emotive")
        else:
            yield RULE.finding(f"workshop:{workshop.id}", planned=planned, left=left)


def _planned(workshop: Workshop) -> int:
    return sum(block.minutes or 0 for block in workshop.plan or () if block.kind is BlockKind.VENTING)


def _worked(workshop: Workshop) -> bool:
    return any(minutes > 0 and kind not in NOT_WORK for kind, minutes in by_kind(workshop).items())


def _more_slack(workshop: Workshop) -> int:
    planned = sum(block.minutes or 0 for block in workshop.plan or () if block.kind is BlockKind.SLACK)
    return by_kind(workshop)[BlockKind.SLACK] - planned
