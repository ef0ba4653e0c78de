"""Whether the members themselves chose to talk plainly, with their reason noted."""

import re
from collections.abc import Callable

from withus.facts.making import TALKED
from withus.facts.minutes import blocks
from withus.facts.voting import members_run_it
from withus.facts.words import BlockKind
from withus.facts.workshop import Workshop

# A note is free text: it can only keep a rule silent, and only together with members who were there to choose.
_WHO = (
    r"(?:members?|group|they|people|everybody|everyone|all(?: of (?:them|us))?|residents?|tenants?|patients?|carers?|"
    r"families|parents|young people|students?|service users?|users?|participants?|women|men|guests?|passengers?|"
    r"survivors?|elders|neighbours?|most|majority|circle|co-?leads?)"
)
_DID = (
    r"(?:chose|choose|have chosen|had chosen|asked(?: us)? (?:for|to|that)|wanted|wished|voted|prefer(?:red|s)?|decided|"
    r"agreed|requested|picked|insisted|(?:want|wish) to (?:just |only )?(?:talk|sit|speak)|(?:did not|didn't|do not) want|"
    r"said (?:they |that they )?(?:want|would rather|prefer))"
)
_CHOSE = re.compile(
    rf"\b{_WHO}(?: \w+){{0,4}} {_DID}\b|"
    r"\b(?:chosen|asked for|requested|wanted|agreed|picked|preferred) by (?:all |most )?(?:of )?(?:the |our )?"
    rf"{_WHO}\b|\b(?:their|members'?|group's|people's) (?:own )?(?:choice|wish|idea|request|decision)\b|"
    r"\bat the (?:members|group|residents|tenants|patients|carers)'?s?'? (?:own )?(?:wish|request)\b",
    re.IGNORECASE,
)
# Somebody else chose; people were told to; or they chose something else and did not get it.
_NOT = re.compile(
    r"\b(?:staff|managers?|chair|board|officers?|we|facilitators?|director|lead) (?:\w+ )?"
    rf"(?:chose|wanted|decided|agreed|preferred|asked(?! (?:all |the |our )*{_WHO}))\b|"
    r"\b(?:not|never|nobody|none|no one|hardly any) (?:\w+ ){0,3}(?:chose|choose|asked|decided|agreed)\b|"
    r"\b(?:never|nobody|no one) (?:wanted|preferred)\b|"
    r"\b(?:were|was|are|is|being|be) (?:then |all |again )?(?:asked|told|invited|requested|wanted) (?:to|for)\b|"
    r"\bbut (?:there|we|it|got|no|not|the (?:room|time|money|budget|agenda)|staff|were|was)\b|"
    r"\b(?:no time|not possible|cancelled|refused|turned down|(?:we|staff) (?:\w+ ){1,4}instead)\b",
    re.IGNORECASE,
)

_FLIP_CHART = re.compile(
    r"\b(?:flip ?-?charts?|tables?|break ?-?outs?|small groups|post-?its?|slides?|whiteboards?)\b", re.I
)
_AS_ALWAYS = re.compile(
    r"\b(?:questions? (?:and|&) answers?|q ?& ?a|plenary|panels?|presentations?|presented|groups? of|in (?:\w+ )?groups|"
    r"facilitat\w+|group discussions?|agenda|comments|vision|strategy|proposals?|updates?|roadmap|next steps)\b",
    re.IGNORECASE,
)
_DISCUSSED = frozenset({BlockKind.DISCUSSION})


def chosen_by_members(workshop: Workshop) -> bool | None:
    """
    At least half of the time that is talked, or all that is discussed, has such a note. In a meeting that the members
    run themselves what is noted of their discussion is their reason; None where that may be a reason, and it is not known
    who runs it. What is noted of a lecture is no reason to talk.
    """
    if workshop.people is not None and all(each.lived is False for each in workshop.people):
        return False
    if _noted(workshop, says_chosen):
        return True
    if not _noted(workshop, gives_a_reason, among=_DISCUSSED):
        return False
    theirs = members_run_it(workshop)
    return None if theirs is None and _noted(workshop, may_be_a_reason, among=_DISCUSSED) else bool(theirs)


def _noted(workshop: Workshop, says: Callable[[str], bool], *, among: frozenset[BlockKind] = TALKED) -> bool:
    talked = [block for block in blocks(workshop) if block.kind in among]
    noted = [block for block in talked if block.note and says(block.note)]
    discussed = [block for block in talked if block.kind is BlockKind.DISCUSSION]
    whole = sum(block.minutes or 0 for block in talked)
    mostly = sum(block.minutes or 0 for block in noted) * 2 >= whole
    return bool(noted) and (mostly or (bool(discussed) and all(block in noted for block in discussed)))


def gives_a_reason(note: str) -> bool:
    """Anything but the flip chart itself, or that somebody else chose."""
    return _FLIP_CHART.search(note) is None and _NOT.search(note) is None


def may_be_a_reason(note: str) -> bool:
    """Not only how such an evening always goes."""
    return gives_a_reason(note) and _AS_ALWAYS.search(note) is None


def says_chosen(note: str) -> bool:
    return _CHOSE.search(note) is not None and _NOT.search(note) is None
