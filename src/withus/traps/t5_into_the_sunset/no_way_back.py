"""
The project is being planned, and there is no way for each person to hear back.

## What it looks for

At the planning stage: ways to hear back that are written down and empty, or only public ones.

## Why it hurts

Afterwards nobody knows any more who gave what, and how to find them.

## Where this comes from

Mathie and others (2018): agree on feedback at the start (E). Guides of the 2000s: say beforehand where and when (G).

## What it cannot see

A day or a way that is not written down. Then it does not tell; the charter asks for it.
"""

from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import Stage
from withus.traps.rule import N_, Judged, Level, Rule
from withus.traps.t5_into_the_sunset.only_a_public_page import PUBLIC

RULE = Rule(
    code="T511",
    name="no-way-back",
    level=Level.STOP,
    since="0.1",
    sentence=N_("No way is planned by which each person hears back."),
    way_out=(
        N_(
            "Ask each person how they want to hear back: in the room, by text, post, phone, or with the words on a slip."
        ),
        N_("Name the day by which everybody hears."),
    ),
)
ONLY_PUBLIC = N_("What becomes of it will stand in public. No way is planned by which each person hears back.")


def check(project: Project) -> Judged:
    if project.stage is not Stage.PLANNED:
        return
    told = project.feedback
    if told is None or told.routes is None:
        yield RULE.cannot_tell("feedback.routes")
    elif not told.routes:
        yield RULE.finding("feedback")
    elif {plain(each) for each in told.routes} <= PUBLIC:
        yield RULE.finding("feedback", sentence=ONLY_PUBLIC)
    elif told.promised_on is None:
        yield RULE.cannot_tell("feedback.promised_on")
