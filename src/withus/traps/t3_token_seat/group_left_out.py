"""
Several groups are served, some are in the room, and from one of them there is nobody.

## What it looks for

Three or more groups whom the service is for, members with lived experience of at least two, and a group with nobody at
all in any workshop. Where members' groups are not written down, or have other names, it does not tell.

## Why it hurts

The one who is missing is mostly the one who is hardest to reach, and is planned for by the others.

## Where this comes from

4Pi and SCIE on diversity (P). Lanarkshire Links: service users and carers (P).

## What it cannot see

Groups that were met in another way, by letter or at home, without a workshop.
"""

from withus.facts.mix import names_of, plain
from withus.facts.project import Project
from withus.facts.words import Claim, Stage
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T313",
    name="group-left-out",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("The service is for %(groups)s groups. Nobody is there from: %(absent)s."),
    way_out=(
        N_("Ask somebody whom they trust how, where and when they would want to be asked."),
        N_("Or go to them and ask, and bring back what they say as they say it."),
    ),
)
SEVERAL = 3


def check(project: Project) -> Judged:
    served = {plain(each) for each in project.groups or ()}
    if project.claim is Claim.INFORMING or project.stage is Stage.PLANNED or len(served) < SEVERAL:
        return
    rooms = [each for each in project.workshops if each.people is not None]
    rows = [each for room in rooms for each in room.people or () if each.count != 0]
    there = frozenset().union(*(names_of(room) for room in rooms))
    if len(there & served) < SEVERAL - 1 or served <= there:
        return
    unsaid = any(each.lived is not False and (each.group is None or plain(each.group) not in served) for each in rows)
    hidden = any(each.lived is None for each in rows) or len(rooms) < len(project.workshops)
    if unsaid or hidden:
        yield RULE.cannot_tell("workshops.people.group")
    else:
        yield RULE.finding("table", groups=len(served), absent=", ".join(sorted(served - there)))
