"""
The day on which people were to hear back has passed, and not everything they gave has an answer.

## What it looks for

The day given to people, or the new one they were told with a reason (T508 speaks where that came late); where no day was
given, twelve weeks after the last input; where the project is closed and no day was given, today. After that day:
contributions without an answer, or nothing told at all. Answers that stand in a file and that nobody was told are no answers.
Where no day that people were given is written down, it warns. Not due and on course is no finding. An honest "no, because" is
an answer.

## Why it hurts

One in five never hears anything. People who do not hear do not give again, and tell others not to.

## Where this comes from

UK consultation principles (2018): twelve weeks, or explain (G). Mathie and others (2018): feedback is not routine (E).

## What it cannot see

Whether an answer is a good one. Only the person can say that they heard.
"""

from withus.facts.dues import due_on, is_due, rounds, surely_due, tells_outcome
from withus.facts.feedback import Feedback
from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T501",
    name="answer-overdue",
    level=Level.STOP,
    since="0.1",
    sentence=N_("People were to hear back by %(due)s. %(answered)s of %(total)s contributions have an answer."),
    way_out=(
        N_("Answer what is open. “We are not doing this, because” is an answer."),
        N_("Tell everybody today what is late, why, and a new day that you can keep."),
    ),
)
NOTHING_TOLD = N_("People were to hear back by %(due)s. Nothing has been told yet.")


def check(project: Project) -> Judged:
    due = is_due(project)
    told, given = project.feedback, project.contributions
    if not due or (given is not None and given.people == 0 and not given.items):
        if due is None and given is not None:
            yield RULE.cannot_tell("feedback.promised_on")
        return
    if told is None:
        yield RULE.cannot_tell("feedback")
        return
    day = due_on(project) or project.today
    level = RULE.level if surely_due(project) else Level.WARN
    counted = told.items_answered is not None and told.items_total is not None
    if told.items_answered is not None and told.items_total is not None and told.items_answered < told.items_total:
        yield RULE.finding("feedback", level=level, due=day, answered=told.items_answered, total=told.items_total)
    elif _nothing_told(project, told):
        if given is None and due_on(project) is None:
            yield RULE.cannot_tell("contributions")
            return
        gave = given is not None and (given.people or given.items)
        yield RULE.finding("feedback", level=level if gave else Level.WARN, sentence=NOTHING_TOLD, due=day)
    elif not counted and not any(tells_outcome(each) for each in rounds(project)):
        yield RULE.cannot_tell("feedback.items_answered", "feedback.items_total")


def _nothing_told(project: Project, told: Feedback) -> bool:
    """Rounds are written down, and none of them is in the past."""
    return told.rounds is not None and not rounds(project)
