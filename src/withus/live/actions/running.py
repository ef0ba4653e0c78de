"""What the console does to a workshop. Order is a suggestion: people may go ahead, stay behind, or leave the plan."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.charter import actions as charter
from withus.findings.gate import gate
from withus.live.entries_running import (
    BlockBegun,
    LearningKept,
    PlanResumed,
    PlanScrapped,
    WorkshopEnded,
    WorkshopOpened,
)
from withus.live.models import Learned, ParkedSubject, Running
from withus.plan import actions as plan
from withus.plan.models import Block, BlockKind
from withus.projects import actions as projects
from withus.projects.models import Project, ProjectState
from withus.projects.refused import Refused
from withus.record import log as record
from withus.table.models import Workshop, WorkshopState

OPEN_TIME = 15
"""Minutes that open time gets when it starts by itself. It may take longer: nobody counts them down."""
LONGEST_STRETCH = 60


class NotRunning(Refused):
    sentence = _("This workshop is not open. Start it first.")


class HasEnded(Refused):
    sentence = _("This workshop has ended. What people gave is kept.")


class NothingNext(Refused):
    sentence = _("This is the last part of the plan. You can end the workshop whenever the group wants.")


class SayWhere(Refused):
    sentence = _("Say in a few words where the talk went, so that it can be found again.")


class PressedBefore(Refused):
    """A double press, somebody else's on the same page, or one that was sent again: the room is further on, and stays there."""

    sentence = _(
        "The room is further on than the page that you pressed on, so nothing was done twice. This is how it is now."
    )


class NothingToKeep(Refused):
    sentence = _("Write down what you learned first.")


def start(workshop: Workshop, *, by: Staff, now: datetime) -> Running:
    """Open the workshop: its room code works from now on. A stop that nobody has answered keeps it closed."""
    with record.writing(workshop.project, now=now) as log:
        fresh = Workshop.objects.get(pk=workshop.pk)
        if fresh.state == WorkshopState.ENDED:
            raise HasEnded
        running, _made = Running.objects.get_or_create(workshop=fresh)
        if fresh.state == WorkshopState.OPEN:
            return running
        charter.refuse_unless_ready(workshop.project)
        gate(workshop.project, "open workshop", now=now)
        workshop.state, workshop.opened_at = WorkshopState.OPEN, now
        workshop.save(update_fields=["state", "opened_at"])
        first = _after(workshop, None)
        running.block, running.block_since, running.extra_minutes = first, now, 0
        running.save()
        project: Project = workshop.project
        if project.state == ProjectState.PLANNED:
            projects.set_state(project, state=ProjectState.RUNNING, now=now)
        log.append(WorkshopOpened(), by=f"staff:{by.uid}", about=workshop.uid)
    return running


def end(workshop: Workshop, *, by: Staff, now: datetime) -> Workshop:
    """End it. Nothing is cleared. A parked subject that nobody took is from now on the one's who ends it, by name."""
    with record.writing(workshop.project, now=now) as log:
        running = _running(workshop)
        unowned = ParkedSubject.objects.filter(workshop=workshop, owner="", returned_on=None)
        count = unowned.update(owner=str(by), owner_agreed=True)
        workshop.state, workshop.ended_at = WorkshopState.ENDED, now
        workshop.save(update_fields=["state", "ended_at"])
        running.on_duty = ""
        running.save(update_fields=["on_duty"])
        log.append(WorkshopEnded(without_owner=count), by=f"staff:{by.uid}", about=workshop.uid)
    return workshop


def move_on(workshop: Workshop, *, by: Staff, now: datetime, seen: str | None = None) -> Running:
    """Begin the next part. `seen` is the part that the page showed: pressed twice, or by two at once, the room moves on once."""
    with record.writing(workshop.project, now=now) as log:
        running = _running(workshop)
        _as_seen(running, seen)
        following = _after(workshop, running.block)
        if following is None:
            raise NothingNext
        _begin(running, following, log, by=by, now=now)
    return running


def skip_next(workshop: Workshop, *, by: Staff, now: datetime, seen: str | None = None) -> Block:
    """
    Leave the next part out today. It stays in the plan as dropped, so that what it asks about is not forgotten. `seen` is the part that the
    page showed as the next: no other is left out.
    """
    with record.writing(workshop.project, now=now):
        following = _after(workshop, _running(workshop).block)
        if seen is not None and seen != _uid(following):
            raise PressedBefore
        if following is None:
            raise NothingNext
        return plan.remove_block(following, by=by, now=now)


def add_minutes(
    workshop: Workshop, *, minutes: int, by: Staff, now: datetime, seen: str | None = None, had: int | None = None
) -> Running:
    """
    Give this part more time. Spare time further on takes it up. `seen` is the part that the page showed, `had` the minutes that it had got
    by then: pressed twice, or by two at once, it gets them once.
    """
    with record.writing(workshop.project, now=now):
        running = _running(workshop)
        _as_seen(running, seen)
        if had is not None and had != running.extra_minutes:
            raise PressedBefore
        running.extra_minutes = min(LONGEST_STRETCH, running.extra_minutes + max(1, minutes))
        running.save(update_fields=["extra_minutes"])
    return running


