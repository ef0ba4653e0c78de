"""
People were told that they would hear more by a day. The day has passed, and nothing was told.

## What it looks for

A telling that was to be on a day that has passed, of which it is written down that it reached nobody and said nothing; and
what was told since does not make up for it: fewer were reached than were to hear, or, where that is not known, something is
without an answer. In the web app it is the promise of an answer, such as “we are doing it, by May”, that is neither kept nor
moved to a new day in time.

## Why it hurts

An answer with a day in it is believed. When the day passes in silence, the answer turns into the reason not to come again.

## Where this comes from

Soutar (2023), trap 5 (P). UK consultation principles (2018): answer in time, or explain why not (G). OECD: regular progress
reports on what was accepted (G). That a day which passes without a word breaks the promise is our own line (D).

## What it cannot see

A promise that was kept and that nobody told anybody of. Telling them is what is left to do.
"""

from withus.facts.dues import missed, rounds, something_open, tells_outcome
from withus.facts.feedback import Round
from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T517",
    name="promise-not-kept",
    level=Level.STOP,
    since="0.1",
    sentence=N_("People were promised to hear more by %(due)s. That day has passed without a word."),
    way_out=(
        N_("Do it, or say why not, and tell everybody who waits for it."),
        N_("Tell them today why it is late, and when they hear more."),
    ),
)


def check(project: Project) -> Judged:
    late = [each for each in missed(project) if not _made_up_for(project, each)]
    days = [each.on for each in late if each.on is not None]
    if days:
        yield RULE.finding("feedback", due=min(days))


def _made_up_for(project: Project, one: Round) -> bool:
    """Told since, to as many as were to hear; where that is not known, to some, and nothing is without an answer."""
    since = [each for each in rounds(project) if each.on is None or one.on is None or each.on >= one.on]
    outcome = [each for each in since if tells_outcome(each) is not False]
    if one.of is None:
        return bool(outcome) and not something_open(project)
    return any(each.reached is None or each.reached >= one.of for each in outcome)
