"""
Somebody wrote down that people were cut short.

## What it looks for

A workshop that was held, among whose incidents one speaks of people being cut off, kept to the agenda or asked to keep
something for later, where nothing else shows that they could say it: talk was not followed, nothing was parked, and the
cards do not say that nearly all could. Words alone decide nothing, so it asks the facilitators a question.

## Why it hurts

It was bad enough for somebody to write it down.

## Where this comes from

Soutar (2023), trap 2: people are shut down to keep to the plan (P). Reading incidents is ours (D).

## What it cannot see

What happened. It never quotes what is written.
"""

from withus.facts.cards import heard
from withus.facts.noted import speaks_of_cutting_short
from withus.facts.project import Project
from withus.facts.room import followed
from withus.facts.words import Wandering
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T214",
    name="cut-short-as-noted",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("What was noted on %(held)s reads as if people had been cut short. Was it so?"),
    way_out=(
        N_("Ask those who were there what was left unsaid, and give it time in the next plan."),
        N_("If it was not so, write down what happened."),
    ),
)


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        live = workshop.live
        if live is None or followed(workshop) or heard(workshop) or workshop.parked:
            continue
        shut = live.wandering is Wandering.BROUGHT_BACK
        if not shut and any(speaks_of_cutting_short(each) for each in live.incidents or ()):
            yield RULE.finding(f"workshop:{workshop.id}", held=workshop.on or project.today)
