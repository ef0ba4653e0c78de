"""
Praise: everybody who gave something says that they heard what became of it.

## What it looks for

As many who said "yes, I heard back" as gave something, less those who are recorded as tried three ways and not found; every
contribution has an answer; and reasons were told. Five persons or more.

## Why it hurts

It does not. It is rare, and it was said by the people themselves.

## Where this comes from

One in five never hears anything (E). What counts is what is heard, not what is sent (E). Five is ours (D).

## What it cannot see

Whether they liked the answer. They do not have to.
"""

from withus.facts.dues import rounds
from withus.facts.project import Project
from withus.facts.small import SMALLEST
from withus.traps.rule import N_, Judged, Level, Rule
from withus.traps.t5_into_the_sunset.done_without_why import WHY

RULE = Rule(
    code="T520",
    name="everybody-heard",
    level=Level.PRAISE,
    since="0.1",
    sentence=N_("All %(heard)s people who gave something and could be found say that they heard what became of it."),
    way_out=(N_("Write down how you did it, and do it again."),),
)


def check(project: Project) -> Judged:
    told = project.feedback
    gave = project.contributions.people if project.contributions else None
    if told is None or not gave or told.confirmed is None or told.items_total is None:
        return
    owed = gave - (told.unreachable or 0)
    why = any(WHY & set(each.says or ()) for each in rounds(project))
    if SMALLEST <= owed <= told.confirmed <= gave and told.items_answered == told.items_total and why:
        yield RULE.finding("feedback", heard=told.confirmed)
