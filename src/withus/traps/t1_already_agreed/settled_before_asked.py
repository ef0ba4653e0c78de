"""
A decision was settled, or could no longer move, before people were asked about it.

## What it looks for

A decision that people were told is open, or open within limits, whose settled day lies before a day on which they are
asked about it; or an act before that day, such as a signed lease, that leaves fewer than two options. Settled by the
members themselves, told as settled before they are asked again, or opened again before they are asked, is no trap.
An evening whose plan only tells and thanks asks nothing.

## Why it hurts

People give an evening, and often a painful story, to change what can no longer change. They notice soon, and they do
not come back.

## Where this comes from

Soutar (2023), "Getting co-production wrong", trap 1: if it is consulting, say so (P). The first Gunning principle: ask
while the proposal is at a formative stage; restated by the UK Supreme Court in 2014 (L, for UK public bodies that
consult). The Aarhus Convention, article 6: take part while options are open (L, environment).

## What it cannot see

A decision agreed in a corridor, of which nothing is written down. T110 shows what people felt.
"""

from withus.facts.asked import (
    decided_by_the_room,
    is_open,
    last_asked,
    may_only_tell,
    perhaps_by_letter,
    unclear_changes,
    workshops_asking,
)
from withus.facts.label import foreclosed_in_vain, settled_in_vain
from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T101",
    name="settled-before-asked",
    level=Level.STOP,
    since="0.1",
    sentence=N_("“%(decision)s” was settled on %(settled)s, but people are asked about it until %(asked)s."),
    way_out=(
        N_(
            "Tell everybody that it is settled: who decided, when and why. Ask only about what can still change; "
            "if nothing can, say that you inform."
        ),
        N_("Or open it again: name who does so, and until when it stays open."),
    ),
)
FORECLOSED = N_(
    "What was done on %(act)s left nothing to choose for “%(decision)s”; people are asked about it until %(asked)s."
)


def check(project: Project) -> Judged:
    for decision in project.decisions:
        if decision.openness is None and decision.settled_on is not None:
            yield RULE.cannot_tell(f"decisions.{decision.id}.openness")
        if not is_open(decision) or (decision.settled_on is None and not decision.acts):
            continue
        if last_asked(project, decision) is None:
            continue
        if any(act.closes and act.on is None for act in decision.acts or ()):
            yield RULE.cannot_tell(f"decisions.{decision.id}.acts.on")
        asked, act = settled_in_vain(project, decision), foreclosed_in_vain(project, decision)
        if decided_by_the_room(project, decision) is None:
            yield RULE.cannot_tell("workshops.on", "workshops.people.votes")
        if not (asked or act):
            continue
        if unclear_changes(project, decision) or any(map(may_only_tell, workshops_asking(project, decision))):
            yield RULE.cannot_tell("changes", "workshops.plan.kind")
            continue
        what, where = decision.what or decision.id, f"decision:{decision.id}"
        last = asked or (act[1] if act else project.today)
        level = Level.WARN if perhaps_by_letter(project, decision, last) else RULE.level
        if asked is not None and decision.settled_on is not None:
            yield RULE.finding(where, level=level, decision=what, settled=decision.settled_on, asked=asked)
        elif act is not None:
            shut = act[0].on or last
            yield RULE.finding(where, level=level, sentence=FORECLOSED, decision=what, act=shut, asked=last)
