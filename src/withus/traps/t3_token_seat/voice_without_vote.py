"""
Others vote, and nobody with lived experience does, in a project that claims to decide together.

## What it looks for

A claim to co-design or co-produce, and a workshop in which people with and without lived experience sit together, some of
the others vote, and every member with lived experience is known to have no vote.

## Why it hurts

It is a seat to be seen in. The label says together, the count of hands says otherwise.

## Where this comes from

Arnstein (1969): a few worthies who can be outvoted, or who cannot vote at all, are placation (P).

## What it cannot see

Rooms that never vote. There, who decides is for the label to say.
"""

from withus.facts.mix import claims_together
from withus.facts.project import Project
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


def check(project: Project) -> Judged:
    if not claims_together(project):
        return
    for workshop in project.workshops:
        people = [each for each in workshop.people or () if each.count != 0]
        lived = [each for each in people if each.lived]
        voting = sum(each.count or 1 for each in people if each.lived is False and each.votes)
        if not lived or not voting or any(each.votes for each in lived):
            continue
        if any(each.votes is None for each in lived) or any(each.lived is None and each.votes for each in people):
            yield RULE.cannot_tell(f"workshops.{workshop.id}.people.votes")
        else:
            yield RULE.finding(f"workshop:{workshop.id}", voting=voting, lived=sum(each.count or 1 for each in lived))
