"""What the private cards at the end say: enough of them to show, and without pointing at anybody."""

from withus.facts.small import SMALLEST
from withus.facts.workshop import Pulse, PulseOfLived, Workshop

NOT_SAID, TWO = 0.2, 2  # D


def pulse_of(workshop: Workshop) -> Pulse | None:
    return workshop.live.pulse if workshop.live else None


def silent(card: Pulse | PulseOfLived | None) -> int | None:
    """How many could not say what they needed to; None where that is not known, or too few to show."""
    if card is None or card.asked is None or card.could_say is None or card.asked < SMALLEST:
        return None
    return card.asked - card.could_say


def many_silent(card: Pulse | PulseOfLived | None) -> bool:
    """One in five or more, and never a single person: that would be pointing at them."""
    count = silent(card)
    return count is not None and card is not None and count >= TWO and count >= NOT_SAID * (card.asked or 0)


def heard(workshop: Workshop) -> bool:
    """
    Nearly all could say it: more than four in five of the cards, and no other sign from members with lived experience.

    Few cards of theirs are enough for that: they only keep a finding from being softened, and nothing of them is shown.
    """
    pulse = pulse_of(workshop)
    count = silent(pulse)
    if pulse is None or count is None or count >= NOT_SAID * (pulse.asked or 0):
        return False
    lived = pulse.lived
    if lived is None or lived.asked is None or lived.could_say is None:
        return True
    return lived.asked - lived.could_say < max(1, NOT_SAID * lived.asked)
