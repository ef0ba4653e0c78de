"""
People are asked, have no vote, and nobody who decides is in the room to hear them.

## What it looks for

A project that consults or involves, with a decider who is named; and workshops in which it is known that nobody has a vote,
and of everybody in the room who they are, of whom nobody bears the decider's name or one that means it.

## Why it hurts

What is said with tears arrives as a bullet point. Asking without a vote is honest; asking without an ear is thin.

## Where this comes from

Arnstein (1969): to be heard without the power to be heeded (P). That a decider in the room makes up for a missing vote is our
own line (D), so this is a notice.

## What it cannot see

A decider who reads every card, or who comes another day; and one who is called by another name here.
"""

from withus.facts.asked import is_open, may_be_members, workshops_asking
from withus.facts.decision import Decision
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T318",
    name="nobody-who-decides",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("People are asked about “%(decision)s” and have no vote. Nobody who decides is named in the room."),
    way_out=(
        N_("Ask who decides to come and listen, for a part of it at least."),
        N_("Or ask by when they answer, and tell people who takes what they say to them."),
    ),
)
_SMALL_WORDS = frozenset({"the", "of", "and", "a", "board", "team", "service", "local"})
_DECIDERS = frozenset({"decider", "decision maker", "commissioner", "commissioners"})


def check(project: Project) -> Judged:
    if project.claim not in (Claim.CONSULTING, Claim.INVOLVING):
        return
    for decision in project.decisions:
        if not is_open(decision) or not decision.decider:
            continue
        asked = list(workshops_asking(project, decision))
        rooms = [each for each in asked if _known(each)]
        if not rooms or len(rooms) < len(asked) or may_be_members(decision, asked):
            continue
        if not any(_there(each, decision) for each in rooms):
            yield RULE.finding(f"decision:{decision.id}", decision=decision.what or decision.id)


def _known(workshop: Workshop) -> bool:
    """Everybody in the room is named by what they are, and nobody votes there: who votes decides."""
    people = workshop.people or ()
    lived = [each for each in people if each.lived]
    return bool(lived) and all(each.who and each.votes is False for each in people)


def _there(workshop: Workshop, decision: Decision) -> bool:
    names = set(plain(decision.decider or "").split()) - _SMALL_WORDS
    for each in workshop.people or ():
        called = plain(f"{each.who or ''} {each.group or ''}")
        if names & set(called.split()) or any(word in called for word in _DECIDERS):
            return True
        if any(
            word.startswith(name) or name.startswith(word) for name in names for word in called.split() if len(word) > 4
        ):
            return True
    return False
