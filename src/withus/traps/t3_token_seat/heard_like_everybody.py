"""
Praise: members with lived experience say that they could say what they needed, as much as the others.

## What it looks for

Five or more private cards of members with lived experience, with nine of ten saying that they could say what they needed
to say, in a mixed workshop in which they are not few, or have a veto. Where their cards are not counted apart, it is praise only
if all cards together leave no doubt: even if every card that says no, and none of the others, were theirs.

## Why it hurts

It does not. It is what the seats are for, and it was said by the people themselves.

## Where this comes from

The private card is the best measure there is of who had room (P). Nine of ten is ours (D).

## What it cannot see

Those who did not hand in a card.
"""

from withus.facts.cards import pulse_of
from withus.facts.mix import mix, of_room
from withus.facts.project import Project
from withus.facts.small import SMALLEST
from withus.facts.voting import has_veto
from withus.facts.workshop import PulseOfLived, Workshop
from withus.traps.rule import N_, Judged, Level, Rule, Stricter
from withus.traps.t3_token_seat.heard_less_than_others import behind, could_say

RULE = Rule(
    code="T320",
    name="heard-like-everybody",
    level=Level.PRAISE,
    since="0.1",
    sentence=N_("Members with lived experience say on private cards that they could say what they needed to say."),
    way_out=(N_("Write down what made it so, and keep it in the next plan."),),
)
NEARLY_ALL, SHARE, MIXED = 0.9, 0.4, 3  # D
STRICTER = {"NEARLY_ALL": Stricter.MORE}


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        pulse = pulse_of(workshop)
        lived = pulse.lived if pulse and pulse.lived else in_any_case(workshop)
        if pulse is None or lived is None or lived.asked is None or lived.could_say is None or not not_few(workshop):
            continue
        shares = could_say(pulse)
        if shares is not None and behind(*shares):
            continue
        if lived.asked >= SMALLEST and lived.could_say >= NEARLY_ALL * lived.asked:
            yield RULE.finding(f"workshop:{workshop.id}")


def in_any_case(workshop: Workshop) -> PulseOfLived | None:
    """So many cards at least are theirs, and so many of these at least say yes, whoever wrote which. Nobody's card is looked for."""
    pulse, room = pulse_of(workshop), mix(workshop.people or ())
    if pulse is None or room.uncounted or pulse.asked is None or pulse.could_say is None:
        return None
    theirs = pulse.asked - room.others - room.unsaid
    return PulseOfLived(asked=theirs, could_say=theirs - (pulse.asked - pulse.could_say)) if theirs > 0 else None


def not_few(workshop: Workshop) -> bool:
    found = of_room(workshop)
    if found is None or found.lived <= 1 or found.others < MIXED:
        return False
    return found.share >= SHARE or has_veto(workshop)
