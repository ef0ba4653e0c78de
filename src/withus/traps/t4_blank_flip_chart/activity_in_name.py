"""
What the plan calls an activity reads like groups, flip chart and report back.

## What it looks for

Activities without a method, or with one that says nothing of what there is to see, touch or do, with a note that speaks of
flip charts, table discussion, slides or reporting back; and without them the working time would be talk. A tour or a
show is one too, where nobody leaves anything behind and the note says that others lead and explain. The note alone decides
nothing: it warns, and asks.

## Why it hurts

A new name for the old evening. The plan looks creative, and the same three people speak.

## Where this comes from

Soutar (2023), trap 4 (P). The four-step template is the trap, not the flip chart (P). The words are ours (D).

## What it cannot see

What people really do with the flip chart. Name the method, and it is silent.
"""

import re

from withus.facts.block import Block
from withus.facts.chosen import chosen_by_members
from withus.facts.making import ONLY_TALK, making
from withus.facts.method import Method
from withus.facts.minutes import all_known, blocks, by_kind, open_talk
from withus.facts.mix import plain
from withus.facts.noted import says_told
from withus.facts.project import Project
from withus.facts.words import BlockKind, Claim
from withus.traps.rule import N_, Judged, Level, Rule
from withus.traps.t4_blank_flip_chart.only_words import ICE_BREAKER, SHORT

RULE = Rule(
    code="T411",
    name="activity-in-name",
    level=Level.WARN,
    since="0.1",
    sentence=N_(
        "%(minutes)s of %(working)s working minutes are called an activity. Their note reads like table talk or being told."
    ),
    way_out=(
        N_("Name the method: what is there to see, touch, move or make, and what does each person leave behind?"),
        N_("If the members chose plain talk, write down their reason."),
    ),
)
TALK = re.compile(
    r"\b(flip ?-?charts?|table (?:talk|discussions?)|discuss(?:ion)?s?(?:ed)? (?:in|at|on) (?:groups?|tables?)|"
    r"(?:small |break-?out )?group discussions?|report(?:ing|s)? back|feed(?:ing|s)? ?back to the room|slides?|"
    r"power ?-?point|presentations?|plenary|spokesperson)\b",
    re.IGNORECASE,
)
MAKES = re.compile(
    r"\b(draw|paint|pictures?|photos?|collage|clay|build|built|model|map|walk|wheel|objects?|cards?|lego|act(?:ing)? out|"
    r"story|stories|poem|song|music|puppets?|make|making|made|alone first|silent(?:ly)?|sort)\w*",
    re.IGNORECASE,
)


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        if not blocks(workshop) or open_talk(workshop) or not all_known(workshop) or chosen_by_members(workshop):
            continue
        named = [each for each in blocks(workshop) if each.kind is BlockKind.ACTIVITY and in_name(project, each)]
        minutes, found = sum(each.minutes or 0 for each in named), making(project, workshop)
        held = workshop.live is not None and BlockKind.ACTIVITY in (workshop.live.actual_minutes or {})
        if not minutes or found.working < SHORT or (held and not by_kind(workshop)[BlockKind.ACTIVITY]):
            continue
        if found.creative and found.creative - minutes < ICE_BREAKER * found.working:
            yield RULE.finding(f"workshop:{workshop.id}", minutes=minutes, working=found.working)


def in_name(project: Project, block: Block) -> bool:
    method = next((each for each in project.methods if each.id == block.method), None)
    if method is not None and method.stimuli is None and talk_by_name(method):
        return True
    if method is not None and leaves_nothing(method) and says_told(block):
        return True
    if method is not None and (method.stimuli or method.output):
        return False
    note = block.note or ""
    return TALK.search(note) is not None and MAKES.search(note) is None


def leaves_nothing(method: Method) -> bool:
    """It is written down that nobody leaves anything behind; where it is left out, that is not known."""
    return method.output is not None and not method.output.strip()


def talk_by_name(method: Method) -> bool:
    """A collage of which only a flip chart is kept is still a collage: what is left speaks where there is no name."""
    return plain(method.name or method.output or "") in ONLY_TALK
