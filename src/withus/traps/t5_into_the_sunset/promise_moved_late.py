"""
The day on which people were to hear back was moved after it had passed, or without a reason.

## What it looks for

A new day that people were told of only after the old one had passed, or for which the reason is left empty. A day that is
moved in time, with a reason, is on course. A new day more than half a year later, of which neither the reason nor any round
says why, warns: that is forgetting with a date on it. Once everything is answered, or everybody was reached, it is only noted.
Nothing at all until twelve weeks after the day, and no word in between, warns also where it was told in the end.

## Why it hurts

A promise that is moved when it is already broken is broken twice.

## Where this comes from

UK consultation principles (2018): answer in time, or explain why not (G). OECD: regular progress reports (G).

## What it cannot see

A phone call before the day that nobody noted.
"""

from datetime import date, timedelta

from withus.facts.dues import ANSWER_WITHIN, counters, due_on, rounds, tells_outcome
from withus.facts.feedback import Feedback, Redated
from withus.facts.project import Project
from withus.facts.words import Says
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T508",
    name="promise-moved-late",
    level=Level.STOP,
    since="0.1",
    sentence=N_("People were to hear back by %(promised)s. They were told on %(moved)s that it takes longer."),
    way_out=(
        N_("Ask those who waited what it cost them. Tell everybody why it is late, and a day that you can keep."),
        N_("Or own it: say what it cost people, and what you do now."),
    ),
)
NO_REASON = N_("The day to hear back was moved from %(promised)s. No reason was given.")
FAR = N_("The day to hear back was moved from %(promised)s to %(to)s. Nothing that people were told says why.")
SILENCE = N_("People were to hear back by %(promised)s. They heard on %(told)s, and nothing in between said why.")
FAR_OFF = timedelta(days=182)  # D
REMINDED = timedelta(days=28)  # D
WHY = frozenset({Says.REASONS, Says.NO_BECAUSE})


def check(project: Project) -> Judged:
    told = project.feedback
    if told is None or told.promised_on is None:
        return
    if told.redated is None:
        yield from _long_silence(project, told.promised_on)
        return
    moved = told.redated
    level = Level.NOTICE if _over(project, told) else Level.WARN if _said_why(project, moved) else RULE.level
    if moved.on is not None and moved.on > told.promised_on and moved.on <= project.today:
        yield RULE.finding("feedback", level=level, promised=told.promised_on, moved=moved.on)
    elif moved.because is not None and not moved.because.strip():
        yield RULE.finding("feedback", level=level, sentence=NO_REASON, promised=told.promised_on)
    elif moved.because is None and moved.to is not None and moved.to > told.promised_on + FAR_OFF:
        said = _said_in_a_round(project, moved)
        if said is None:
            yield RULE.cannot_tell("feedback.redated.because")
        elif not said:
            level = Level.NOTICE if _over(project, told) else Level.WARN
            yield RULE.finding("feedback", level=level, sentence=FAR, promised=told.promised_on, to=moved.to)


def _said_in_a_round(project: Project, moved: Redated) -> bool | None:
    """Whether what people were told when it moved, or since, gave a reason; None where that is not written down."""
    since = [each for each in rounds(project) if each.on is None or moved.on is None or each.on >= moved.on]
    if any(WHY & set(each.says or ()) for each in since):
        return True
    return None if not since or any(each.says is None for each in since) else False


def _said_why(project: Project, moved: Redated) -> bool:
    """Late, but with a reason and a day that is still to come, as far as is known: the way out of an overdue answer."""
    return moved.because != "" and (moved.to is None or moved.to >= project.today)


def _over(project: Project, told: Feedback) -> bool:
    """It came late, and it came: to everything, or to everybody."""
    if told.items_answered is not None and told.items_total is not None:
        return told.items_answered == told.items_total
    found = counters(project)
    return bool(found.gave and found.reached_least and found.reached_least >= found.gave)


def _long_silence(project: Project, promised: date) -> Judged:
    """What became of it was told, after the promise had been forgotten for as long as any answer may take."""
    if due_on(project) != promised or any(each.on is None or each.says is None for each in rounds(project)):
        return
    heard = min((each.on for each in rounds(project) if each.on and tells_outcome(each)), default=None)
    if heard is None or heard <= promised + ANSWER_WITHIN:
        return
    word = [each for each in rounds(project) if each.on and promised - REMINDED <= each.on < heard]
    if not any(Says.NEXT_DATE in (each.says or ()) for each in word):
        yield RULE.finding("feedback", level=Level.WARN, sentence=SILENCE, promised=promised, told=heard)
