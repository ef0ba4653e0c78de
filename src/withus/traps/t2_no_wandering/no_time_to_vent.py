"""
A subject that carries much feeling, and no real time to vent.

## What it looks for

Where the project says that the subject is highly emotive: a workshop with less than fifteen minutes, or less than a
tenth of its time, for venting; or venting that begins only after six tenths of the time. No plan at all, a plan that is
mostly open talk, and open time that in fact happened are room enough. Where an earlier workshop of the series gave that
room, it is only a notice.

## Why it hurts

People bring what happened to them. When there is no place for it, it either comes out against the plan or stays unsaid.

## Where this comes from

Soutar (2023), trap 2: time to vent on emotive subjects (P). Liabo and others: groups ask for an opportunity to share
experience (E). The minutes are our own line (D); no source gives a number.

## What it cannot see

Feeling that finds its room over the soup. Where it is not known how emotive the subject is, it does not tell.
"""

from withus.facts.minutes import NOT_WORK, all_known, blocks, by_kind, length, open_talk, starts
from withus.facts.project import Project
from withus.facts.words import BlockKind, Claim, Emotive, Wandering
from withus.facts.workshop import Workshop
from withus.traps.rule import N_, Judged, Level, Rule

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
LATE = N_("This subject carries much feeling. Time to vent comes only after %(begins)s of %(length)s minutes.")


def check(project: Project) -> Judged:
    if project.claim is Claim.INFORMING or (project.emotive is not None and project.emotive is not Emotive.HIGH):
        return
    roomy = False
    for workshop in sorted(project.workshops, key=lambda each: (each.on or project.today, each.id)):
        if workshop.plan is None or not blocks(workshop) or open_talk(workshop) or _followed(workshop):
            roomy = roomy or open_talk(workshop)
            continue
        if project.emotive is None:
            yield RULE.cannot_tell("emotive")
        elif not all_known(workshop):
            yield RULE.cannot_tell(f"workshops.{workshop.id}.plan.minutes")
        else:
            found = list(_short(workshop, Level.NOTICE if roomy else RULE.level))
            yield from found
            roomy = roomy or not found


def _short(workshop: Workshop, level: Level) -> Judged:
    whole, venting = length(workshop), by_kind(workshop)[BlockKind.VENTING]
    if not any(minutes and kind not in NOT_WORK for kind, minutes in by_kind(workshop).items()):
        return
    wanted = max(LEAST_MINUTES, round(LEAST_SHARE * whole))
    where = f"workshop:{workshop.id}"
    if venting < LEAST_MINUTES or venting < LEAST_SHARE * whole:
        yield RULE.finding(where, level=level, venting=venting, length=whole, wanted=wanted)
        return
    begins = [
        start
        for block, start in zip(blocks(workshop), starts(workshop), strict=True)
        if block.kind is BlockKind.VENTING
    ]
    if begins and min(begins) > LATEST * whole:
        yield RULE.finding(where, level=level, sentence=LATE, begins=min(begins), length=whole, wanted=wanted)


def _followed(workshop: Workshop) -> bool:
    return workshop.live is not None and workshop.live.wandering is Wandering.FOLLOWED
