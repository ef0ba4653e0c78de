"""
A subject was parked, and a week later nobody has it.

## What it looks for

A parked subject, seven days or more after its workshop was held, that has not come back, and for which nobody agreed to
take care of it. Where nobody is written down as its owner, somebody may have it: then it does not tell.

## Why it hurts

Parking says "not now" to somebody. Without a name and a day it means "never", and the person who raised it knows.

## Where this comes from

Parked items rarely get an owner and die (Lizard Brain, MG Rush; P): an owner and a date for each, never somebody absent.
Seven days are ours (D).

## What it cannot see

A word between two people in the corridor that settled it.
"""

from datetime import timedelta

from withus.facts.project import Project
from withus.facts.workshop import Parked, Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T204",
    name="parked-and-alone",
    level=Level.WARN,
    since="0.1",
    sentence=N_("Subjects were parked on %(held)s, and nobody has agreed to bring them back. Waiting: %(waiting)s."),
    way_out=(
        N_("Ask who will look after each of them, and agree on a day with those who raised it."),
        N_("Or ask at the next workshop who takes them: put parked subjects into its plan."),
    ),
)
WITHIN = timedelta(days=7)  # D


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        if workshop.live is None or workshop.on is None or project.today < workshop.on + WITHIN:
            continue
        waiting = [each for each in workshop.parked or () if each.returned_on is None]
        refused = [each for each in waiting if each.owner == ""]
        if refused:
            yield RULE.finding(f"workshop:{workshop.id}", held=workshop.on, waiting=len(refused))
        yield from _unclear(workshop, waiting)


def _unclear(workshop: Workshop, waiting: list[Parked]) -> Judged:
    if any(each.owner is None or (each.owner and each.return_on is None) for each in waiting):
        yield RULE.cannot_tell(f"workshops.{workshop.id}.parked.owner", f"workshops.{workshop.id}.parked.return_on")