def open_time(workshop: Workshop, *, by: Staff, now: datetime, seen: str | None = None) -> Running:
    """People are saying what they came to say: this turns into open time, and the rest of the plan moves back."""
    with record.writing(workshop.project, now=now) as log:
        running = _running(workshop)
        _as_seen(running, seen)
        if running.block is not None and running.block.kind == BlockKind.VENTING:
            return running
        place = running.block.order + 1 if running.block else 1
        fresh = plan.add_block(workshop, kind=BlockKind.VENTING, minutes=OPEN_TIME, by=by, now=now)
        plan.move_block(fresh, to=place, by=by, now=now)
        _begin(running, fresh, log, by=by, now=now)
    return running


def scrap_plan(workshop: Workshop, *, went_to: str, by: Staff, now: datetime) -> Running:
    """Leave the plan and follow the talk. The plan is kept, and where the talk went is written down."""
    if not went_to.strip():
        raise SayWhere
    with record.writing(workshop.project, now=now) as log:
        running = _running(workshop)
        if running.scrapped_at is not None and running.went_to == went_to.strip()[:300]:
            return running
        running.scrapped_at, running.went_to = now, went_to.strip()[:300]
        running.save(update_fields=["scrapped_at", "went_to"])
        log.append(PlanScrapped(), by=f"staff:{by.uid}", about=workshop.uid, words=running.went_to)
    return running


def bring_plan_back(workshop: Workshop, *, by: Staff, now: datetime) -> Running:
    """Go on with the plan where it was left. Where the talk went stays written down."""
    with record.writing(workshop.project, now=now) as log:
        running = _running(workshop)
        if running.scrapped_at is None:
            return running
        running.scrapped_at, running.block_since = None, now
        running.save(update_fields=["scrapped_at", "block_since"])
        log.append(PlanResumed(), by=f"staff:{by.uid}", about=workshop.uid)
    return running


def call_break(workshop: Workshop, *, by: Staff, now: datetime, seen: str | None = None) -> Running:
    """Begin a break now: the next planned one if there is one, else ten minutes more."""
    with record.writing(workshop.project, now=now) as log:
        running = _running(workshop)
        _as_seen(running, seen)
        if running.block is not None and running.block.kind == BlockKind.BREAK:
            return running
        place = running.block.order + 1 if running.block else 1
        rows = Block.objects.filter(workshop=workshop, dropped=False, kind=BlockKind.BREAK, order__gte=place)
        pause = rows.order_by("order").first() or plan.add_block(
            workshop, kind=BlockKind.BREAK, minutes=10, by=by, now=now
        )
        plan.move_block(pause, to=place, by=by, now=now)
        running.break_asked = False
        _begin(running, pause, log, by=by, now=now)
    return running


def set_on_duty(workshop: Workshop, *, who: str, by: Staff, now: datetime) -> Running:
    """Who can be talked to now, and how they are known. Empty: nobody, and every participant's page says so."""
    with record.writing(workshop.project, now=now):
        running = _running(workshop)
        running.on_duty = who.strip()[:200]
        running.save(update_fields=["on_duty"])
    return running


def keep_learned(workshop: Workshop, *, words: str, by: Staff, now: datetime) -> Learned:
    """Something that nobody expected to learn is kept like everything else that was given; the same words of one workshop once."""
    if not words.strip():
        raise NothingToKeep
    with record.writing(workshop.project, now=now) as log:
        there = Learned.objects.filter(workshop=workshop, words=words.strip()).first()
        if there is not None:
            return there
        learned = Learned.objects.create(workshop=workshop, words=words.strip(), by=by, at=now)
        log.append(LearningKept(), by=f"staff:{by.uid}", about=learned.uid, words=learned.words)
    return learned


def _running(workshop: Workshop) -> Running:
    """The workshop's running row, read under the lock. Refuses when it is not open."""
    running = Running.objects.filter(workshop=workshop).select_related("block", "workshop").first()
    if running is None or running.workshop.state != WorkshopState.OPEN:
        raise NotRunning
    return running


def _as_seen(running: Running, seen: str | None) -> None:
    """`seen`: the part that the page showed when somebody pressed; None where no page was read."""
    if seen is not None and seen != _uid(running.block):
        raise PressedBefore


def _uid(block: Block | None) -> str:
    return str(block.uid) if block else ""


def _after(workshop: Workshop, block: Block | None) -> Block | None:
    rows = Block.objects.filter(workshop=workshop, dropped=False)
    if block is not None:
        rows = rows.filter(order__gt=Block.objects.get(pk=block.pk).order)
    return rows.order_by("order", "pk").first()


def _begin(running: Running, block: Block, log: record.Log, *, by: Staff, now: datetime) -> None:
    running.block, running.block_since, running.extra_minutes = block, now, 0
    running.save(update_fields=["block", "block_since", "extra_minutes", "break_asked"])
    said = BlockBegun(block=str(block.uid), block_kind=block.kind)
    log.append(said, by=f"staff:{by.uid}", about=running.workshop.uid)
