"""
The service is for several groups, and everybody with lived experience comes from one of them.

## What it looks for

Two or more groups whom the service is for, and members with lived experience in the workshops, all together, from one of
those groups only. Where a member's group is not among the groups named, it does not tell.

## Why it hurts

What suits one group is built for all, and the others are told that "service users were involved".

## Where this comes from

Lanarkshire Links: service users and carers (P). 4Pi and SCIE on diversity (P).

## What it cannot see

Groups that were met in another way, by letter or at home, without a workshop.
"""

from withus.facts.mix import names_of, plain
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.facts.workshop import People
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T305",
    name="one-kind-only",
    level=Level.WARN,
    since="0.1",
    sentence=N_("The service is for %(groups)s groups. Everybody with lived experience comes from one: %(only)s."),
    way_out=(
        N_("Invite people from the other groups, through somebody whom they trust."),
        N_("Or go to them: ask how, where and when they want to be asked."),
    ),
)


def check(project: Project) -> Judged:
    served = {plain(each) for each in project.groups or ()}
    if project.claim is Claim.INFORMING or len(served) <= 1:
        return
    rooms = [each for each in project.workshops if each.people is not None]
    lived = [each for room in rooms for each in room.people or () if each.lived and each.count != 0]
    if not lived:
        return
    there = frozenset().union(*(names_of(room) for room in rooms))
    unclear = any(each.group is None for each in lived) or not there <= served or len(rooms) < len(project.workshops)
    unsaid = any(_may_be_served(each, served) for room in rooms for each in room.people or ())
    if len(there & served) > 1:
        return
    if unclear or unsaid:
        yield RULE.cannot_tell("workshops.people.group")
    else:
        yield RULE.finding("table", groups=len(served), only=min(there))


def _may_be_served(row: People, served: set[str]) -> bool:
    """Says nothing of lived experience, and may belong to one of the groups."""
    return row.lived is None and (row.group is None or plain(row.group) in served)
