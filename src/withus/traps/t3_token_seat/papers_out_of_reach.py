"""
Papers came late, or are long, and members with lived experience are the few who did not write them.

## What it looks for

Where there are papers, and members with lived experience are not the majority: papers sent less than a week before, or
longer than ten pages. Both together, or papers of more than two pages on the day itself, are a warning. One of the two is
a notice, and none at all where members were offered a meeting beforehand.

## Why it hurts

Who reads for a living has read them. The others nod.

## Where this comes from

Lanarkshire Links: agenda and plain minutes at least one week ahead (P). NHS England and SCIE on papers in good time and in
easy words (G). Ten pages is ours (D).

## What it cannot see

A short version that went with the long one, and whether somebody went through it with people on the phone.
"""

from withus.facts.mix import MAJORITY, of_room
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T308",
    name="papers-out-of-reach",
    level=Level.WARN,
    since="0.1",
    sentence=N_("The papers have %(pages)s pages and went out %(days)s days before the workshop."),
    way_out=(
        N_("Write two pages in plain words, and send them today, in the formats that people asked for."),
        N_("Offer to go through them together before the workshop, or start with what is in them."),
    ),
)
LATE = N_("The papers went out %(days)s days before the workshop.")
LONG = N_("The papers have %(pages)s pages.")
WEEK, PAGES, SHORT = 7, 10, 2  # P, D, D
STRICTER = {"WEEK": Stricter.MORE, "PAGES": Stricter.LESS}


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        if not few_beside_many(workshop):
            continue
        days, pages = days_before(workshop), workshop.papers_pages
        late, long = days is not None and days < WEEK, pages is not None and pages > PAGES
        where, prepared = f"workshop:{workshop.id}", workshop.pre_meeting is True
        on_the_day = days is not None and days <= 0 and pages is not None and pages > SHORT
        if days is not None and pages is not None and ((late and long) or on_the_day):
            yield RULE.finding(where, level=Level.NOTICE if prepared else RULE.level, days=max(days, 0), pages=pages)
        elif days is not None and late and not prepared and (pages is None or pages > SHORT):
            yield RULE.finding(where, level=Level.NOTICE, sentence=LATE, days=max(days, 0))
        elif pages is not None and long and not prepared:
            yield RULE.finding(where, level=Level.NOTICE, sentence=LONG, pages=pages)


def days_before(workshop: Workshop) -> int | None:
    if workshop.on is None or workshop.papers_sent_on is None:
        return None
    return (workshop.on - workshop.papers_sent_on).days


def few_beside_many(workshop: Workshop) -> bool:
    """Known to be there, and known not to be the majority: a group of members sets its own pace."""
    found = of_room(workshop)
    return found is not None and found.known and found.lived > 0 and found.share <= MAJORITY
