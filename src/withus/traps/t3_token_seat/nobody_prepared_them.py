"""
Members with lived experience are few, and were not offered to meet beforehand.

## What it looks for

A mixed workshop of more than three in which they are less than half, and of which it is known that no meeting beforehand
was offered. Where others chair and decide by majority too, it warns; otherwise it is a notice.

## Why it hurts

The others met in the corridor, in the team, on the phone. Who comes alone and unprepared finds out what is meant in the
room.

## Where this comes from

Lanarkshire Links: somebody goes through agenda and minutes beforehand (P). SCIE on support to take part (P). Half is
ours (D).

## What it cannot see

A phone call that nobody wrote down, and members who do not want a meeting.
"""

from withus.facts.mix import MAJORITY, of_room
from withus.facts.project import Project
from withus.facts.voting import majority, somebody_else_decides
from withus.facts.words import Claim
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T309",
    name="nobody-prepared-them",
    level=Level.WARN,
    since="0.1",
    sentence=N_(
        "%(lived)s of %(room)s people in this workshop have lived experience. They were not offered to meet beforehand."
    ),
    way_out=(
        N_("Offer a short meeting or a call beforehand, with pay, and let them choose with whom."),
        N_("Or start with it: half an hour among themselves before the others come."),
    ),
)
SMALL_ROOM, FEW = 3, 0.4  # D


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        found = of_room(workshop)
        if workshop.pre_meeting is not False or found is None or not found.known:
            continue
        if not found.lived or found.room <= SMALL_ROOM or found.share >= MAJORITY:
            continue
        chaired = workshop.chair is not None and workshop.chair.lived is False
        outvoted = majority(workshop) or somebody_else_decides(workshop) is not None
        level = RULE.level if chaired and outvoted and found.share < FEW else Level.NOTICE
        yield RULE.finding(f"workshop:{workshop.id}", level=level, lived=found.lived, room=found.room)
