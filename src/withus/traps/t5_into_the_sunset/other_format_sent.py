"""
Somebody asked to be told in another format, and it was not sent.

## What it looks for

After something was told: formats that people asked for and that are not among those sent. In the web app these are Easy Read
and other languages, and one is sent when every answer that stands can be read in it.

## Why it hurts

A letter to somebody who asked for audio was sent to the file, not to the person.

## Where this comes from

The NHS Accessible Information Standard (G, L for those bound by it). The Scottish standard: right formats (G).

## What it cannot see

Somebody who read it out on the phone.
"""

from withus.facts.dues import rounds, tells_outcome
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T512",
    name="other-format-sent",
    level=Level.WARN,
    since="0.1",
    sentence=N_("People asked to be told in another way: %(formats)s. Not everything was told so."),
    way_out=(N_("Make it in that format, and tell those who asked for it."),),
)


def check(project: Project) -> Judged:
    told = project.feedback
    if told is None or not told.formats_asked or not any(tells_outcome(each) for each in rounds(project)):
        return
    if told.formats_sent is None:
        yield RULE.cannot_tell("feedback.formats_sent")
        return
    sent = {plain(each) for each in told.formats_sent}
    unsent = sorted(name for name, people in told.formats_asked.items() if people and plain(name) not in sent)
    if unsent:
        yield RULE.finding("feedback", formats=", ".join(unsent))
