"""
The plan was left when talk went elsewhere, it ended in time, and the people in the room say that it did them good.

## What it looks for

A workshop that was held, in which talk off the path was followed, that ended within the booked time, and after which
nearly all of five or more private cards say "I could say what I needed to say". Whatever was left out for it was asked
about another time, or is still open. It is praise, and it is the people who give it: a plan that was kept is none.

## Why it hurts

It does not. Leaving a plan looks like a failure on paper, so those who dare to do it need to hear that it was right.

## Where this comes from

Soutar (2023), trap 2: be ready to scrap the plan (P). Open Space: what happens is what could (P). The share is ours (D).

## What it cannot see

Whether those who handed in no card agree.
"""

from withus.facts.asked import days_asked
from withus.facts.cards import heard
from withus.facts.project import Project
from withus.facts.room import followed, ran_over
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T209",
    name="plan-left-with-the-group",
    level=Level.PRAISE,
    since="0.1",
    sentence=N_("On %(held)s the plan was left for what people needed to say, and they say that they could say it."),
    way_out=(N_("Nothing to mend. Write down what you learnt, for the next plan."),),
)


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        live = workshop.live
        if live is None or workshop.on is None or not followed(workshop) or not heard(workshop):
            continue
        if live.ended is None or workshop.starts is None or workshop.ends is None:
            yield RULE.cannot_tell(f"workshops.{workshop.id}.live.ended")
        elif not ran_over(workshop) and not _lost(project, workshop):
            yield RULE.finding(f"workshop:{workshop.id}", held=workshop.on)


def _lost(project: Project, workshop: Workshop) -> bool:
    """Something was left out on the day, was never asked again, and has been settled since."""
    left_out = {name for block in workshop.plan or () if block.dropped for name in block.about or ()}
    return any(
        each.id in left_out and each.settled_on is not None and not days_asked(project, each)
        for each in project.decisions
    )
