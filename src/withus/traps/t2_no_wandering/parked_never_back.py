"""
The day on which a parked subject was to come back has passed.

## What it looks for

A parked subject with a day to return that has passed, and no day on which it did.

## Why it hurts

A promise with a date was made to somebody who had already been told to wait.

## Where this comes from

Soutar (2023), trap 2: a sheet of parked subjects that is discussed later (P). Practice on "parking lots" (P).

## What it cannot see

A subject that came back without anybody noting it. That is why it warns and does not stop.
"""

from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T205",
    name="parked-never-back",
    level=Level.WARN,
    since="0.1",
    sentence=N_("Parked subjects were to come back by %(due)s. Nothing here says that they did. Waiting: %(waiting)s."),
    way_out=(
        N_("Bring them back at the next workshop, or tell those who raised them what happened."),
        N_("If they did come back, write down the day."),
    ),
)


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        late = [
            each.return_on
            for each in workshop.parked or ()
            if each.return_on is not None and each.return_on < project.today and each.returned_on is None
        ]
        if late:
            yield RULE.finding(f"workshop:{workshop.id}", due=min(late), waiting=len(late))
