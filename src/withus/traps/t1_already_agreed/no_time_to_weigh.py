"""
It was decided so soon after the last input that there was hardly time to weigh it.

## What it looks for

A decision that others take less than fourteen days after the last day on which people were asked. Not where those who
gave the input are those who decide: a group may decide on the evening itself, and what the room agreed may be confirmed
the next day. Where the subject carries little feeling it is a notice, unless it was decided within two days.

## Why it hurts

Nobody reads two hundred answers overnight. People conclude that nobody meant to.

## Where this comes from

UK consultation principles (2018): leave time between closing and acting (G). The fourth Gunning principle: answers are
conscientiously taken into account (L, for UK public bodies that consult). Fourteen days are our own line (D).

## What it cannot see

A decider who sat in every session and wrote along. Where it is not known who decides, it does not tell.
"""

from withus.facts.asked import days_asked, is_open, may_be_members, members_decide, workshops_asking
from withus.facts.decision import Decision
from withus.facts.project import Project
from withus.facts.words import Claim, Emotive
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T106",
    name="no-time-to-weigh",
    level=Level.WARN,
    since="0.1",
    sentence=N_("“%(decision)s” was settled on %(settled)s. The last input came on %(asked)s, %(days)s days before."),
    way_out=(
        N_("Move the decision to a later day, and tell everybody which."),
        N_("Or open it again, weigh what people gave, and tell them what that changed."),
    ),
)
DAYS_TO_WEIGH, OVERNIGHT = 14, 2  # D
STRICTER = {"DAYS_TO_WEIGH": Stricter.MORE}


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for decision in project.decisions:
        settled = decision.settled_on
        days = days_asked(project, decision) if settled is not None and is_open(decision) else []
        if settled is None or not days or settled < days[-1]:
            continue
        gap = (settled - days[-1]).days
        if gap >= DAYS_TO_WEIGH or _the_givers_decide(project, decision):
            continue
        if _not_known(project, decision):
            yield RULE.cannot_tell("workshops.people.votes")
            continue
        low = project.emotive is Emotive.LOW and gap > OVERNIGHT
        yield RULE.finding(
            f"decision:{decision.id}",
            level=Level.NOTICE if low else RULE.level,
            decision=decision.what or decision.id,
            settled=settled,
            asked=days[-1],
            days=gap,
        )


def _the_givers_decide(project: Project, decision: Decision) -> bool:
    return any(members_decide(each) for each in workshops_asking(project, decision))


def _not_known(project: Project, decision: Decision) -> bool:
    """
    Whoever writes in does not decide; of a room it has to be known, unless somebody outside of it is named as deciding, and did so
    on another day.
    """
    asked = list(workshops_asking(project, decision))
    if asked and not may_be_members(decision, asked) and decision.settled_on not in {each.on for each in asked}:
        return False
    return bool(asked) and any(members_decide(each) is None for each in asked)
