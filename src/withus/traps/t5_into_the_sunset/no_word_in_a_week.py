"""
People gave something, and a week later nobody had told them that it arrived.

## What it looks for

Rounds that are written down, and none of them from the last input up to a week after it. It waits two weeks, and is silent
once people were told what became of it, or when they hear, or once that is due. It is a notice.

## Why it hurts

Silence of a week is a message. People think that the slip was lost, or did not matter.

## Where this comes from

Mathie and others (2018): an acknowledgement is the first of three kinds of feedback that people ask for (E). The week is
ours (D).

## What it cannot see

A thank you at the door. Write it down as a round, if a person said it; an automatic mail is none.
"""

from datetime import timedelta

from withus.facts.asked import last_input
from withus.facts.dues import is_due, rounds, tells_outcome
from withus.facts.project import Project
from withus.facts.words import Says
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T505",
    name="no-word-in-a-week",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("People gave the last thing on %(given)s. Up to %(today)s nobody told them that it arrived."),
    way_out=(
        N_("Write or ring today: thank you, this is what we have, and this is when you hear what becomes of it."),
    ),
)
LATER = N_("People gave the last thing on %(given)s. They first heard on %(told)s that it arrived.")
WEEK, TWO_WEEKS = timedelta(days=7), timedelta(days=14)  # D
STRICTER = {"WEEK": Stricter.LESS, "TWO_WEEKS": Stricter.LESS}


def check(project: Project) -> Judged:
    last, told = last_input(project), project.feedback
    if last is None or told is None or told.rounds is None or project.today <= last + TWO_WEEKS or is_due(project):
        return
    if project.contributions is None or not project.contributions.people or told.confirmed:
        return
    held = rounds(project)
    if any(tells_outcome(each) is not False for each in held):
        return
    days = sorted(each.on for each in held if each.on is not None)
    if len(days) < len(held):
        yield RULE.cannot_tell("feedback.rounds.on")
    elif not days:
        yield RULE.finding("feedback", given=last, today=project.today)
    elif any(Says.NEXT_DATE in (each.says or ()) for each in held):
        return
    elif not any(last <= day <= last + WEEK for day in days) and days[-1] > last:
        yield RULE.finding("feedback", sentence=LATER, given=last, told=min(day for day in days if day > last))
