"""
People were thanked, and no day was ever named by which they hear what becomes of it.

## What it looks for

A project under way, four weeks or more after the last input, with rounds that are all known, none of which says what became
of it or names the next date, and no day that is written down. It is a notice: a day may have been named in another way.

## Why it hurts

A promise without a day is kept never.

## Where this comes from

Mathie and others (2018): agree at the start what people will hear, and when (E). OECD: a response is promised beforehand
(G). Four weeks are ours (D).

## What it cannot see

A day that was said in the room and not written down.
"""

from datetime import timedelta

from withus.facts.asked import last_input
from withus.facts.dues import rounds, tells_outcome
from withus.facts.project import Project
from withus.facts.words import Says, Stage
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T507",
    name="no-day-given",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("The last input was on %(given)s. No day is written down by which people hear what becomes of it."),
    way_out=(N_("Name a day that you can keep, and who answers, and tell everybody who gave."),),
)
FOUR_WEEKS = timedelta(days=28)  # D
STRICTER = {"FOUR_WEEKS": Stricter.LESS}


def check(project: Project) -> Judged:
    told, last = project.feedback, last_input(project)
    if told is None or told.promised_on is not None or last is None or project.stage is not Stage.RUNNING:
        return
    held = rounds(project)
    if not held or project.today <= last + FOUR_WEEKS or any(tells_outcome(each) for each in held):
        return
    if any(each.says is None for each in held):
        yield RULE.cannot_tell("feedback.rounds.says")
    elif not any(Says.NEXT_DATE in (each.says or ()) for each in held):
        yield RULE.finding("feedback", given=last)
