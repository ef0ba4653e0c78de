"""
It is time, and some of those who gave were not reached.

## What it looks for

After the day on which people were to hear back: fewer persons reached with what became of it, all rounds together, than
persons who gave, less those who are recorded as tried three ways and not found. Rounds that only thank, or only sum up,
reach nobody with it. Where it is not written down whether anybody was tried and not found, it warns when more than a fifth
were not reached, and does not tell when it is fewer. Where the day that people were given is not written down, it warns.
Where the rounds may have reached the same persons twice, it does not tell.

## Why it hurts

Those who are hardest to reach are the ones who hear least, and their silence is then read as content.

## Where this comes from

Official advice: tell people one by one where possible (G). Four counters: answered is not reached, reached is not heard
(design of this field's better services, P). Three tries, two ways: ours (D).

## What it cannot see

Somebody told by a neighbour.
"""

from withus.facts.dues import counters, is_due, rounds, surely_due, tells_outcome
from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T502",
    name="not-everyone-reached",
    level=Level.STOP,
    since="0.1",
    sentence=N_("%(gave)s people gave something. At most %(reached)s of them were reached with what became of it."),
    way_out=(
        N_("Find who is left, and tell each of them in the way they chose."),
        N_("Where somebody cannot be found: try three times in two ways, and write that down."),
    ),
)
FEW_NOT_FOUND = 0.2  # D: so many may have been tried and not found, where that is not written down
STRICTER = {"FEW_NOT_FOUND": Stricter.LESS}


def check(project: Project) -> Judged:
    if not is_due(project) or project.feedback is None:
        return
    found = counters(project)
    if found.gave is None or found.gave == 0 or nothing_of_it_told(project):
        return
    if found.reached_most is None or found.reached_least is None:
        yield RULE.cannot_tell("feedback.rounds.reached")
        return
    unreachable = project.feedback.unreachable
    owed = found.gave - (unreachable or 0)
    if unreachable is None and (1 - FEW_NOT_FOUND) * found.gave <= found.reached_most < found.gave:
        yield RULE.cannot_tell("feedback.unreachable")
    elif found.reached_most < owed:
        said = any(tells_outcome(each) for each in rounds(project)) or project.feedback.confirmed
        known = said and None not in (unreachable, project.feedback.confirmed) and surely_due(project)
        level = RULE.level if known else Level.WARN
        yield RULE.finding("feedback", level=level, gave=found.gave, reached=found.reached_most)
    elif found.reached_least < owed:
        yield RULE.cannot_tell("feedback.rounds.reached")


def nothing_of_it_told(project: Project) -> bool:
    """No round says what became of it: then T501 or T504 speaks, not this rule."""
    return (
        project.feedback is not None
        and all(tells_outcome(each) is False for each in rounds(project))
        and project.feedback.rounds is not None
    )
