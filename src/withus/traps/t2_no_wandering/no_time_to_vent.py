"""
A subject that carries much feeling, and no real time to vent.

## What it looks for

Where the project says that the subject is highly emotive: a workshop with less than fifteen minutes, or less than a
tenth of its time, for venting; or venting that begins only after six tenths of the time. No plan at all, a plan that is
mostly open talk, and open time that in fact happened are room enough; so is a welcome or a discussion whose note says
that it is open talk. Where an earlier workshop of the series gave that room, a tenth of free time is enough, and less is
only a notice. It is also a notice where nearly all private cards say that people could say what they needed to, and where
the plan only tells. Where not all is known that could show room, it warns and does not stop.

## Why it hurts

People bring what happened to them. When there is no place for it, it either comes out against the plan or stays unsaid.

## Where this comes from

Soutar (2023), trap 2: time to vent on emotive subjects (P). Liabo and others: groups ask for an opportunity to share
experience (E). The minutes are our own line (D); no source gives a number.

## What it cannot see

Feeling that finds its room over the soup. Where it is not known how emotive the subject is, it does not tell.
"""

from withus.facts.asked import only_tells
from withus.facts.cards import heard, silent
from withus.facts.minutes import NOT_WORK, all_known, blocks, booked, by_kind, length, open_talk
from withus.facts.project import Project
from withus.facts.room import first_begins, followed, free, venting
from withus.facts.words import Emotive
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule, Stricter

RULE = Rule(
    code="T201",
    name="no-time-to-vent",
    level=Level.STOP,
    since="0.1",
    sentence=N_("This subject carries much feeling. The plan has %(venting)s minutes to vent, of %(length)s."),
    way_out=(
        N_(
            "Give at least %(wanted)s minutes to open talk in the first half. Take them from information or discussion."
        ),
        N_("Or ask the group what they need to say first, and plan the rest after it."),
    ),
)
LEAST_MINUTES, LEAST_SHARE, LATEST = 15, 0.1, 0.6  # D
STRICTER = {"LEAST_MINUTES": Stricter.MORE, "LEAST_SHARE": Stricter.MORE, "LATEST": Stricter.LESS}
LATE = N_("This subject carries much feeling. Time to vent comes only after %(begins)s of %(length)s minutes.")


def check(project: Project) -> Judged:
    if project.emotive is not None and project.emotive is not Emotive.HIGH:
        return
    dated = all(each.on is not None for each in project.workshops)
    roomy, sure = not dated and any(map(_gives_room, project.workshops)), dated
    for workshop in sorted(project.workshops, key=lambda each: (each.on or project.today, each.id)):
        if workshop.plan is None or not blocks(workshop) or open_talk(workshop) or followed(workshop):
            roomy = roomy or open_talk(workshop) or followed(workshop)
            sure = sure and workshop.plan is not None
            continue
        if project.emotive is None:
            yield RULE.cannot_tell("emotive")
        elif not all_known(workshop):
            sure = False
            yield RULE.cannot_tell(f"workshops.{workshop.id}.plan.minutes")
        else:
            sure = sure and known(workshop)
            found = list(_short(workshop, _level(workshop, roomy=roomy, sure=sure)))
            if not (roomy and free(project, workshop) >= LEAST_SHARE * length(workshop)):
                yield from found
            roomy = roomy or not found


def _gives_room(workshop: Workshop) -> bool:
    """It may have been the first of the series, where the days are not all known."""
    if workshop.plan is None or not blocks(workshop) or open_talk(workshop) or followed(workshop):
        return workshop.plan is not None
    return all_known(workshop) and not list(_short(workshop, RULE.level))


def _level(workshop: Workshop, *, roomy: bool, sure: bool) -> Level:
    """An evening that only tells, or one after open talk or with content cards, asks no more than a look at it."""
    if roomy or heard(workshop) or only_tells(workshop):
        return Level.NOTICE
    return RULE.level if sure else Level.WARN


def known(workshop: Workshop) -> bool:
    """All that could show room is known: what is booked, and, where it was held, what really happened."""
    live = workshop.live
    started = {block.starts is None for block in blocks(workshop)}
    if booked(workshop) is None or len(started) > 1:
        return False
    if live is None:
        return True
    return None not in (live.wandering, live.actual_minutes, silent(live.pulse))


def _short(workshop: Workshop, level: Level) -> Judged:
    whole, minutes = length(workshop), venting(workshop)
    if not any(spent and kind not in NOT_WORK for kind, spent in by_kind(workshop).items()):
        return
    wanted = max(LEAST_MINUTES, round(LEAST_SHARE * whole))
    where, begins = f"workshop:{workshop.id}", first_begins(workshop)
    if minutes < LEAST_MINUTES or minutes < LEAST_SHARE * whole:
        yield RULE.finding(where, level=level, venting=minutes, length=whole, wanted=wanted)
    elif begins is not None and begins > LATEST * whole:
        yield RULE.finding(where, level=level, sentence=LATE, begins=begins, length=whole, wanted=wanted)
