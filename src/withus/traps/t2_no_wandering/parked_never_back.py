"""
The day on which a parked subject was to come back has passed.

## What it looks for

A parked subject with a day to return that has passed, and no day on which it did. Or a project that is closed while a
parked subject without a day is still waiting.

## Why it hurts

A promise with a date was made to somebody who had already been told to wait.

## Where this comes from

Soutar (2023), trap 2: a sheet of parked subjects that is discussed later (P). Practice on "parking lots" (P).

## What it cannot see

A subject that came back without anybody noting it. That is why it warns and does not stop.
"""

from withus.facts.project import Project
from withus.facts.words import Stage
from withus.facts.workshop import Parked
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


NO_DAY = N_(
    "The project is closed. Parked subjects without a day never came back, as far as is known. Waiting: %(waiting)s."
)


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        waiting = [each for each in workshop.parked or () if _waits(project, each)]
        late = [each.return_on for each in waiting if each.return_on is not None and each.return_on < project.today]
        if late:
            yield RULE.finding(f"workshop:{workshop.id}", due=min(late), waiting=len(late))
        elif project.stage is Stage.CLOSED and any(each.return_on is None for each in waiting):
            left = sum(each.return_on is None for each in waiting)
            yield RULE.finding(f"workshop:{workshop.id}", sentence=NO_DAY, waiting=left)


def _waits(project: Project, parked: Parked) -> bool:
    return parked.returned_on is None or parked.returned_on > project.today
