"""Whether the members themselves chose to talk plainly, with their reason noted."""

import re

from withus.facts.making import TALKED
from withus.facts.minutes import blocks
from withus.facts.workshop import Workshop

# A note is free text: it can only keep a rule silent, and only together with members who were there to choose.
_CHOSE = re.compile(
    r"\b(chose|chosen|choose|asked for|asked to|wanted|want to|voted|prefer(?:red|s)?|decided to|agreed to|"
    r"their (?:own )?(?:choice|wish|idea|request)|requested)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(not|never|nobody|staff|managers?|chair|board|we) (?:\w+ )?(?:chose|asked|wanted|decided|agreed)\b",
    re.IGNORECASE,
)


def chosen_by_members(workshop: Workshop) -> bool:
    """At least half of the time that is talked has such a note."""
    if not any(each.lived for each in workshop.people or ()) and workshop.people is not None:
        return False
    talked = [block for block in blocks(workshop) if block.kind in TALKED]
    noted = [block for block in talked if block.note and _CHOSE.search(block.note) and not _NOT.search(block.note)]
    whole = sum(block.minutes or 0 for block in talked)
    return bool(noted) and sum(block.minutes or 0 for block in noted) * 2 >= whole
