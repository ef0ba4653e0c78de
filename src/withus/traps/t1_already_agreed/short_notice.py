"""
People were asked to come, or to answer, at very short notice.

## What it looks for

The days from the first invitation to the first workshop: under fourteen is a notice, under seven warns (under 28 and
under fourteen where the subject carries much feeling). Where people can only write in: under twelve weeks is a
notice, under four warns. Where the subject carries little feeling it is never more than a notice. Where people may
also answer for four weeks or more, a warning is a notice and a notice is none. A group that is led by its members
sets its own dates, unless somebody outside of it decides; later days of a series are not counted.

## Why it hurts

Those who need a carer, a bus, an interpreter or a good day cannot come. Those who are used to meetings can.

## Where this comes from

The third Gunning principle: adequate time (L, for UK public bodies that consult), without a figure. Twelve weeks are
custom, not law (G). Aarhus Convention, article 6: early notice (L, environment). The other days are our own lines (D).

## What it cannot see

A date that people chose together before anything was sent, and a good reason for haste. Explain it there.
Where it is not known of all in the room who they are, and they may be members, it does not tell.
"""

from datetime import date

from withus.facts.asked import is_open, may_be_members
from withus.facts.mix import may_be_user_led, member_chairs, user_led
from withus.facts.project import Project
from withus.facts.words import Claim, Emotive
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Finding, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T108",
    name="short-notice",
    level=Level.NOTICE,
    since="0.1",
    sentence=N_("People were invited on %(invited)s to a workshop on %(first)s: %(days)s days before."),
    way_out=(
        N_("Ask those who could not come which day would do, and add it, further off."),
        N_("Or, while it is open, take answers for longer, by phone and on paper too, and tell everybody until when."),
    ),
)
DAYS_MEETING, DAYS_MEETING_EMOTIVE = (14, 7), (28, 14)  # D: notice, warn
DAYS_WRITING = (84, 28)  # twelve weeks: custom (G); four: D
STRICTER = {"DAYS_MEETING": Stricter.MORE, "DAYS_MEETING_EMOTIVE": Stricter.MORE, "DAYS_WRITING": Stricter.MORE}
WRITING = N_("People could answer from %(invited)s until %(first)s: %(days)s days.")


def check(project: Project) -> Judged:
    invited = project.invited_on
    if project.claim is Claim.INFORMING or (project.decisions and not any(map(is_open, project.decisions))):
        return
    first = min(project.workshops, key=lambda each: (each.on or date.max, each.id), default=None)
    asked = project.input_closes if first is None else first.on
    if asked is None or (first is not None and user_led(first) and not _for_others(project, first)):
        return
    if invited is None:
        yield RULE.cannot_tell("invited_on")
    elif first is not None and may_be_user_led(first) and not _for_others(project, first):
        yield RULE.cannot_tell(f"workshops.{first.id}.people", f"workshops.{first.id}.chair")
    elif invited <= asked:
        yield from _short(project, invited, asked, writing=first is None)


def _for_others(project: Project, first: Workshop) -> bool:
    """Somebody outside of the group is named as deciding all that is open, and no member is known to chair: their date."""
    open_ones = [each for each in project.decisions if is_open(each)]
    return bool(open_ones) and not member_chairs(first) and not any(may_be_members(each, [first]) for each in open_ones)


def _short(project: Project, invited: date, asked: date, *, writing: bool) -> list[Finding]:
    meeting = DAYS_MEETING_EMOTIVE if project.emotive is Emotive.HIGH else DAYS_MEETING
    few, very_few = DAYS_WRITING if writing else meeting
    days = (asked - invited).days
    if days >= few:
        return []
    later = (
        not writing and project.input_closes is not None and (project.input_closes - invited).days >= DAYS_WRITING[1]
    )
    warns = days < very_few and project.emotive is not Emotive.LOW
    if later and not warns:
        return []
    level = Level.WARN if warns and not later else RULE.level
    sentence = WRITING if writing else RULE.sentence
    return [RULE.finding("project", level=level, sentence=sentence, invited=invited, first=asked, days=days)]
