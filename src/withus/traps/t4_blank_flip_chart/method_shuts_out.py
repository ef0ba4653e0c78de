"""
A method needs what somebody invited does not have, and nothing is booked for it.

## What it looks for

A method in the plan that requires an ability, an invited person with a need that says that it is missing, no adaptation
booked that stands in for it, and no support for that person that does. Where the adaptations are not written down, it does
not tell. Where that person's supports are not, it warns if nothing at all is booked for the method, and else does not tell.

## Why it hurts

A gallery walk is an invitation to stay on your chair. The person learns that the fun part was not meant for them.

## Where this comes from

Creative methods can exclude: a point about walking is moving, not walking (E, P). NHS England and SCIE on making meetings
accessible (G). The lists of words are ours (D).

## What it cannot see

Needs that nobody named, and helpers who simply do it.
"""

from withus.facts.access import presumed_shut_out, shut_out, unclear
from withus.facts.minutes import blocks
from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T405",
    name="method-shuts-out",
    level=Level.STOP,
    since="0.1",
    sentence=N_("“%(method)s” needs %(abilities)s. Somebody invited said that they do not have this."),
    way_out=(
        N_("Book an adaptation that does the same without %(abilities)s, for everybody."),
        N_("Or choose another method from the library. Ask the person what works for them."),
    ),
)


def check(project: Project) -> Judged:
    methods = {each.id: each for each in project.methods}
    for workshop in project.workshops:
        used = {block.method for block in blocks(workshop) if block.method is not None}
        for name in sorted(used):
            method = methods[name]
            surely = not presumed_shut_out(workshop, method)
            if abilities := shut_out(workshop, method, surely=surely):
                where, level = f"workshop:{workshop.id}", RULE.level if surely else Level.WARN
                yield RULE.finding(where, level=level, method=method.name or name, abilities=", ".join(abilities))
            elif shut_out(workshop, method):
                yield RULE.cannot_tell(f"workshops.{workshop.id}.people.supports")
            elif unclear(workshop, method):
                yield RULE.cannot_tell(f"methods.{name}.adaptations")
