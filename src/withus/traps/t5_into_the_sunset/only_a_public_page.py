"""
The answer stands on a public page, and nobody was told.

## What it looks for

After something was told, or when it is due: all ways that are written down are public ones (a web page, social media, a
newsletter, a poster), and not everybody has said that they heard. Where it is not known how many gave, as where nobody left a
name, it does not tell: a public place may be the only one. What a page or a poster is said to have reached is not
counted; addresses of a newsletter are.

## Why it hurts

Two in five of those who live alone with a limiting condition are offline. A page that nobody knows of reaches those who
already know.

## Where this comes from

Ofcom (2022, 2025) on who is offline (E). Official advice: tell people one by one where possible (G).

## What it cannot see

A poster on the one board that everybody reads. Explain it there.
"""

from withus.facts.dues import is_due, rounds, tells_outcome
from withus.facts.feedback import Feedback, Round
from withus.facts.project import Project
from withus.facts.routes import counts_clicks, public
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T503",
    name="only-a-public-page",
    level=Level.STOP,
    since="0.1",
    sentence=N_("What became of it stands in public. Nobody who gave something was told."),
    way_out=(
        N_("Tell each person in the way they chose, and point to the page."),
        N_("Where no way is known: put it where people will be, in print and read out, and say when."),
    ),
)
SOME = N_("What became of it stands in public. %(heard)s of %(gave)s who gave something say that they know of it.")


def check(project: Project) -> Judged:
    told = project.feedback
    if told is None:
        return
    held = [each for each in rounds(project) if tells_outcome(each) is not False]
    ways = [each.route for each in held if each.route] or list(told.routes or ())
    if not ways or not all(public(each) for each in ways) or not (held or is_due(project)):
        return
    if any(each.reached and not counts_clicks(each.route) for each in held):
        return
    gave = project.contributions.people if project.contributions else None
    if any(each.route is None for each in held) or gave is None:
        yield RULE.cannot_tell("feedback.rounds.route", "contributions.people")
    elif gave != 0 and not told.confirmed:
        yield RULE.finding("feedback", level=RULE.level if _all_known(told, held) and gave else Level.WARN)
    elif gave and told.confirmed and told.confirmed < gave - (told.unreachable or 0):
        level = Level.WARN if told.unreachable is None else RULE.level
        yield RULE.finding("feedback", level=level, sentence=SOME, heard=told.confirmed, gave=gave)


def _all_known(told: Feedback, held: list[Round]) -> bool:
    """Somebody may have heard where that is not written down: then it only warns."""
    silent = all(each.says is not None and (each.reached is not None or counts_clicks(each.route)) for each in held)
    return told.confirmed is not None and told.rounds is not None and silent
