"""
On private cards, members with lived experience could say much less of what they needed than the others.

## What it looks for

Five or more cards of members with lived experience, and three or more of others, with a share of "I could say what I
needed to say" that is three tenths or more below that of the others. It warns where that is half of them or fewer.

## Why it hurts

The average says that it was a good evening. It was, for those who have good evenings there.

## Where this comes from

The private card is the best measure there is of who had room (P). The three tenths are ours (D).

## What it cannot see

Why. It gives no numbers, so that nobody can be guessed.
"""

from withus.facts.project import Project
from withus.facts.small import SMALLEST, in_words
from withus.facts.workshop import Pulse
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T317",
    name="heard-less-than-others",
    level=Level.WARN,
    since="0.1",
    sentence=N_(
        "On the private cards, %(band)s of the members with lived experience could say what they needed: "
        "much fewer than of the others."
    ),
    way_out=(
        N_("Ask the members, among themselves, what made it hard, and what they would change."),
        N_("Ask whether they want to speak first next time, or in a room of their own; offer a way to say it now."),
    ),
)
BELOW, HALF, OTHERS = 0.3, 0.5, 3  # D
STRICTER = {"BELOW": Stricter.LESS}


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        pulse = workshop.live.pulse if workshop.live else None
        shares = could_say(pulse) if pulse else None
        if shares is None or pulse is None or pulse.lived is None:
            continue
        if behind(*shares):
            band = in_words(pulse.lived.could_say or 0, pulse.lived.asked or 0).value
            level = RULE.level if shares[0] <= HALF else Level.NOTICE
            yield RULE.finding(f"workshop:{workshop.id}", level=level, band=band)


def behind(lived: float, others: float) -> bool:
    return lived <= others - BELOW


def could_say(pulse: Pulse) -> tuple[float, float] | None:
    """The shares of members with lived experience and of the others; None where cards are too few or do not add up."""
    lived = pulse.lived
    if lived is None or None in (pulse.asked, pulse.could_say, lived.asked, lived.could_say):
        return None
    asked, said = (pulse.asked or 0) - (lived.asked or 0), (pulse.could_say or 0) - (lived.could_say or 0)
    if (lived.asked or 0) < SMALLEST or asked < OTHERS or not 0 <= said <= asked:
        return None
    return (lived.could_say or 0) / (lived.asked or 1), said / asked
