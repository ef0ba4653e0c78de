"""
Others vote, and nobody with lived experience does, or one for many, in a project that claims to decide together.

## What it looks for

A claim to co-design or co-produce, and a workshop in which people with and without lived experience sit together, some of
the others vote, and every member with lived experience is known to have no vote. Where some of them vote and others of
them do not, and their votes are less than a quarter under a majority rule, it warns.

## Why it hurts

It is a seat to be seen in. The label says together, the count of hands says otherwise.

## Where this comes from

Arnstein (1969): a few worthies who can be outvoted, or who cannot vote at all, are placation (P). The quarter is ours (D).

## What it cannot see

Rooms that never vote. There, who decides is for the label to say. A group that chose one of its own to vote for all.
"""

from collections.abc import Iterable

from withus.facts.mix import claims_together
from withus.facts.project import Project
from withus.facts.voting import majority
from withus.facts.workshop import People
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T303",
    name="voice-without-vote",
    level=Level.STOP,
    since="0.1",
    sentence=N_("%(voting)s people vote in this workshop. None of the %(lived)s with lived experience does."),
    way_out=(
        N_("Give members with lived experience a vote."),
        N_("Or change the invitation to say what this is, and tell everybody who was invited."),
    ),
)

ONE_FOR_MANY = N_("%(votes)s of %(lived)s members with lived experience vote, beside %(voting)s votes of others.")
QUARTER = 0.25  # D


def check(project: Project) -> Judged:
    if not claims_together(project):
        return
    for workshop in project.workshops:
        people = [each for each in workshop.people or () if each.count != 0]
        lived = [each for each in people if each.lived]
        voting = sum(each.count or 1 for each in people if each.lived is False and each.votes)
        if not lived or not voting:
            continue
        most, least = votes_of(lived, unknown=True), votes_of(lived, unknown=False)
        where, heads = f"workshop:{workshop.id}", sum(each.count or 1 for each in lived)
        unsaid = any(each.lived is None and each.votes for each in people)
        if most == 0 and not unsaid:
            yield RULE.finding(where, voting=voting, lived=heads)
        elif least == 0 and (unsaid or most):
            yield RULE.cannot_tell(f"workshops.{workshop.id}.people.votes")
        if 0 < most < QUARTER * (most + voting) and most < heads and majority(workshop) and not unsaid:
            yield RULE.finding(where, level=Level.WARN, sentence=ONE_FOR_MANY, votes=most, lived=heads, voting=voting)


def votes_of(people: Iterable[People], *, unknown: bool) -> int:
    return sum(each.count or 1 for each in people if each.votes or (unknown and each.votes is None))
