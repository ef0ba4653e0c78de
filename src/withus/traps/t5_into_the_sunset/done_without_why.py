"""
People were told what was done, and never why, nor why not.

## What it looks for

Rounds that say "you said, we did", all of them known, and none with reasons or a "no, because".

## Why it hurts

Without a why nobody can tell whether they were weighed or only counted. What was not done is passed over.

## Where this comes from

The Scottish standard: feedback covers the decision and the reasons, and the true range of views (G). IAP2: how input
influenced the decision (G). UK law on consultation asks for conscientious weighing (L, for public bodies).

## What it cannot see

Reasons that were said out loud and not written down.
"""

from withus.facts.dues import OUTCOME, rounds
from withus.facts.project import Project
from withus.facts.words import Says
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T506",
    name="done-without-why",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("People were told on %(told)s what was done. They were not told why, nor what was not done."),
    way_out=(
        N_("Say who decided and why, also for what is not done: “no, because” is an answer."),
        N_("Ask the person who decided for their reasons, in two sentences."),
    ),
)
WHY = frozenset({Says.REASONS, Says.NO_BECAUSE})


def check(project: Project) -> Judged:
    told = [each for each in rounds(project) if each.says is None or OUTCOME & set(each.says)]
    if not told:
        return
    if any(WHY & set(each.says or ()) for each in told):
        return
    if any(each.says is None for each in told):
        yield RULE.cannot_tell("feedback.rounds.says")
        return
    days = [each.on for each in told if each.on is not None]
    yield RULE.finding("feedback", told=max(days, default=project.today))
