"""
Two people with lived experience, or a small share of the room where it claims to make things together.

## What it looks for

A mixed workshop of more than three in which two people with lived experience make up less than four tenths; or, where the
project claims to co-design or co-produce, any number below four tenths. It is lifted where the few have real weight: they
chair or co-chair, were offered preparation, and the room decides by consensus, unanimously or with their majority; and where
it is their own meeting: they chair, they alone vote, and the others were asked in.

## Why it hurts

Numbers are not all, but with few and a majority rule people speak less and are listened to less.

## Where this comes from

Karpowitz, Mendelberg and Shaker (2012): few under majority speak less; under unanimity the gap closes (E+, on gender, not
on service users). SCIE and 4Pi (P). The shares are ours (D).

## What it cannot see

Whether the few are listened to. T310 looks at talk, where a group chose to count it. Where all but
one of the facts that would lift it are there, and that one is not known, it does not tell.
"""

from withus.facts.mix import claims_together, of_room, plain
from withus.facts.project import Project
from withus.facts.voting import has_veto, members_run_it, only_members_vote
from withus.facts.words import Claim
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T302",
    name="few-among-many",
    level=Level.WARN,
    since="0.1",
    sentence=N_("%(lived)s people with lived experience are in a room of %(room)s."),
    way_out=(
        N_("Invite more people with lived experience, or ask which of the others need to be there."),
        N_("Or give the few real weight: they chair, they prepare, and nothing is decided without them."),
    ),
)
SHARE, FEW, SMALL_ROOM = 0.4, 3, 3  # D
STRICTER = {"SHARE": Stricter.MORE}
_OTHERS = frozenset({"staff", "manager", "professional", "officer", "clinician"})
_SHARED = frozenset({"both", "co chair", "co chairs", "co chaired", "member and staff", "staff and member", "shared"})


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING:
        return
    for workshop in project.workshops:
        found = of_room(workshop)
        if found is None or found.room <= SMALL_ROOM or found.lived < FEW - 1 or found.share >= SHARE:
            continue
        if found.lived >= FEW and not claims_together(project):
            continue
        if not found.known:
            yield RULE.cannot_tell(f"workshops.{workshop.id}.people.lived")
        elif missing := weight_unknown(workshop):
            yield RULE.cannot_tell(f"workshops.{workshop.id}.{missing}")
        elif not weighty(workshop):
            yield RULE.finding(f"workshop:{workshop.id}", lived=found.lived, room=found.room)


def weighty(workshop: Workshop) -> bool:
    """A veto with the chair and preparation outweighs few seats; so does a meeting of their own, to which others come."""
    veto = has_veto(workshop) and shares_the_chair(workshop) and workshop.pre_meeting
    return members_run_it(workshop) is True or veto is True


def shares_the_chair(workshop: Workshop) -> bool | None:
    """None: not known who chairs, or whether they have lived experience."""
    chair = workshop.chair
    if chair is None:
        return None
    role = plain(chair.role or "")
    if chair.lived or role in _SHARED:
        return True
    return False if chair.lived is False or role in _OTHERS else None


def weight_unknown(workshop: Workshop) -> str | None:
    """All but one of the facts that would lift it are there, and that one is not written down."""
    weight = {
        "decision_rule": has_veto(workshop) if workshop.decision_rule else None,
        "chair": shares_the_chair(workshop),
        "pre_meeting": workshop.pre_meeting,
    }
    theirs = {"chair": workshop.chair.lived if workshop.chair else None, "people.votes": only_members_vote(workshop)}
    for known in (weight, theirs if members_run_it(workshop) is None else {}):
        unknown = [name for name, value in known.items() if value is None]
        if len(unknown) == 1 and False not in known.values():
            return unknown[0]
    return None
