"""
Praise: hardly anybody felt that it was already decided.

## What it looks for

Five or more private cards at the end of a workshop that asked about something open, with at most one in ten saying "it
felt already decided"; all members' cards too, where they are counted apart. Not where it was settled, or could no longer move.

## Why it hurts

It does not. It is what asking in time is for, and it was said by the people themselves.

## Where this comes from

Soutar (2023), trap 1: people soon notice (P). The private card is the best measure there is of what they noticed (P). One in
ten is our own line (D).

## What it cannot see

A decision that is well hidden, and what those felt who handed in no card.
"""

from withus.facts.asked import is_open, workshops_asking
from withus.facts.cards import pulse_of
from withus.facts.label import settled_unsaid
from withus.facts.project import Project
from withus.facts.small import SMALLEST
from withus.facts.workshop import Pulse, PulseOfLived
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T120",
    name="felt-open",
    level=Level.PRAISE,
    since="0.1",
    sentence=N_("At the end of this workshop hardly anybody said that it felt already decided."),
    way_out=(N_("Keep telling what can change, and what was changed by it."),),
)
HARDLY = 0.1  # D
STRICTER = {"HARDLY": Stricter.LESS}


def check(project: Project) -> Judged:
    asking = {
        each.id
        for decision in project.decisions
        if is_open(decision) and not settled_unsaid(project, decision)
        for each in workshops_asking(project, decision)
    }
    in_vain = any(settled_unsaid(project, each) for each in project.decisions)
    for workshop in project.workshops:
        pulse = pulse_of(workshop)
        if in_vain or pulse is None or workshop.id not in asking or not _felt_open(pulse):
            continue
        if pulse.lived is None or not pulse.lived.asked or _felt_open(pulse.lived):
            yield RULE.finding(f"workshop:{workshop.id}")


def _felt_open(cards: Pulse | PulseOfLived) -> bool:
    if cards.asked is None or cards.felt_decided is None or cards.asked < SMALLEST:
        return False
    return cards.felt_decided <= HARDLY * cards.asked
