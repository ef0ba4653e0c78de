"""
The plan fills all of the booked time, or more than it.

## What it looks for

Slack blocks, booked minutes that no block fills, time for parked subjects, a long meal, and venting beyond what the
subject needs: together less than a tenth of the time (three twentieths where the subject carries much feeling). Or blocks
that are longer than the booking. No plan, or one that is mostly open talk, is room. Short and calm workshops, up to an
hour, only have to fit. A notice where it was held and nearly all cards say that people could say what they needed to.

## Why it hurts

The first thing that runs over is somebody's story, and the clock wins. Running over the end is no cure: people depend on
buses, carers and medicine, so the room has to be inside the booked time.

## Where this comes from

Soutar (2023), trap 2: be ready to scrap the plan (P). Ulster University: do not run over (G). The shares are ours (D).

## What it cannot see

A facilitator who lets go of the plan in good time.
"""

from withus.facts.cards import heard
from withus.facts.minutes import all_known, blocks, booked, length, open_talk, over
from withus.facts.project import Project
from withus.facts.room import come_and_go, followed, free, ran_over
from withus.facts.words import Emotive
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T202",
    name="no-slack",
    level=Level.WARN,
    since="0.1",
    sentence=N_("The plan leaves %(slack)s minutes of %(length)s free. This looks tight."),
    way_out=(
        N_("Take a block of information or discussion out, or make it shorter."),
        N_("Or book a longer time, and tell everybody before they come."),
    ),
)
LEAST, LEAST_EMOTIVE, SHORT = 0.1, 0.15, 60  # D
STRICTER = {"LEAST": Stricter.MORE, "LEAST_EMOTIVE": Stricter.MORE, "SHORT": Stricter.LESS}
TOO_LONG = N_("The plan is longer than the booked time: %(over)s minutes too long, of %(length)s.")


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        if workshop.plan is None or not blocks(workshop) or followed(workshop) or come_and_go(workshop):
            continue
        where = f"workshop:{workshop.id}"
        level = Level.NOTICE if heard(workshop) else RULE.level
        if booked(workshop) is None or not all_known(workshop):
            yield RULE.cannot_tell(f"workshops.{workshop.id}.ends", f"workshops.{workshop.id}.plan.minutes")
        elif over(workshop):
            if not _fitted(workshop):
                yield RULE.finding(where, level=level, sentence=TOO_LONG, over=over(workshop), length=length(workshop))
        elif not open_talk(workshop) and not _short_and_calm(project, workshop):
            minutes = free(project, workshop)
            least = LEAST_EMOTIVE if project.emotive is Emotive.HIGH else LEAST
            if minutes < least * length(workshop):
                yield RULE.finding(where, level=level, slack=minutes, length=length(workshop))


def _short_and_calm(project: Project, workshop: Workshop) -> bool:
    return length(workshop) <= SHORT and project.emotive is not Emotive.HIGH


def _fitted(workshop: Workshop) -> bool:
    """It was held, and it ended in time."""
    return workshop.live is not None and workshop.live.ended is not None and not ran_over(workshop)
