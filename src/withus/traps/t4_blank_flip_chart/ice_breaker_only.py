"""
There is a creative part, and it is only an ice-breaker.

## What it looks for

A workshop with some creative minutes that are less than a quarter of its working time. What members chose themselves,
with their reason noted, short workshops and open talk are no finding.

## Why it hurts

A few merry minutes do not rescue two hours of slides. They make the slides look like co-production.

## Where this comes from

Soutar (2023), trap 4 (P). The quarter is ours (D).

## What it cannot see

What comes of the few minutes, if it carries the rest.
"""

from withus.facts.access import unclear
from withus.facts.chosen import chosen_by_members
from withus.facts.making import making
from withus.facts.minutes import all_known, blocks, open_talk
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.traps.rule import N_, Judged, Level, Rule, Stricter
from withus.traps.t4_blank_flip_chart.only_words import surely

RULE = Rule(
    code="T404",
    name="ice-breaker-only",
    level=Level.STOP,
    since="0.1",
    sentence=N_("%(creative)s of %(working)s working minutes are for making something. The rest is talk."),
    way_out=(
        N_("Give the making more time, and take it from information or discussion."),
        N_("Let what people make carry the discussion and the report back: talk about the pictures."),
    ),
)
LEAST, SHORT = 0.25, 30  # D
STRICTER = {"LEAST": Stricter.MORE}


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    every = [making(project, each) for each in project.workshops]
    working = sum(each.working for each in every)
    rescued = working > 0 and sum(each.creative for each in every) >= LEAST * working
    for workshop in project.workshops:
        if workshop.plan is None or not blocks(workshop) or open_talk(workshop) or not all_known(workshop):
            continue
        found = making(project, workshop)
        if not (found.creative and found.working >= SHORT and found.creative_share < LEAST):
            continue
        if chosen_by_members(workshop) is None:
            yield RULE.cannot_tell(f"workshops.{workshop.id}.people", f"workshops.{workshop.id}.chair")
        elif not chosen_by_members(workshop):
            unsure = any(unclear(workshop, each) for each in project.methods)
            known = surely(project, workshop) and not unsure
            level = Level.NOTICE if rescued else RULE.level if known else Level.WARN
            where = f"workshop:{workshop.id}"
            yield RULE.finding(where, level=level, creative=found.creative, working=found.working)
