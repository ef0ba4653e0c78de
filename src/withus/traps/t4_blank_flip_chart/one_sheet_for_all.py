"""
What people made is kept as one sheet of the table, or as the notes of staff.

## What it looks for

A creative method whose output is said to be a flip chart, minutes, a summary or notes of staff, and nothing of each person.

## Why it hurts

What one person said becomes a bullet point, in another hand. Afterwards nobody can be answered, because nobody knows who
gave what.

## Where this comes from

Official advice: themes and answers for each contribution (G). Who holds the pen decides what was said (P). The list of
words is ours (D); a word alone only asks, so this is a notice.

## What it cannot see

A photograph of each card, kept elsewhere.
"""

from withus.facts.making import creative_methods
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T406",
    name="one-sheet-for-all",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("What is left of “%(method)s” is one sheet or staff notes, not something of each person."),
    way_out=(
        N_("Keep each person's own piece: a card, a picture, a recording, with the words on their slip."),
        N_("Let people write in their own words, or ask somebody of their choice to write for them."),
    ),
)
SHEETS = ("flip chart", "flipchart", "minutes", "staff notes", "notes by staff", "summary by", "one sheet", "table sheet",
          "facilitator notes", "facilitators' notes", "bullet points", "whiteboard")  # fmt: skip
OWN = ("each", "own", "per person", "card", "everybody", "everyone", "every person")


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        for method in creative_methods(project, workshop):
            output = plain(method.output or "")
            if any(each in output for each in SHEETS) and not any(each in output for each in OWN):
                yield RULE.finding(f"workshop:{workshop.id}", method=method.name or method.id)
