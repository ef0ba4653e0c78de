"""
There is a creative part, and nobody makes anything of their own in it.

## What it looks for

A workshop with creative time, all of whose methods say what each person leaves behind, and it is nothing, for every one of
them. Where a method does not say, it does not tell.

## Why it hurts

Who is quick leads, the others look on. Those who think alone first bring more, and other, ideas.

## Where this comes from

Groups that start together have fewer ideas than the same people alone first (E+, other settings). "One, two, four, all"
gives each person a minute (P).

## What it cannot see

A minute of quiet before. Write it in the plan. Alone can be with a supporter whom one chose.
"""

from withus.facts.making import creative_methods
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T402",
    name="nobody-makes-first",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("In the creative part of this workshop no person leaves anything of their own behind."),
    way_out=(
        N_("Start it with some minutes in which each person draws, writes, picks or says something alone."),
        N_("Alone can be with a supporter whom the person chose."),
    ),
)


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        used = creative_methods(project, workshop)
        if not used:
            continue
        if any(each.output and each.output.strip() for each in used):
            continue
        if any(each.output is None for each in used):
            yield RULE.cannot_tell(*(f"methods.{each.id}.output" for each in used if each.output is None))
        else:
            yield RULE.finding(f"workshop:{workshop.id}")
