"""
People were told what became of it before it was in fact settled, and nothing was told after.

## What it looks for

A decision that people were asked about, settled more than four weeks ago, and the last telling of what became of it is from
before that day. Before the day that people were given it is a notice.

## Why it hurts

They hold the old answer for the true one, and find out from the building site.

## Where this comes from

Official advice: tell people what was decided, and why (G). The Scottish standard: feedback covers decisions (G). Four weeks
are ours (D).

## What it cannot see

A decision that turned out as the answer had said. Say that too: it takes one line.
"""

from datetime import timedelta

from withus.facts.asked import last_asked
from withus.facts.dues import is_due, rounds, tells_outcome
from withus.facts.project import Project
from withus.facts.words import Openness
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T514",
    name="settled-after-the-answer",
    level=Level.WARN,
    since="0.1",
    sentence=N_("“%(decision)s” was settled on %(settled)s. The last that people were told of it is from %(told)s."),
    way_out=(
        N_("Tell everybody who gave how it was decided, by whom and why, and what differs from what they heard."),
    ),
)
FOUR_WEEKS = timedelta(days=28)  # D
STRICTER = {"FOUR_WEEKS": Stricter.LESS}


def check(project: Project) -> Judged:
    told = [each.on for each in rounds(project) if tells_outcome(each)]
    if not told or None in told or any(each.says is None for each in rounds(project)):
        return
    last = max(day for day in told if day is not None)
    for decision in project.decisions:
        settled = decision.settled_on
        if settled is None or decision.openness is Openness.SETTLED or decision.asked_in == ():
            continue
        asked = last_asked(project, decision)
        if last < settled and project.today > settled + FOUR_WEEKS and (asked is None or asked <= settled):
            level = RULE.level if is_due(project) else Level.NOTICE
            where = f"decision:{decision.id}"
            yield RULE.finding(where, level=level, decision=decision.what or decision.id, settled=settled, told=last)
