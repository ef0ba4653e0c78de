"""
All creative parts speak to one sense only.

## What it looks for

Two or more creative methods in the project, all of them only to look at, or only to read and write, with no adaptation
booked for any.

## Why it hurts

Who does not think in pictures, or does not write with ease, is a guest in every one of them.

## Where this comes from

Creative methods help those who do not write or speak with ease, and leave others out (E, P). A mix reaches more (P).

## What it cannot see

What people do beside it.
"""

from withus.facts.making import creative_methods
from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T407",
    name="one-channel-only",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("All %(methods)s creative methods are of one kind: %(channel)s."),
    way_out=(
        N_("Choose one method with something to touch, to move, to hear or to tell."),
        N_("Offer each method in a second way for everybody: with objects, or with words only."),
    ),
)
CHANNELS = {
    N_("looking"): frozenset({"images", "image", "pictures", "photos", "photographs", "drawing", "video", "film", "comic"}),
    N_("reading and writing"): frozenset({"writing", "text", "cards with words", "reading", "words", "post its", "survey"}),
}  # fmt: skip
SEVERAL = 2  # D


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    used = {each.id: each for room in project.workshops for each in creative_methods(project, room)}
    if len(used) < SEVERAL or any(each.adaptations or not each.stimuli for each in used.values()):
        return
    stimuli = {plain(word) for each in used.values() for word in each.stimuli or ()}
    for channel, words in CHANNELS.items():
        if stimuli <= words:
            yield RULE.finding("methods", methods=len(used), channel=channel)
