"""
The workshop in which it is decided is the one without anybody with lived experience.

## What it looks for

A project that claims to co-design or co-produce, with members with lived experience in some workshops, and a workshop with
a decision in its plan, or in which others vote, where everybody is known to have none.

## Why it hurts

People are heard on Monday, and on Tuesday others decide what was heard.

## Where this comes from

4Pi: presence at all levels and at all stages (P). Arnstein (1969) on advice without a share in the decision (P).

## What it cannot see

A meeting that is not among the workshops; there the decision's own day and decider speak.
"""

from withus.facts.minutes import blocks
from withus.facts.mix import claims_together, of_room
from withus.facts.project import Project
from withus.facts.words import BlockKind
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T304",
    name="decided-without-them",
    level=Level.WARN,
    since="0.1",
    sentence=N_("%(room)s people decide in this workshop. Nobody with lived experience is there, only in the others."),
    way_out=(
        N_("Invite members with lived experience to this workshop, with a vote, pay and preparation."),
        N_("Or ask the members to decide together with the others in a workshop in which they are there."),
    ),
)
ALONE = 1  # one person writing something down is no meeting (D)


def check(project: Project) -> Judged:
    rooms = {each.id: found for each in project.workshops if (found := of_room(each)) is not None}
    if not claims_together(project) or not any(each.lived for each in rooms.values()):
        return
    for workshop in project.workshops:
        found = rooms.get(workshop.id)
        if found is None or found.lived or found.others <= ALONE or not decides(workshop):
            continue
        if found.known:
            yield RULE.finding(f"workshop:{workshop.id}", room=found.room)
        else:
            yield RULE.cannot_tell(f"workshops.{workshop.id}.people.lived")


def decides(workshop: Workshop) -> bool:
    if workshop.decision_rule == "none":
        return False
    votes = any(each.votes for each in workshop.people or () if each.lived is False)
    return votes or any(each.kind is BlockKind.DECISION for each in blocks(workshop))
