"""
What people may change was narrowed after the invitation, and people were not told in time, or were not weighed again.

## What it looks for

A change after the first invitation that takes something away and was told to people later than seven days after it, or
not at all. Also a decision taken after such a change although what people had given was, as is known, not weighed again.
It warns where people were told within the week, and yet only after it was settled; it is a notice where they were told
within four weeks, before anything was asked or settled, or are asked again since they were told and before it is settled,
and everything was weighed again. A change that is announced, with its
reason, and reopened for input is no finding; neither is one that opens more, or that members took in a workshop.

## Why it hurts

People were asked one question, and their answers are used for another one.

## Where this comes from

R (WX) v Northamptonshire: lawful until the money ran out, then the harsher choice was made without weighing the answers
again (L). Seven days is our own line (D).

## What it cannot see

A change that nobody wrote down. Where it is left out what held before, or what holds now, it does not tell, unless it can
only have got less.
"""

from datetime import date, timedelta

from withus.facts.asked import days_asked, decided_by_the_room, members_decide
from withus.facts.decision import Change, Decision
from withus.facts.project import Project
from withus.facts.words import Openness
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T107",
    name="narrowed-and-not-told",
    level=Level.STOP,
    since="0.1",
    sentence=N_(
        "What can change about “%(decision)s” was narrowed on %(changed)s. People were not told within %(days)s days."
    ),
    way_out=(
        N_("Tell everybody who was invited what moved, when and why, and take answers again after that."),
        N_(
            "Ask those who gave before what they would say now, look at all of it again, and write down what that changed."
        ),
    ),
)
TELL_WITHIN, MENDED_WITHIN = timedelta(days=7), timedelta(days=28)  # D
STRICTER = {"TELL_WITHIN": Stricter.LESS}
NOT_WEIGHED = N_(
    "“%(decision)s” was settled on %(settled)s. What people gave before the change of %(changed)s was not weighed again."
)
AFTERWARDS = N_(
    "What can change about “%(decision)s” was narrowed on %(changed)s. It was settled before people were told of that."
)
_ROOM = {Openness.OPEN: 2, Openness.WITHIN_LIMITS: 1, Openness.SETTLED: 0}


def check(project: Project) -> Judged:
    for change in sorted(project.changes, key=lambda each: (each.on or date.max, each.decision or "")):
        if change.on is None or _widened(change) or _before_invitation(project, change):
            continue
        decision = next((each for each in project.decisions if each.id == change.decision), None)
        if any(each.on == change.on and members_decide(each) for each in project.workshops):
            continue
        where = f"decision:{change.decision}" if change.decision else "project"
        what = (decision.what or decision.id) if decision else project.title
        last_day = change.on + TELL_WITHIN
        if (change.told_on is None and project.today > last_day) or (change.told_on and change.told_on > last_day):
            if _direction_unknown(change):
                yield RULE.cannot_tell("changes.before", "changes.after")
                continue
            if _no_harm(project, decision, change):
                yield RULE.finding(where, level=Level.NOTICE, decision=what, changed=change.on, days=TELL_WITHIN.days)
                continue
            unsure = change.told_on is not None and change.input_reconsidered is None
            sure = _narrowed(change) and decision is not None and project.invited_on is not None and not unsure
            level = RULE.level if sure else Level.WARN
            yield RULE.finding(where, level=level, decision=what, changed=change.on, days=TELL_WITHIN.days)
        elif decision is not None and _told_too_late(project, decision, change):
            if None in (change.before, change.after):
                yield RULE.cannot_tell("changes.before", "changes.after")
                continue
            yield RULE.finding(where, level=Level.WARN, sentence=AFTERWARDS, decision=what, changed=change.on)
        elif decision is not None and _gave_before(project, decision, change.on):
            yield from _weighed(decision, change, where)


def _weighed(decision: Decision, change: Change, where: str) -> Judged:
    settled = decision.settled_on
    if settled is None or change.on is None or settled < change.on:
        return
    if change.input_reconsidered is None:
        yield RULE.cannot_tell(f"changes.{decision.id}.input_reconsidered")
    elif not change.input_reconsidered:
        what = decision.what or decision.id
        yield RULE.finding(where, sentence=NOT_WEIGHED, decision=what, settled=settled, changed=change.on)


def _no_harm(project: Project, decision: Decision | None, change: Change) -> bool:
    """
    All weighed again, and asked again, since people were told and before it was settled; or told within four weeks, before anybody was
    asked again or it was settled.
    """
    on, told = change.on, change.told_on
    if decision is None or on is None or told is None or not change.input_reconsidered:
        return False
    if any(day > told and (decision.settled_on or day) >= day for day in days_asked(project, decision)):
        return True
    if told > on + MENDED_WITHIN:
        return False
    between = any(on <= day < told for day in days_asked(project, decision))
    return not between and not (decision.settled_on is not None and on <= decision.settled_on < told)


def _told_too_late(project: Project, decision: Decision, change: Change) -> bool:
    """Within the week, and yet after it was settled: nobody could say a word to it."""
    settled, told = decision.settled_on, change.told_on
    if settled is None or told is None or change.on is None or not change.on <= settled < told:
        return False
    return not _settles(change) and decided_by_the_room(project, decision) is False


def _settles(change: Change) -> bool:
    return _room(change.after) == _ROOM[Openness.SETTLED]


def _gave_before(project: Project, decision: Decision, day: date) -> bool:
    return any(asked <= day for asked in days_asked(project, decision))


def _before_invitation(project: Project, change: Change) -> bool:
    return project.invited_on is not None and change.on is not None and change.on < project.invited_on


def _room(word: str | None) -> int | None:
    return _ROOM[Openness(word)] if word in set(Openness) else None


def _narrowed(change: Change) -> bool:
    before, after = _room(change.before), _room(change.after)
    return before is not None and after is not None and after < before


def _direction_unknown(change: Change) -> bool:
    """From open, or to settled, it can only have got less; else both words are needed."""
    sure = _room(change.before) == _ROOM[Openness.OPEN] or _settles(change)
    return None in (change.before, change.after) and not sure


def _widened(change: Change) -> bool:
    before, after = _room(change.before), _room(change.after)
    return before is not None and after is not None and after > before
