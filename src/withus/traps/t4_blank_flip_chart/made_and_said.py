"""
Praise: people made something, could say what they needed, and know what happens with it.

## What it looks for

A workshop that was held, with a quarter or more of its working time for making something that shut nobody out, and five or
more private cards of which nine of ten say "I could say what I needed to say" and nine of ten "I know what happens next".

## Why it hurts

It does not. It is what pictures, objects and walks are for, and it was said by the people themselves.

## Where this comes from

Picture methods: people were on track more, and felt more listened to (E). Nine of ten is ours (D).

## What it cannot see

Whether it was the making. Ask.
"""

from withus.facts.access import shut_out
from withus.facts.making import creative_methods, making
from withus.facts.project import Project
from withus.facts.small import SMALLEST
from withus.traps.rule import N_, Judged, Level, Rule, Stricter
from withus.traps.t4_blank_flip_chart.only_words import ICE_BREAKER

RULE = Rule(
    code="T420",
    name="made-and-said",
    level=Level.PRAISE,
    since="0.1",
    sentence=N_(
        "People made something. They say on private cards that they could say what they needed, and that they know what happens next."
    ),
    way_out=(N_("Keep the method, and tell others how you did it."),),
)
NEARLY_ALL = 0.9  # D
STRICTER = {"NEARLY_ALL": Stricter.MORE}


def check(project: Project) -> Judged:
    methods = {each.id: each for each in project.methods}
    for workshop in project.workshops:
        pulse = workshop.live.pulse if workshop.live else None
        if pulse is None or pulse.asked is None or pulse.could_say is None or not creative_methods(project, workshop):
            continue
        used = [methods[each.method] for each in workshop.plan or () if each.method]
        if any(shut_out(workshop, each) for each in used) or making(project, workshop).creative_share < ICE_BREAKER:
            continue
        least = min(pulse.could_say, pulse.know_next or 0)
        if pulse.asked >= SMALLEST and least >= NEARLY_ALL * pulse.asked:
            yield RULE.finding(f"workshop:{workshop.id}")
