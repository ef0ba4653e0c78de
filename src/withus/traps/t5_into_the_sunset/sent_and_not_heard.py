"""
It was told, two weeks ago or longer, and fewer than half say that they heard.

## What it looks for

Persons reached with what became of it, less than half as many who said "yes, I heard back", and three or more who have not,
when the last telling is more than two weeks old. Before the day that people were given it is a notice. Who was told person
to person (in the room, by phone, at the door) has heard it.

## Why it hurts

Sent is not heard. A link in a mail that nobody opened counts as silence for those who gave.

## Where this comes from

Answered is not changed, and sent is not heard: services that count them apart learn more (E). The half and the two weeks
are ours (D).

## What it cannot see

Those who heard and do not answer. Nobody who is silent is rung up for it.
"""

from datetime import timedelta

from withus.facts.dues import counters, is_due, rounds, tells_outcome
from withus.facts.project import Project
from withus.facts.routes import by_voice
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T509",
    name="sent-and-not-heard",
    level=Level.WARN,
    since="0.1",
    sentence=N_("%(reached)s people were sent what became of it. %(heard)s of them say that they heard."),
    way_out=(
        N_("Ask in the room, or where people meet: what would reach you better?"),
        N_("Tell it again in another way: read out, on one page, by somebody they know."),
    ),
)
HALF, SILENT = 0.5, 3  # D
STRICTER = {"HALF": Stricter.MORE}
TIME_TO_SAY = timedelta(days=14)  # D


def check(project: Project) -> Judged:
    told = project.feedback
    if told is None:
        return
    days = [each.on for each in rounds(project) if tells_outcome(each) and each.reached]
    if not days:
        return
    if told.confirmed is None:
        yield RULE.cannot_tell("feedback.confirmed")
        return
    reached = counters(project).reached_least
    if None in days or reached is None:
        return
    spoken = [each.reached or 0 for each in rounds(project) if tells_outcome(each) and by_voice(each.route)]
    heard = max([told.confirmed, *spoken])
    if reached - heard < SILENT or heard >= HALF * reached:
        return
    if any(each.route is None for each in rounds(project) if tells_outcome(each) and each.reached):
        yield RULE.cannot_tell("feedback.rounds.route")
        return
    last = max(day for day in days if day is not None)
    if project.today > last + TIME_TO_SAY:
        level = RULE.level if is_due(project) else Level.NOTICE
        yield RULE.finding("feedback", level=level, reached=reached, heard=told.confirmed)
