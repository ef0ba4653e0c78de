"""
One person with lived experience in a room of others.

## What it looks for

A workshop of more than three people in which exactly one has lived experience, as people say it of themselves, and all
others are known to have none. Where somebody does not say, it does not tell. Where nobody at all has it, in no workshop
of the project, it says that.

## Why it hurts

One person is asked to speak for all, alone, and can be outvoted, thanked and forgotten. "Never one alone" is the most
agreed point in the field.

## Where this comes from

Soutar (2023), trap 3 (P). Lanarkshire Links: at least two service users and two carers on a group (P). 4Pi: presence at
all levels (P). The size of the room is ours (D).

## What it cannot see

People who have lived experience and have told nobody. It never asks anybody to.
"""

from withus.facts.mix import Mix, mix, of_room, there_for_others
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T301",
    name="one-voice-among-many",
    level=Level.STOP,
    since="0.1",
    sentence=N_("One person with lived experience is in a room of %(room)s."),
    way_out=(
        N_("Invite at least two more, and enough for the size of the room. Pay and prepare them like the others."),
        N_("Or make the room smaller: ask which of the others need to be there."),
        N_("Ask, in private, what would help there: company, a supporter, or another way to take part."),
    ),
)
SMALL_ROOM = 3  # D
NOBODY = N_("Nobody with lived experience is in this room of %(room)s.")


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    rooms = {each.id: found for each in project.workshops if (found := of_room(each)) is not None}
    nowhere = len(rooms) == len(project.workshops) and all(not each.lived and each.known for each in rooms.values())
    for name, found in rooms.items():
        if found.room <= SMALL_ROOM or found.lived > 1:
            continue
        if not found.known:
            yield RULE.cannot_tell(f"workshops.{name}.people.lived")
        elif found.lived == 1:
            level = RULE.level if _in_a_room_for_sure(project, name) else Level.WARN
            yield RULE.finding(f"workshop:{name}", level=level, room=found.room)
        elif nowhere and _asks(project, found):
            yield RULE.finding(f"workshop:{name}", sentence=NOBODY, room=found.room)


def _in_a_room_for_sure(project: Project, name: str) -> bool:
    """Of somebody without a role and a vote it is not known whether they are there for themselves: interpreters have none."""
    workshop = next(each for each in project.workshops if each.id == name)
    sure = [
        each
        for each in workshop.people or ()
        if not there_for_others(each) and (each.who is not None or each.lived is True or each.votes)
    ]
    return mix(sure).room > SMALL_ROOM


def _asks(project: Project, found: Mix) -> bool:
    return project.claim is not None and found.others > SMALL_ROOM
