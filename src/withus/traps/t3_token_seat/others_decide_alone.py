"""
One person or a body without lived experience decides alone, in a room that is said to decide together.

## What it looks for

A claim to co-design or co-produce, members with lived experience in the workshop, all of them known to have no vote, and a
rule that somebody else decides: the chair, the board, the manager, or a majority of those without lived experience.

## Why it hurts

Together is on the poster. In the room one person nods, or does not.

## Where this comes from

Arnstein (1969): advice that others may take or leave is placation (P). IAP2: to collaborate is to share the decision (G).

## What it cannot see

A chair who always does what the group says. Write that down as the rule.
"""

from withus.facts.mix import claims_together
from withus.facts.project import Project
from withus.facts.voting import MAJORITY_OF, majority, somebody_else_decides
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T312",
    name="others-decide-alone",
    level=Level.STOP,
    since="0.1",
    sentence=N_("The rule in this workshop: %(who)s. None of the %(lived)s members with lived experience has a vote."),
    way_out=(
        N_("Decide by consensus, or give members with lived experience a vote."),
        N_(
            "Or change the invitation to say that people are asked and others decide, and tell everybody who was invited."
        ),
    ),
)


def check(project: Project) -> Judged:
    if not claims_together(project):
        return
    for workshop in project.workshops:
        lived = [each for each in workshop.people or () if each.lived and each.count != 0]
        if not lived or not _by_others(workshop) or any(each.votes for each in lived):
            continue
        unsaid = any(each.lived is None and each.votes is not False for each in workshop.people or ())
        if unsaid or any(each.votes is None for each in lived):
            yield RULE.cannot_tell(f"workshops.{workshop.id}.people.votes")
        else:
            heads = sum(each.count or 1 for each in lived)
            yield RULE.finding(f"workshop:{workshop.id}", who=workshop.decision_rule or "", lived=heads)


def _by_others(workshop: Workshop) -> bool:
    of_others = (workshop.decision_rule or "").startswith(MAJORITY_OF) and majority(workshop)
    return of_others or somebody_else_decides(workshop) is not None
