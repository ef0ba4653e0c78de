"""Opinion groups: off until a group asks, never of fewer than 50 people. Who is in which group is kept nowhere."""

from datetime import datetime
from typing import Any

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.asks import voters
from withus.loop.entries import OpinionGroupsShown, OpinionGroupsSwitched
from withus.loop.models_of_suggesting import OpinionGroups
from withus.loop.opinions import LEAST_PEOPLE
from withus.loop.opinions.standing import remain, stands
from withus.post import actions as post
from withus.projects.models import Project
from withus.projects.sole import sole
from withus.record import log as record


def switch_on_opinions(project: Project, *, asked_by: str, by: Staff, now: datetime) -> OpinionGroups:
    """`asked_by`: which group asked, and when, in words that everybody may read."""
    asked_by = asked_by.strip()[:200]
    if not asked_by:
        raise refusals.SayWhichGroupAsked
    with record.writing(project, now=now) as log:
        if voters(project) < LEAST_PEOPLE:
            raise refusals.TooFewForGroups
        there = sole(OpinionGroups.objects.filter(project=project, on=True, asked_by=asked_by))
        if there is not None:
            return there
        row, _made = OpinionGroups.objects.update_or_create(
            project=project, defaults={"asked_by": asked_by, "on": True, "shown": False, "down_since": None}
        )
        log.append(OpinionGroupsSwitched(on=True), by=f"staff:{by.uid}", about=project.uid, words=asked_by)
    return row


def switch_off_opinions(project: Project, *, by: Staff, now: datetime) -> None:
    """Nothing of them is kept."""
    with record.writing(project, now=now) as log:
        row = _of(project)
        row.on, row.shown, row.found, row.looked_at, row.looking, row.down_since = False, False, None, None, False, None
        row.save()
        log.append(OpinionGroupsSwitched(on=False), by=f"staff:{by.uid}", about=project.uid)


def look_for_opinions(project: Project, *, now: datetime) -> None:
    """As a job. What was found before stays until then; twice asked is once done."""
    with record.writing(project, now=now):
        row = _of(project)
        row.looking = True
        row.save(update_fields=["looking"])
        post.queue_job("opinions.find", reference={"project": project.pk}, once=f"opinions:{project.pk}", run_at=now)


def find_opinions(reference: dict[str, Any], now: datetime) -> None:  # Any: a job's reference
    """The job. Worked out before the project is locked: a room full of phones does not wait for it."""
    from withus.loop.opinions import work_out  # noqa: PLC0415 -- numpy, only where somebody asked

    project = sole(Project.objects.filter(pk=reference["project"]))
    if project is None:
        return
    people, upto, found = work_out.of(project)
    with record.writing(project, now=now) as log:
        row = sole(OpinionGroups.objects.filter(project=project, on=True))
        if row is not None:
            row.people, row.upto, row.found, row.looked_at, row.looking = people, upto, found, now, False
            if row.shown and found is None:
                row.shown, row.down_since = False, now
                log.append(OpinionGroupsShown(shown=False), by=record.SYSTEM, about=project.uid)
            row.save()


def look_again_without(*, now: datetime) -> None:
    """Somebody was erased: where they may have been counted it is worked out anew, so that no number of theirs is kept."""
    for row in OpinionGroups.objects.filter(on=True, found__isnull=False).select_related("project"):
        if remain(row) < row.people:
            look_for_opinions(row.project, now=now)


def show_opinions(project: Project, *, shown: bool, by: Staff, now: datetime) -> None:
    """To everybody, or to the team only."""
    with record.writing(project, now=now) as log:
        row = _of(project)
        if shown and row.found is None:
            raise refusals.NothingToShow
        if shown and not stands(row):
            raise refusals.TooFewAreLeft
        if row.shown == shown and row.down_since is None:
            return
        row.shown, row.down_since = shown, None
        row.save(update_fields=["shown", "down_since"])
        log.append(OpinionGroupsShown(shown=shown), by=f"staff:{by.uid}", about=project.uid)


def _of(project: Project) -> OpinionGroups:
    row = sole(OpinionGroups.objects.filter(project=project, on=True))
    if row is None:
        raise refusals.NotWithoutAGroup
    return row
