"""
Many of those who handed in a private card could not say what they needed to say.

## What it looks for

Five or more cards at the end of a workshop, with one in five or more of them, and at least two, not agreeing to "I could
say what I needed to say", among all or among members with lived experience alone.

## Why it hurts

It is the best sign there is that a room had no room in it.

## Where this comes from

Our own line (D), on practice wisdom: the private card is the best measure that trap 2 has (P).

## What it cannot see

Why. It gives no numbers, so that nobody can be guessed.
"""

from withus.facts.cards import many_silent, pulse_of, silent
from withus.facts.project import Project
from withus.facts.small import in_words
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T208",
    name="could-not-say",
    level=Level.WARN,
    since="0.1",
    sentence=N_("At the end of this workshop, %(band)s of the cards said: I could not say what I needed to say."),
    way_out=(
        N_("Ask the group what would have helped, and give that time in the next plan."),
        N_("Ask people how they want to say it now: in words, by phone or on paper."),
    ),
)


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        pulse = pulse_of(workshop)
        for card in (pulse, pulse.lived if pulse else None):
            if card is not None and card.asked and many_silent(card):
                band = in_words(silent(card) or 0, card.asked)
                yield RULE.finding(f"workshop:{workshop.id}", band=band.value)
                break
