"""
A workshop went on well past its booked end.

## What it looks for

A workshop that was held and ended fifteen minutes or more after the booked end. Groups that are led by their members stay
as long as they like.

## Why it hurts

People depend on buses, carers and medicine. Whoever has to leave misses the end, and whoever stays may miss the lift.

## Where this comes from

Ulster University: do not run over; some people have transport and support booked (G). Fifteen minutes are ours (D).

## What it cannot see

Whether everybody was asked and agreed. That is why it is only a notice.
"""

from withus.facts.mix import user_led
from withus.facts.project import Project
from withus.facts.room import ran_over
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T210",
    name="ran-over",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("On %(held)s the workshop went on for %(over)s minutes after its booked end."),
    way_out=(
        N_("Ask who had to leave, and what they would have said."),
        N_("Ask the group whether to plan less or to book a longer time, and tell everybody before they come."),
    ),
)
TOLERATED, NEXT_DAY = 15, 12 * 60  # D; an end half a day later is a slip of the pen
STRICTER = {"TOLERATED": Stricter.LESS}


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        over = ran_over(workshop)
        if workshop.on is not None and TOLERATED <= over < NEXT_DAY and not user_led(workshop):
            yield RULE.finding(f"workshop:{workshop.id}", held=workshop.on, over=over)
