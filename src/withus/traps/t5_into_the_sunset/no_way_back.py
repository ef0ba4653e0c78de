"""
No way is planned by which each person hears back.

## What it looks for

At the planning stage: ways to hear back that are written down and empty, or only public ones. While the project runs and
nothing has been told yet, only public ones are a warning.

## Why it hurts

Afterwards nobody knows any more who gave what, and how to find them.

## Where this comes from

Mathie and others (2018): agree on feedback at the start (E). Guides of the 2000s: say beforehand where and when (G).

## What it cannot see

A day or a way that is not written down. Then it does not tell; the charter asks for it.
"""

from withus.facts.dues import rounds
from withus.facts.project import Project
from withus.facts.routes import public
from withus.facts.words import Stage
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T511",
    name="no-way-back",
    level=Level.STOP,
    since="0.1",
    sentence=N_("No way is planned by which each person hears back."),
    way_out=(
        N_(
            "Ask each person how they want to hear back: in the room, by text, post, phone, or with the words on a slip. "
            "Name the day by which everybody hears."
        ),
    ),
)
ONLY_PUBLIC = N_("What becomes of it will stand in public. No way is planned by which each person hears back.")


def check(project: Project) -> Judged:
    told = project.feedback
    if project.stage is Stage.RUNNING and told is not None and told.routes and not rounds(project):
        if all(public(each) for each in told.routes):
            yield RULE.finding("feedback", level=Level.WARN, sentence=ONLY_PUBLIC)
        return
    if project.stage is not Stage.PLANNED:
        return
    if told is None or told.routes is None:
        yield RULE.cannot_tell("feedback.routes")
    elif not told.routes:
        yield RULE.finding("feedback")
    elif all(public(each) for each in told.routes):
        yield RULE.finding("feedback", sentence=ONLY_PUBLIC)
    elif told.promised_on is None:
        yield RULE.cannot_tell("feedback.promised_on")
