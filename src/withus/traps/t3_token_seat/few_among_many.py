"""
Two people with lived experience, or a small share of the room where it claims to make things together.

## What it looks for

A mixed workshop of more than three in which two people with lived experience make up less than four tenths; or, where the
project claims to co-design or co-produce, any number below four tenths. It is lifted where the few have real weight: they
chair or co-chair, were offered preparation, and the room decides by consensus, unanimously or with their majority.

## Why it hurts

Numbers are not all, but with few and a majority rule people speak less and are listened to less.

## Where this comes from

Karpowitz, Mendelberg and Shaker (2012): few under majority speak less; under unanimity the gap closes (E+, on gender, not
on service users). SCIE and 4Pi (P). The shares are ours (D).

## What it cannot see

Whether the few are listened to. T310 looks at talk, where a group chose to count it.
"""

from withus.facts.mix import claims_together, member_chairs, of_room
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T302",
    name="few-among-many",
    level=Level.WARN,
    since="0.1",
    sentence=N_("%(lived)s people with lived experience are in a room of %(room)s."),
    way_out=(
        N_("Invite more people with lived experience, or ask which of the others need to be there."),
        N_("Or give the few real weight: they chair, they prepare, and nothing is decided without them."),
    ),
)
SHARE, FEW, SMALL_ROOM = 0.4, 3, 3  # D
_WEIGHTY = frozenset({"consensus", "unanimous"})


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        found = of_room(workshop)
        if found is None or found.room <= SMALL_ROOM or found.lived < FEW - 1 or found.share >= SHARE:
            continue
        if found.lived >= FEW and not claims_together(project):
            continue
        if not found.known:
            yield RULE.cannot_tell(f"workshops.{workshop.id}.people.lived")
        elif not weighty(workshop):
            yield RULE.finding(f"workshop:{workshop.id}", lived=found.lived, room=found.room)


def weighty(workshop: Workshop) -> bool:
    """A veto with the chair and preparation outweighs few seats."""
    rule = workshop.decision_rule or ""
    veto = rule in _WEIGHTY or rule.startswith("majority of ")
    return veto and member_chairs(workshop) and workshop.pre_meeting is True
