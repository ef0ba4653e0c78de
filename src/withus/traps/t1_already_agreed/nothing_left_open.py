"""
The invitation asks people to shape something, and everything it names was settled before they were invited.

## What it looks for

A claim to consult or more, with every decision told as settled and settled before the first invitation, and with a block
in which people discuss or make something. Where anything is open, or something was settled later, it is no finding.

## Why it hurts

Each line is honest, and the title is not. People come because of the title.

## Where this comes from

Soutar (2023), trap 1: if it is informing, say so (P). IAP2: from consulting upward, people are told how they influenced
the decision (P).

## What it cannot see

Open questions that nobody wrote down as a decision. Name them, and this is gone.
"""

from withus.facts.asked import ASKING
from withus.facts.minutes import blocks
from withus.facts.project import Project
from withus.facts.words import BlockKind, Claim, Openness
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T114",
    name="nothing-left-open",
    level=Level.WARN,
    since="0.1",
    sentence=N_("The invitation says “%(claim)s”. All it names was settled before people were invited on %(invited)s."),
    way_out=(
        N_("Name what people can still change, however small, and tell everybody."),
        N_("Or change the invitation to say that you inform. Tell everybody who was invited."),
    ),
)


def check(project: Project) -> Judged:
    invited, claim = project.invited_on, project.claim
    if claim in (None, Claim.INFORMING) or not project.decisions:
        return
    if any(each.openness is not Openness.SETTLED for each in project.decisions):
        return
    days = [each.settled_on for each in project.decisions]
    if invited is None or None in days:
        yield RULE.cannot_tell("invited_on", "decisions.settled_on")
    elif all(day is not None and day < invited for day in days) and _asks(project):
        yield RULE.finding("project", claim=claim.value if claim else "", invited=invited)


def _asks(project: Project) -> bool:
    kinds = {block.kind for workshop in project.workshops for block in blocks(workshop)}
    return bool(kinds & (ASKING - {BlockKind.VENTING}))
