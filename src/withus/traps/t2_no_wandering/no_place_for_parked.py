"""
Parked subjects are to come back at the next workshop, and its plan has no time for them.

## What it looks for

Subjects that are parked and have not come back, somebody looks after them, and they are due on the day of the next
workshop, or have no day. The plan of that workshop is written, is no open talk, and has no block for parked subjects; no
block's note names one of them. It is a notice where none of them has a day: one may have been agreed. A subject whose day
is another one may come back in another way.

## Why it hurts

"We will come back to that" needs minutes. Without them it is five minutes before the bus, or never.

## Where this comes from

Practice on "parking lots": time in the next plan, shown next time (Lizard Brain, P). Soutar (2023), trap 2: a sheet of
parked subjects that is discussed later (P).

## What it cannot see

A subject that somebody brings back by phone, or in a block that has another name.
"""

from datetime import date

from withus.facts.minutes import blocks, open_talk
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import BlockKind
from withus.facts.workshop import Parked, Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T206",
    name="no-place-for-parked",
    level=Level.WARN,
    since="0.1",
    sentence=N_("Parked subjects wait to come back: %(waiting)s. The plan for %(next)s has no time for them."),
    way_out=(
        N_("Put a block for parked subjects into that plan. Take its time from information or discussion."),
        N_("Or ask those who raised them for another day, or another way."),
    ),
)


def check(project: Project) -> Judged:
    coming = _next(project)
    if coming is None or coming.on is None or not blocks(coming) or open_talk(coming):
        return
    if any(block.kind is None for block in blocks(coming)):
        yield RULE.cannot_tell(f"workshops.{coming.id}.plan.kind")
    elif not any(block.kind is BlockKind.PARKED_SUBJECTS for block in blocks(coming)):
        waiting = [
            each
            for workshop in project.workshops
            if workshop.on is not None and workshop.on < coming.on
            for each in workshop.parked or ()
            if _waits_for(each, coming.on) and not _named(each, coming)
        ]
        if waiting:
            dated = any(each.return_on is not None for each in waiting)
            level = RULE.level if dated else Level.NOTICE
            yield RULE.finding(f"workshop:{coming.id}", level=level, waiting=len(waiting), next=coming.on)


def _next(project: Project) -> Workshop | None:
    ahead = [each for each in project.workshops if each.live is None and each.on and each.on >= project.today]
    return min(ahead, key=lambda each: (each.on or date.max, each.id), default=None)


def _waits_for(parked: Parked, day: date) -> bool:
    return parked.returned_on is None and bool(parked.owner) and parked.return_on in (day, None)


def _named(parked: Parked, workshop: Workshop) -> bool:
    word = plain(parked.subject or "")
    return bool(word) and any(word in plain(block.note or "") for block in blocks(workshop))
