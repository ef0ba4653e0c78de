"""
Half of the working time or more, people are told things.

## What it looks for

Information that takes half of the working time or more, half an hour at least, beside a creative part that is long enough
not to be an ice-breaker. It is a notice; where there is nothing else than talk, T401 speaks. What the members asked for,
with their reason noted, is no finding.

## Why it hurts

Time in which people are told is time in which nobody is asked.

## Where this comes from

Soutar (2023), trap 4: information, groups, flip chart, report back (P). Half is ours (D).

## What it cannot see

Slides that people stop at every minute.
"""

from withus.facts.chosen import chosen_by_members
from withus.facts.making import making
from withus.facts.minutes import all_known, by_kind
from withus.facts.project import Project
from withus.facts.words import BlockKind, Claim
from withus.traps.rule import N_, Judged, Level, Rule, Stricter
from withus.traps.t4_blank_flip_chart.only_words import ICE_BREAKER

RULE = Rule(
    code="T410",
    name="told-half-the-time",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("%(told)s of %(working)s working minutes are information."),
    way_out=(
        N_("Send the information beforehand on two pages, and answer questions in the room."),
        N_("Put it on a table to walk or wheel around, so that each person takes what they need."),
    ),
)
HALF, SHORT = 0.5, 30  # D
STRICTER = {"HALF": Stricter.LESS}


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        if workshop.plan is None or not all_known(workshop):
            continue
        found, told = making(project, workshop), by_kind(workshop)[BlockKind.INFORMATION]
        creative = found.creative_share >= ICE_BREAKER
        if creative and told >= SHORT and told >= HALF * found.working and not chosen_by_members(workshop):
            yield RULE.finding(f"workshop:{workshop.id}", told=told, working=found.working)
