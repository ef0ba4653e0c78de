"""
Staff who have lived experience of their own are counted as the service users.

## What it looks for

A workshop of more than three in which people with lived experience are counted, and without those who are there as staff
(their group is staff, or they are salaried and of one group with others who have none) there is at most one. Where the service
is for staff, and where such people are the majority, it is silent.

## Why it hurts

They have both, and in this room they have a contract. Nobody should have to say which hat counts, and the people who are
served stay away.

## Where this comes from

Survivor researchers on dual roles (P). Who has two hats counts as neither until they say which they wear: ours (D).

## What it cannot see

Peer workers who were sent by the group. Write that group down as theirs.
"""

from withus.facts.mix import MAJORITY, mix, of_room, plain
from withus.facts.project import Project
from withus.facts.words import Claim, Pay
from withus.facts.workshop import People
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T315",
    name="staff-counted-for-them",
    level=Level.WARN,
    since="0.1",
    sentence=N_("%(staff)s of %(lived)s people with lived experience in this room of %(room)s are there as staff."),
    way_out=(
        N_("Invite people who use the service and do not work in it, at least three."),
        N_("Ask the members of staff, each alone, which hat they want to wear here. Nobody has to say."),
    ),
)
SMALL_ROOM, ALONE = 3, 1  # D
STAFF = frozenset({"staff", "employees", "professionals", "workforce", "clinicians", "officers", "nurses", "doctors"})


def check(project: Project) -> Judged:
    served = {plain(each) for each in project.groups or ()}
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        found = of_room(workshop)
        if found is None or not found.known or found.room <= SMALL_ROOM or found.share > MAJORITY:
            continue
        team = {plain(each.group) for each in workshop.people or () if each.group and each.lived is False} - served
        staff = mix(each for each in workshop.people or () if is_staff(each, served, team)).lived
        if staff and found.lived - staff <= ALONE:
            yield RULE.finding(f"workshop:{workshop.id}", staff=staff, lived=found.lived, room=found.room)


def is_staff(row: People, served: set[str], team: set[str]) -> bool:
    group = plain(row.group or "")
    if not row.lived or group in served:
        return False
    return group in STAFF or (row.pay is Pay.SALARIED and group in team)
