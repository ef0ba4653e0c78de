"""
Talk that left the plan was brought back to it, and nothing shows that it found a place.

## What it looks for

A workshop that was held and in which talk off the path was brought back, with no subject parked for later and no cards
saying that people could say what they needed to. It stops where the subject carries much feeling
and cards and parked subjects are known.

## Why it hurts

What people needed to say was treated as a disturbance. They learn to say only what fits.

## Where this comes from

Soutar (2023), trap 2: people are shut down to keep to the plan (P). The combination is ours (D).

## What it cannot see

A group that asked to be kept on the path.
"""

from withus.facts.cards import heard, pulse_of, silent
from withus.facts.project import Project
from withus.facts.words import Emotive, Wandering
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T211",
    name="talk-shut-down",
    level=Level.WARN,
    since="0.1",
    sentence=N_("On %(held)s talk that left the plan was brought back, and no subject was kept for later."),
    way_out=(
        N_("Ask those who were there what was left unsaid, and give it time in the next plan."),
        N_("Or own it: say that people were cut short, and what you do now."),
    ),
)


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        if workshop.live is None or workshop.live.wandering is not Wandering.BROUGHT_BACK:
            continue
        if workshop.parked or heard(workshop):
            continue
        known = silent(pulse_of(workshop)) is not None and workshop.parked is not None
        level = Level.STOP if project.emotive is Emotive.HIGH and known else RULE.level
        yield RULE.finding(f"workshop:{workshop.id}", level=level, held=workshop.on or project.today)
