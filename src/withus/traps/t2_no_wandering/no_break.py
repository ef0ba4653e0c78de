"""
A long stretch without a break.

## What it looks for

More than 75 minutes in which one block follows another without a break, or more than 60 where somebody works with an
interpreter. Arriving, closing and time without a block count as pauses. It is a notice where the plan has a tenth of free
time, out of which people can take a pause, and where no time is booked yet.

## Why it hurts

People who are in pain, tired, deaf or anxious leave in spirit, or in fact, and are not missed by the plan.

## Where this comes from

Listen Include Respect; Business Disability Forum: regular breaks that are kept (G). The minutes are ours (D).

## What it cannot see

Rooms in which people come and go as they like, where no note on the blocks says so. Explain it there, in a sentence.
"""

from withus.facts.minutes import all_known, blocks, booked, length, longest_stretch, open_talk
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.room import come_and_go, free
from withus.facts.words import BlockKind
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T203",
    name="no-break",
    level=Level.WARN,
    since="0.1",
    sentence=N_("The plan goes on for %(stretch)s minutes without a break."),
    way_out=(N_("Put a break in the middle of that time, and keep it. Take its time from information or discussion."),),
)
LONGEST, LONGEST_INTERPRETED, LEAST = 75, 60, 0.1  # D
STRICTER = {"LONGEST": Stricter.LESS, "LONGEST_INTERPRETED": Stricter.LESS}
_INTERPRETED = frozenset({"interpreter", "bsl", "bsl interpreter", "sign language", "sign language interpreter"})


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        if workshop.plan is None or open_talk(workshop) or come_and_go(workshop):
            continue
        if not all_known(workshop):
            yield RULE.cannot_tell(f"workshops.{workshop.id}.plan.minutes")
            continue
        stretch = longest_stretch(workshop)
        tiring = interpreted(workshop)
        if stretch > (LONGEST_INTERPRETED if tiring else LONGEST) and not _broken(workshop):
            roomy = booked(workshop) is None or free(project, workshop) >= LEAST * length(workshop)
            loose = not tiring and roomy
            yield RULE.finding(f"workshop:{workshop.id}", level=Level.NOTICE if loose else RULE.level, stretch=stretch)


def interpreted(workshop: Workshop) -> bool:
    return any(
        plain(word) in _INTERPRETED
        for each in workshop.people or ()
        for word in (*(each.needs or ()), *(each.supports or ()))
    )


def _broken(workshop: Workshop) -> bool:
    """A break that happened although none was planned."""
    actual = workshop.live.actual_minutes if workshop.live else None
    planned = any(block.kind is BlockKind.BREAK for block in blocks(workshop))
    return bool(actual and actual.get(BlockKind.BREAK, 0) and not planned)
