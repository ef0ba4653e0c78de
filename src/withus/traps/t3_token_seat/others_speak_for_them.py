"""
Relatives or carers sit there for the people themselves.

## What it looks for

Groups whom the service is for, none of them a group of relatives or carers, and members with lived experience of whom
every one is a relative, a parent or a carer. Where the people are babies, or have died, it is silent. Where somebody's
group is not written down, it does not tell.

## Why it hurts

A daughter knows much, and she is not her mother. What the two want is often not the same.

## Where this comes from

Lanarkshire Links: service users and carers, each for themselves (P). "Nothing about us without us" (P).

## What it cannot see

A supporter who says only what the person asked them to say, and people who were met at home.
"""

from withus.facts.mix import plain
from withus.facts.project import Project
from withus.facts.words import Claim
from withus.facts.workshop import People
from withus.traps.rule import N_, Judged, Level, Rule

RULE = Rule(
    code="T314",
    name="others-speak-for-them",
    level=Level.WARN,
    since="0.1",
    sentence=N_(
        "The service is for: %(groups)s. Those with lived experience in the workshops are all relatives or carers."
    ),
    way_out=(
        N_(
            "Ask the people themselves, in a way that suits them: at home, with pictures, with somebody they choose. "
            "Keep the relatives, as a group of their own."
        ),
    ),
)
# By the start of a word. Our own lists (D).
RELATIVES = ("carer", "caregiver", "relative", "famil", "parent", "mother", "father", "mum", "dad", "daughter", "son",
             "spouse", "wife", "wives", "husband", "partner", "next of kin", "guardian", "grandparent")  # fmt: skip
NOT_THEMSELVES = ("bab", "infant", "newborn", "neonat", "unborn", "dead", "died", "deceased", "bereave", "toddler")


def check(project: Project) -> Judged:
    served = {plain(each) for each in project.groups or ()}
    if (
        not served
        or project.claim is Claim.INFORMING
        or any(_says(each, RELATIVES + NOT_THEMSELVES) for each in served)
    ):
        return
    rows = [each for room in project.workshops for each in room.people or () if each.count != 0]
    lived = [each for each in rows if each.lived]
    if not lived or not all(_relative(each) for each in lived):
        return
    if any(each.group is None for each in lived):
        yield RULE.cannot_tell("workshops.people.group")
    elif any(each.lived is None for each in rows) or any(each.people is None for each in project.workshops):
        yield RULE.cannot_tell("workshops.people.lived")
    else:
        yield RULE.finding("table", groups=", ".join(sorted(served)))


def _relative(row: People) -> bool:
    """The group counts; the role only where no group is written down."""
    return _says(plain(row.group or row.who or ""), RELATIVES)


def _says(words: str, starts: tuple[str, ...]) -> bool:
    return any(f" {each}" in f" {words}" for each in starts)
