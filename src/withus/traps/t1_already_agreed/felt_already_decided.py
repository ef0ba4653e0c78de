"""
Many of those who handed in a private card felt that it was already decided.

## What it looks for

At the end of a workshop, five or more cards, and three in ten or more of them saying "it felt already decided": among
all, or among members with lived experience alone.

## Why it hurts

Whatever is written down, people who feel this stop giving.

## Where this comes from

Our own line (D): shown from five answers, three in ten. It is a question, never a proof: people say it too when they
were told no, and nobody can feel a decision that is well hidden.

## What it cannot see

Why they felt so, and what those felt who handed in no card. It gives no numbers, so that nobody can be guessed.
"""

from withus.facts.cards import pulse_of
from withus.facts.project import Project
from withus.facts.small import SMALLEST, in_words
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T110",
    name="felt-already-decided",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("At the end of this workshop, %(band)s of the cards said that it felt already decided."),
    way_out=(N_("Ask the group what gave that feeling, and show them what can still change."),),
)
FELT = 0.3  # D
STRICTER = {"FELT": Stricter.LESS}


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        pulse = pulse_of(workshop)
        for card in (pulse, pulse.lived if pulse else None):
            if card is None or not card.asked or card.felt_decided is None or card.asked < SMALLEST:
                continue
            if card.felt_decided >= FELT * card.asked:
                band = in_words(card.felt_decided, card.asked)
                yield RULE.finding(f"workshop:{workshop.id}", band=band.value)
                break
