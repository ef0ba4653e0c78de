"""
Somebody with lived experience named what they need to follow and to speak, and nothing is booked for it.

## What it looks for

A member with lived experience with a need for hearing, reading, language or speech, or without internet in an online
workshop, and supports that are written down and do not meet it. It warns where without it nothing at all is followed (sign
language, another language), and the workshop is at most two weeks away; otherwise it is a notice. Where supports are not
written down, it does not tell.

## Why it hurts

They are in the room and in the photo, and cannot follow what is said.

## Where this comes from

Equality Act and the NHS Accessible Information Standard (L and G, for those bound by them). Two weeks is ours (D).

## What it cannot see

A friend who interprets. Ask whether that is what the person wants.
"""

from withus.facts.access import ALIKE, LACKS, stands_in
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import Format
from withus.facts.workshop import People, Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T316",
    name="need-not-met",
    level=Level.WARN,
    since="0.1",
    sentence=N_("Somebody with lived experience named a need: %(need)s. Nothing that is booked meets it."),
    way_out=(
        N_("Book it now, and tell the person what is booked."),
        N_("Ask the person what would do if it cannot be had in time; offer another day or another way."),
    ),
)
TO_FOLLOW = ("hearing", "reading", "english", "speech")
TIME_TO_BOOK = 14  # days, D
# Without an answer to these nothing at all is followed; others make it hard, and are a notice. Our own list (D).
NOTHING_FOLLOWED = frozenset(
    {"deaf", "bsl", "sign language", "captions", "interpreter", "english", "translation", "another language", "no speech",
     "non verbal", "non speaking", "aac", "no internet", "offline", "no phone", "internet", "phone"}
)  # fmt: skip


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        ahead = (workshop.on - project.today).days if workshop.on is not None else 0
        for each in workshop.people or ():
            if not each.lived or each.count == 0:
                continue
            for need in each.needs or ():
                if not needed_to_follow(workshop, need):
                    continue
                if each.supports is None:
                    yield RULE.cannot_tell(f"workshops.{workshop.id}.people.supports")
                elif not met(each, need):
                    pressing = ahead <= TIME_TO_BOOK and plain(need) in NOTHING_FOLLOWED
                    level = RULE.level if pressing else Level.NOTICE
                    yield RULE.finding(f"workshop:{workshop.id}", level=level, need=plain(need))


def needed_to_follow(workshop: Workshop, need: str) -> bool:
    wanted = (*TO_FOLLOW, "internet") if workshop.format is Format.ONLINE else TO_FOLLOW
    return any(plain(need) in LACKS[each] for each in wanted)


def met(row: People, need: str) -> bool:
    """By its own name, by a support that says more than it, or by something that stands in for the ability."""
    named, booked = plain(need), [plain(each) for each in row.supports or ()]
    if any(named in each or (each and each in named) for each in booked):
        return True
    lacks = [name for name, words in LACKS.items() if ALIKE.get(named, named) in words]
    return any(stands_in(each, row.supports or ()) for each in lacks)
