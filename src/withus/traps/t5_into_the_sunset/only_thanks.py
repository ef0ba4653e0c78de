"""
People were thanked, and not told what became of what they gave.

## What it looks for

After the day on which people were to hear back: rounds that say only thanks, or thanks with a summary of what was said.
A summary of what people said is not what became of it, and then it warns.

## Why it hurts

Thanks without an answer is how somebody is shown out.

## Where this comes from

Mathie and others (2018): acknowledgement, impact and progress are three different things, and people want all (E). The
Scottish standard: decisions, actions and reasons (G).

## What it cannot see

What was said in the room besides. A round's note can tell a reader.
"""

from withus.facts.dues import due_on, is_due, rounds, surely_due, tells_outcome
from withus.facts.project import Project
from withus.facts.words import Says
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T504",
    name="only-thanks",
    level=Level.STOP,
    since="0.1",
    sentence=N_("People were to hear back by %(due)s. Up to now they were told only thanks."),
    way_out=(
        N_("Tell everybody what was done, what was not, and why."),
        N_("If it is not decided yet, say so, say who decides, and give a day."),
    ),
)
SUMMARY = N_("People were to hear back by %(due)s. Up to now they were told what was said, not what became of it.")


def check(project: Project) -> Judged:
    if not is_due(project):
        return
    told = rounds(project)
    if not told or any(tells_outcome(each) for each in told):
        return
    if any(each.says is None for each in told):
        yield RULE.cannot_tell("feedback.rounds.says")
        return
    said = {word for each in told for word in each.says or ()}
    day = due_on(project) or project.today
    if Says.SUMMARY in said:
        yield RULE.finding("feedback", level=Level.WARN, sentence=SUMMARY, due=day)
    else:
        yield RULE.finding("feedback", level=RULE.level if surely_due(project) else Level.WARN, due=day)
