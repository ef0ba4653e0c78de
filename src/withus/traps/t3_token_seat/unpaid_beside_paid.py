"""
Members with lived experience give their time unpaid beside people who are paid for it.

## What it looks for

A workshop longer than an hour, not led by its members, in which some with lived experience are unpaid while others in the
same room are salaried or paid. Who declined payment does not count. At an evening that is called consulting or involving,
to which more of them come than of the others, it is a notice.

## Why it hurts

It says whose knowledge is worth something. And it lets in only those who can afford to come.

## Where this comes from

NIHR payment guidance; nobody worse off, policy agreed before (G). The hour is our own line (D).

## What it cannot see

Payment in another form: a voucher, travel, a course.
"""

from withus.facts.minutes import length
from withus.facts.mix import MAJORITY, of_room, user_led
from withus.facts.project import Project
from withus.facts.words import Claim, Pay
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T307",
    name="unpaid-beside-paid",
    level=Level.WARN,
    since="0.1",
    sentence=N_("%(unpaid)s people with lived experience are unpaid beside others who are paid to be there."),
    way_out=(
        N_("Offer payment, and say how it can be declined or taken in another way."),
        N_("Ask who holds the budget what can be paid, and tell people before they come."),
    ),
)
TRIVIAL = 60  # D
STRICTER = {"TRIVIAL": Stricter.LESS}
ASKED = frozenset({Claim.INFORMING, Claim.CONSULTING, Claim.INVOLVING})


def check(project: Project) -> Judged:
    for workshop in project.workshops:
        people = [each for each in workshop.people or () if each.count != 0]
        unpaid = sum(each.count or 1 for each in people if each.lived and each.pay is Pay.UNPAID)
        paid = any(each.lived is False and each.pay in (Pay.SALARIED, Pay.PAID) for each in people)
        trivial = 0 < length(workshop) <= TRIVIAL
        if unpaid and paid and not trivial and not user_led(workshop):
            found = of_room(workshop)
            evening = project.claim in ASKED and found is not None and found.lived > MAJORITY * found.room
            level = Level.NOTICE if evening else RULE.level
            yield RULE.finding(f"workshop:{workshop.id}", level=level, unpaid=unpaid)
        elif paid and any(each.lived and each.pay is None for each in people):
            yield RULE.cannot_tell(f"workshops.{workshop.id}.people.pay")
