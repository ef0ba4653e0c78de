"""
The decision has been public for weeks, and those who gave something have not been told.

## What it looks for

A decision that people were asked about, shown in public more than two weeks ago, and no telling of what became of it up to
now. It is a notice until the day that people were given, or for twelve weeks where none is written down, and a warning
from then on.

## Why it hurts

To read in the paper what became of your story is to be told that you are the public.

## Where this comes from

Official advice: tell those who answered one by one, where possible (G). The two weeks are ours (D).

## What it cannot see

A phone call on the day that nobody noted.
"""

from datetime import timedelta

from withus.facts.dues import is_due, rounds, tells_outcome
from withus.facts.project import Project
from withus.facts.words import Openness
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T515",
    name="others-heard-first",
    level=Level.WARN,
    since="0.1",
    sentence=N_("“%(decision)s” has been public since %(public)s. Those who gave something have not been told."),
    way_out=(N_("Tell everybody who gave, today and in the way they chose: what was decided, by whom and why."),),
)
TWO_WEEKS = timedelta(days=14)  # D
STRICTER = {"TWO_WEEKS": Stricter.LESS}


def check(project: Project) -> Judged:
    told = project.feedback
    if told is None or told.rounds is None or told.confirmed:
        return
    if any(tells_outcome(each) is not False for each in rounds(project)):
        return
    for decision in project.decisions:
        public, own = decision.public_on, decision.openness is Openness.SETTLED or decision.asked_in == ()
        if public is None or own or project.today <= public + TWO_WEEKS:
            continue
        level = RULE.level if is_due(project) else Level.NOTICE
        where = f"decision:{decision.id}"
        yield RULE.finding(where, level=level, decision=decision.what or decision.id, public=public)
