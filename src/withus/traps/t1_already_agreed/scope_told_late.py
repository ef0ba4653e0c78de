"""
People learnt what can and cannot be changed only in the first workshop, or after it.

## What it looks for

A day on which people were told the scope that is not before the first workshop in which they are asked; or after the
last day for input. Groups that decide for themselves set their own scope, in the first meeting in which they are asked,
unless somebody else decides within limits. What reaches them later was set by somebody else, where limits are named or
somebody else decides. A workshop that only informs may tell it.

## Why it hurts

People decide to come, and what to tell, by what they think can change. Learning the limits in the room is too late.

## Where this comes from

Soutar (2023), trap 1: say what can and cannot be influenced (P). The second Gunning principle: enough reasons for an
intelligent answer (L, for UK public bodies that consult). "Before people commit their time" is our own line (D).

## What it cannot see

Whether people understood what they were told. Where the day is not written down, or it is not known who leads the room, it
does not tell.
"""

from datetime import date

from withus.facts.asked import is_open, may_be_members, workshops_asking
from withus.facts.mix import may_be_user_led, user_led
from withus.facts.project import Project
from withus.facts.words import Claim, Openness
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T103",
    name="scope-told-late",
    level=Level.STOP,
    since="0.1",
    sentence=N_("People learnt on %(told)s what can be changed. They were asked on %(asked)s."),
    way_out=(
        N_("Ask those who gave before: would you say something else, knowing this?"),
        N_("Or own it: say that people learnt it late, and what you do now."),
    ),
)


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING or (project.decisions and not any(map(is_open, project.decisions))):
        return
    first = min(_asking(project), key=lambda each: (each.on or project.today, each.id), default=None)
    asked = first.on if first is not None else project.input_closes
    if asked is None:
        return
    told = project.scope.told_on if project.scope else None
    if told is None:
        yield RULE.cannot_tell("scope.told_on")
    elif told > asked or (first is not None and told == asked):
        if first is not None and may_be_user_led(first) and not _set_by_others(project, first, later=told > asked):
            yield from _by_members(project, first, told, asked)
        else:
            level = Level.WARN if first is not None and not first.people else RULE.level
            yield RULE.finding("project", level=level, told=told, asked=asked)


def _by_members(project: Project, first: Workshop, told: date, asked: date) -> Judged:
    """They set their own scope as they begin. Limits that come later came from somebody else; nothing shows it, so: warn."""
    if told > asked and any(each.openness is Openness.WITHIN_LIMITS for each in project.decisions):
        yield RULE.finding("project", level=Level.WARN, told=told, asked=asked)
    elif not user_led(first):
        yield RULE.cannot_tell(f"workshops.{first.id}.people", f"workshops.{first.id}.chair")


def _set_by_others(project: Project, first: Workshop, *, later: bool) -> bool:
    """
    Somebody is named as deciding who is not among the members, and there are limits, or people learnt only afterwards what
    can be changed: then the scope was not theirs to set.
    """
    return any(
        (each.openness is Openness.WITHIN_LIMITS or (later and is_open(each))) and not may_be_members(each, [first])
        for each in project.decisions
    )


def _asking(project: Project) -> list[Workshop]:
    """The workshops that ask about something open; all of them where no decision is written down."""
    dated = [each for each in project.workshops if each.on is not None]
    if not project.decisions:
        return dated
    asking = {w.id for d in project.decisions if is_open(d) for w in workshops_asking(project, d)}
    return [each for each in dated if each.id in asking]
