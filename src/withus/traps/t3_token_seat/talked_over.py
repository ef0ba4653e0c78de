"""
Members with lived experience have the seats, and others have the talking.

## What it looks for

Where the group chose to count: their share of the talking is less than half of their share of the room in two workshops or
more. Less than a quarter in two workshops, and private cards that do not say that they could say it, is a stop. One evening
alone is only a notice, and only below a quarter; with another sign (others chair, or talk was brought back, or no
preparation, or private cards) it warns. Where nearly all of them said on a private card that they could say what they
needed, it is silent.

## Why it hurts

A seat without a turn is decoration.

## Where this comes from

Karpowitz, Mendelberg and Shaker (2012): the few speak less (E+, on gender). Talk by role can be measured: 39 and 15 of a
hundred for doctors, 2 to 8 for others (E). Equal turns and good work go together (E+). The half and the quarter are
ours (D).

## What it cannot see

Whether they were listened to, and those who prefer to say little.
"""

from collections.abc import Iterator

from withus.facts.mix import of_room
from withus.facts.project import Project
from withus.facts.small import SMALLEST
from withus.facts.words import Claim, Wandering
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Finding, Judged, Level, Rule

RULE = Rule(
    code="T310",
    name="talked-over",
    level=Level.WARN,
    since="0.1",
    sentence=N_(
        "Members with lived experience are %(seats)s of 100 in the room. They have %(talk)s of 100 minutes of talking."
    ),
    way_out=(
        N_(
            "Ask the group to take turns: one round in which each person speaks, or writes, before anybody speaks twice."
        ),
        N_("Ask the members, among themselves, what would make it easier to speak."),
    ),
)
HALF, QUARTER, AGAIN = 0.5, 0.25, 2  # D
COULD_SAY, COULD_NOT = 0.8, 0.6  # D


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    counted = [(each, found) for each in project.workshops if (found := parity(each)) is not None]
    low = [each for each, found in counted if found < HALF and not said_so(each)]
    very_low = [each for each, found in counted if found < QUARTER and not said_so(each)]
    for workshop in low:
        if len(very_low) >= AGAIN and workshop in very_low:
            yield from _found(workshop, Level.STOP if cards(workshop) is not None else RULE.level)
        elif len(low) >= AGAIN:
            yield from _found(workshop, RULE.level)
        elif workshop in very_low:
            yield from _found(workshop, RULE.level if another_sign(workshop) else Level.NOTICE)


def _found(workshop: Workshop, level: Level) -> Iterator[Finding]:
    room, share = of_room(workshop), _talk(workshop)
    if room is not None and share is not None:
        yield RULE.finding(
            f"workshop:{workshop.id}", level=level, seats=round(room.share * 100), talk=round(share * 100)
        )


def _talk(workshop: Workshop) -> float | None:
    return workshop.live.speaking.lived if workshop.live and workshop.live.speaking else None


def parity(workshop: Workshop) -> float | None:
    room, share = of_room(workshop), _talk(workshop)
    if room is None or share is None or not room.known or not room.lived or not room.others:
        return None
    return share / room.share


def cards(workshop: Workshop) -> float | None:
    """The share of members with lived experience who could say what they needed, on enough private cards."""
    pulse = workshop.live.pulse.lived if workshop.live and workshop.live.pulse else None
    if pulse is None or pulse.asked is None or pulse.could_say is None or pulse.asked < SMALLEST:
        return None
    return pulse.could_say / pulse.asked


def said_so(workshop: Workshop) -> bool:
    found = cards(workshop)
    return found is not None and found >= COULD_SAY


def another_sign(workshop: Workshop) -> bool:
    found = cards(workshop)
    return (
        (found is not None and found <= COULD_NOT)
        or (workshop.chair is not None and workshop.chair.lived is False)
        or workshop.pre_meeting is False
        or (workshop.live is not None and workshop.live.wandering is Wandering.BROUGHT_BACK)
    )
