"""
What free text may add: a question to a human, or a reason to keep silent. It never decides by itself.

A note says what is really done in a block, so a "welcome" may be an open round, and "open talk" may be slides.
"""

import re

from withus.facts.block import Block

_OPEN = re.compile(
    r"\b(open (?:round|talk|time|floor|space|mic|circle)|check[- ]?in|go[- ]?round|vent\w*|talking circle|sharing circle|"
    r"listening (?:circle|round)|how (?:they|people|everybody|everyone|we|you) (?:are|feel|felt|have been|had been|were)|"
    r"how it (?:is|was|feels|felt|has been)|nobody is (?:hurried|rushed)|as long as (?:it takes|they need|people need)|"
    r"tell (?:their|your|our|what) \w+|what happened|"
    r"say what|what(?:ever)? (?:they|people|everybody|everyone|members) (?:bring|want|need)|stories|feelings|anger|grief)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(slides?|power ?point|presentation|presents?|lecture|speech|"
    r"(?:chair|manager|director|chief|executive|board|officer|leader|trust|council|architect|engineer|planner)\w* "
    r"(?:(?:\w+ )?(?:explains?|speaks?|talks?|answers?|reads?|updates?|presents?)|"
    r"(?:\w+ )?(?:walk|take|lead|guide)s? (?:everybody|everyone|people|them|us|(?:the )?(?:group|visitors|members)) "
    r"(?:through|round|around|over))|update from|no (?:complaints|stories|discussion)|"
    r"keep (?:it )?(?:short|positive|brief)|positive only|one minute each|two minutes each)\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\b(cut (?:off|short)|interrupt\w*|shut down|talked over|spoken over|told to (?:stop|wait|stay|stick|move|keep)|"
    r"asked to (?:stop|save|keep|hold|stick|stay)|moved on|ran out of time|no time (?:for|to)|off[- ]topic|"
    r"not on the agenda|stick to the agenda|back to the agenda|left (?:upset|in tears|angry))\b",
    re.IGNORECASE,
)
_DROP_IN = re.compile(
    r"\b(drop[- ]?in|com(?:e|ing) and go(?:ing)?|as (?:they|you|people) (?:like|please|wish)|at their own (?:pace|time)|"
    r"any time between|stay as long as)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(no|not|never|nobody|without|no time for)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


def says_open(block: Block) -> bool:
    """The note speaks of open talk, and of nobody who holds forth."""
    return _says(_OPEN, block.note) and not says_told(block)


def says_told(block: Block) -> bool:
    """The note speaks of people being talked to, or being kept short."""
    return bool(block.note and _TOLD.search(block.note))


def says_drop_in(block: Block) -> bool:
    """The note says that people come and go as they like."""
    return _says(_DROP_IN, block.note)


def speaks_of_cutting_short(text: str) -> bool:
    return _says(_CUT, text)


def _says(words: re.Pattern[str], text: str | None) -> bool:
    return text is not None and any(not _NEGATED.search(text[: found.start()]) for found in words.finditer(text))
