"""
A block is called time to vent, and its note says that people are talked to, or kept short.

## What it looks for

A venting block whose note speaks of slides, a speech, somebody in charge who explains, or of keeping it short or positive,
while other open time is under fifteen minutes. A note is free text, so this only asks a question: a notice, and a warning
where the subject carries much feeling. Not where nearly all cards say that people could say what they needed to.

## Why it hurts

It takes the place of the one thing that it is named after, and the plan looks right.

## Where this comes from

Soutar (2023), trap 2: time to vent on emotive subjects (P). Reading the note is ours (D).

## What it cannot see

What the words of a note really mean.
"""

from withus.facts.cards import heard
from withus.facts.minutes import blocks
from withus.facts.noted import says_told
from withus.facts.project import Project
from withus.facts.room import followed, venting
from withus.facts.words import BlockKind, Emotive
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T213",
    name="open-in-name-only",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_(
        "The plan calls %(minutes)s minutes time to vent. Its note reads as if people were talked to. Is that so?"
    ),
    way_out=(
        N_("Let people speak first in that time, and put the explaining into a block of information."),
        N_("If they do, say so in the note."),
    ),
)
ENOUGH = 15  # D


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        if followed(workshop) or heard(workshop):
            continue
        told = [block for block in blocks(workshop) if block.kind is BlockKind.VENTING and says_told(block)]
        minutes = sum(block.minutes or 0 for block in told)
        if told and venting(workshop) - minutes < ENOUGH:
            level = Level.WARN if project.emotive is Emotive.HIGH else RULE.level
            yield RULE.finding(f"workshop:{workshop.id}", level=level, minutes=minutes)
