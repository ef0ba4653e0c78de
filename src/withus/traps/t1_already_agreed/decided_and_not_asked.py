"""
People were told that it is open, nobody was ever asked about it, and it is settled.

## What it looks for

A decision that people were told is open or open within limits, which is settled, and of which the file says that no
workshop put it to people. Not where people could write in, and not where the members themselves settled it in a workshop.

## Why it hurts

It stood on the list of things to shape. People waited for their turn, and it never came.

## Where this comes from

Soutar (2023), trap 1 (P). Fair consultation means that people were in fact asked (L, for UK public bodies that consult).

## What it cannot see

People who were asked without a workshop or a day for input: where things were given and there was no workshop, or where it is
left out who was asked, or which decision a change that people were told of belongs to, it does not tell.
"""

from withus.facts.asked import is_open, members_decide
from withus.facts.decision import Decision
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T113",
    name="decided-and-not-asked",
    level=Level.WARN,
    since="0.1",
    sentence=N_("People were told that “%(decision)s” is open. It was settled on %(settled)s, and nobody was asked."),
    way_out=(
        N_("Ask now, and say that it can still change."),
        N_("Or own it: say that nobody was asked, why, and what you do now."),
    ),
)


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING or project.input_closes is not None:
        return
    for decision in project.decisions:
        if decision.settled_on is None or not is_open(decision) or decision.asked_in != ():
            continue
        if not project.workshops and project.contributions is not None and project.contributions.items != 0:
            yield RULE.cannot_tell("input_closes")
        elif _settled_by_members(project, decision) or _told(project, decision, decision.id):
            continue
        elif _told(project, decision, None):
            yield RULE.cannot_tell("changes.decision")
        else:
            yield RULE.finding(
                f"decision:{decision.id}", decision=decision.what or decision.id, settled=decision.settled_on
            )


def _settled_by_members(project: Project, decision: Decision) -> bool:
    return any(each.on == decision.settled_on and members_decide(each) for each in project.workshops)


def _told(project: Project, decision: Decision, name: str | None) -> bool:
    """People were told that it moved, before it was settled: T107 looks at how."""
    settled = decision.settled_on
    return any(
        each.decision == name and each.told_on is not None and settled is not None and each.told_on <= settled
        for each in project.changes
    )
