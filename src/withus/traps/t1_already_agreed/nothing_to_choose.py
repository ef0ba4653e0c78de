"""
People are asked about something for which only one way is on the table.

## What it looks for

A decision that people were told is open, for which one option is known to be alive, and a workshop or a day for input in
which others ask about it. Where the members themselves have a vote, one proposal is a real question: they can say no; but not
where somebody decides who is not in the room and may pass over it.

## Why it hurts

"What do you think of our plan?" sounds like a choice. Whoever wants something else has nothing to point at.

## Where this comes from

Asked "could you still choose B instead of A?", the honest answer has to be yes (P, on the first Gunning principle, L for
UK public bodies that consult). Two as the least number is ours (D).

## What it cannot see

A single draft that people may really rewrite, and options that people bring themselves: an empty list is no finding.
Where it is not known whether members vote on it, and nobody else is named as deciding, it does not tell.
"""

from withus.facts.asked import FEWEST_OPTIONS, is_open, last_asked, may_be_members, members_decide, workshops_asking
from withus.facts.decision import Decision
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T104",
    name="nothing-to-choose",
    level=Level.WARN,
    since="0.1",
    sentence=N_("People are asked about “%(decision)s”, and only one way is on the table."),
    way_out=(
        N_("Put a second way beside it that could really be chosen, with what each would cost and change."),
        N_("Or ask the decider: what would make you choose differently? Tell people the answer."),
    ),
)


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for decision in project.decisions:
        if not is_open(decision) or last_asked(project, decision) is None:
            continue
        if decision.options is None:
            yield RULE.cannot_tell(f"decisions.{decision.id}.options")
            continue
        asked = list(workshops_asking(project, decision))
        says = [members_decide(each) for each in asked]
        theirs = may_be_members(decision, asked) or _in_the_room(decision, asked)
        if len(decision.options) != FEWEST_OPTIONS - 1 or (True in says and theirs):
            continue
        if None in says and theirs:
            yield RULE.cannot_tell("workshops.people.votes")
        else:
            yield RULE.finding(f"decision:{decision.id}", decision=decision.what or decision.id)


def _in_the_room(decision: Decision, asked: list[Workshop]) -> bool:
    """Who decides sits with them, so the room's vote may be the decision. A vote that somebody outside may pass over is none."""
    decider = plain(decision.decider or "")
    rows = [each for workshop in asked for each in workshop.people or ()]
    return any(name and plain(name) in decider for each in rows for name in (each.who, each.group))
