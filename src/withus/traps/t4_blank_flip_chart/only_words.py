"""
The working time is informing, discussing and reporting back.

## What it looks for

A workshop in which seven tenths or more of the working time (without welcome, breaks, venting, slack and closing) is
information, discussion and report back. A method with something to see, touch, move or tell counts as more than words; one
that shuts somebody present out counts as none. Short workshops, open talk, and plain talk that the members chose, with
their reason noted, are no finding. Where the rest of the series has its creative time, it is only a notice. It stops where
everything that could change it is written down, and warns where not.

## Why it hurts

Those who speak well in meetings speak. A picture, an object or a walk lets others in, and thoughts that have no words yet.

## Where this comes from

Soutar (2023), trap 4: images, drawing, walking instead of groups and flip charts (P). Groups that only talk have fewer
ideas than the same people alone first (E+, other settings). Talking Mats (E). Seven tenths is ours (D).

## What it cannot see

How lively a discussion is. A note says what is really done; whether members chose it, only its words can tell.
Where it is not known what is booked for somebody whom the creative part may shut out, it does not tell.
"""

from withus.facts.chosen import chosen_by_members
from withus.facts.making import Making, making
from withus.facts.minutes import all_known, blocks, booked, open_talk
from withus.facts.project import Project
from withus.facts.words import Claim, Openness
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T401",
    name="only-words",
    level=Level.STOP,
    since="0.1",
    sentence=N_("%(talk)s of %(working)s working minutes are informing, discussing and reporting back."),
    way_out=(
        N_("Turn a discussion into pictures, cards, objects or a walk; let each person make something alone first."),
        N_(
            "Send the information beforehand, do not report back, and make something in that time and the longest talk."
        ),
        N_("If the members chose plain talk, write down their reason."),
    ),
)
TALK, ICE_BREAKER, SHORT = 0.7, 0.25, 30  # D
STRICTER = {"TALK": Stricter.LESS}


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    made = {each.id: making(project, each) for each in project.workshops if _judged(each)}
    series = Making(
        sum(each.working for each in made.values()),
        sum(each.creative for each in made.values()),
        sum(each.talk for each in made.values()),
    )
    for workshop in project.workshops:
        if workshop.id not in made:
            continue
        found = made[workshop.id]
        if not all_known(workshop):
            yield RULE.cannot_tell(f"workshops.{workshop.id}.plan.minutes")
        elif only_words(found) and chosen_by_members(workshop) is None:
            yield RULE.cannot_tell(f"workshops.{workshop.id}.people", f"workshops.{workshop.id}.chair")
        elif only_words(found) and not chosen_by_members(workshop):
            if not only_words(making(project, workshop, kindly=True)):
                yield RULE.cannot_tell(f"workshops.{workshop.id}.people.supports")
                continue
            if project.claim is None and _only_settled(project):
                yield RULE.cannot_tell("claim")
                continue
            rescued = not only_words(series) and series.creative_share >= ICE_BREAKER
            level = Level.NOTICE if rescued else RULE.level if surely(project, workshop) else Level.WARN
            yield RULE.finding(f"workshop:{workshop.id}", level=level, talk=found.talk, working=found.working)


def _only_settled(project: Project) -> bool:
    """Nothing is asked: it may be an evening that informs, and is called so."""
    return bool(project.decisions) and all(each.openness is Openness.SETTLED for each in project.decisions)


def _judged(workshop: Workshop) -> bool:
    return workshop.plan is not None and bool(blocks(workshop)) and not open_talk(workshop)


def surely(project: Project, workshop: Workshop) -> bool:
    """What could make it another evening is written down: who runs it, the claim, the booked time, the day, each method."""
    used = {each.method for each in blocks(workshop)}
    held = workshop.live is None or workshop.live.actual_minutes is not None
    methods = all(each.stimuli is not None and each.id in used for each in project.methods)
    told = project.claim is not None and booked(workshop) is not None and chosen_by_members(workshop) is not None
    return told and held and methods


def only_words(found: Making) -> bool:
    """A creative part that is too short is for T404 to say."""
    ice_breaker = 0 < found.creative_share < ICE_BREAKER
    return found.working >= SHORT and found.talk_share >= TALK and not ice_breaker
