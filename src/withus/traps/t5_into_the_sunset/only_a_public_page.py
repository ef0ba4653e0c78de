"""
The answer stands on a public page, and nobody was told.

## What it looks for

After something was told, or when it is due: all ways that are written down are public ones (a web page, social media, a
newsletter, a poster), and no round is known to have reached persons.

## Why it hurts

Two in five of those who live alone with a limiting condition are offline. A page that nobody knows of reaches those who
already know.

## Where this comes from

Ofcom (2022, 2025) on who is offline (E). Official advice: tell people one by one where possible (G).

## What it cannot see

A poster on the one board that everybody reads. Explain it there.
"""

from withus.facts.dues import is_due, rounds
from withus.facts.mix import plain
from withus.facts.project import Project
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
PUBLIC = frozenset(
    {"website", "web page", "webpage", "web", "public page", "social media", "newsletter", "press", "press release",
     "poster", "notice board", "noticeboard", "intranet", "blog", "news", "public report", "report online"}
)  # fmt: skip


def check(project: Project) -> Judged:
    told = project.feedback
    if told is None or told.confirmed:
        return
    held = rounds(project)
    ways = {plain(each.route) for each in held if each.route} or {plain(each) for each in told.routes or ()}
    if not ways or not ways <= PUBLIC or not (held or is_due(project)):
        return
    if any(each.reached for each in held):
        return
    if any(each.route is None for each in held):
        yield RULE.cannot_tell("feedback.rounds.route")
    elif project.contributions is None or project.contributions.people != 0:
        yield RULE.finding("feedback")
