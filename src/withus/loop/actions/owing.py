"""An answer is owed to every contribution, with its day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from withus.charter.models import Charter
from withus.live.models import CardState, Contribution
from withus.loop.entries import ProjectReopened
from withus.loop.models import Due
from withus.projects import actions as projects
from withus.projects import day
from withus.projects.models import Project, ProjectState
from withus.record import log as record


def owe_answers(project: Project, uids: Sequence[str], *, now: datetime) -> None:
    """
    Owe each of these contributions an answer by the charter's day, or within twelve weeks; once. Without content it is owed an
    acknowledgement only. Two queries and one insert, however many.
    """
    on = day_for(project, now=now)
    rows = Contribution.objects.filter(project=project, uid__in=list(uids), due=None).values_list("pk", "state")
    Due.objects.bulk_create(
        Due(contribution_id=pk, project=project, on=on, acknowledgement_only=state == CardState.NO_CONTENT)
        for pk, state in rows
    )


def day_for(project: Project, *, now: datetime) -> date:
    """The hear-back day of the charter while it is still to come; else twelve weeks from now."""
    today = day.of(project, now)
    promised = next(iter(Charter.objects.filter(project=project).values_list("hear_back_on", flat=True)), None)
    return promised if promised and promised >= today else today + day.TWELVE_WEEKS


def owe_again(dues: QuerySet[Due], *, project: Project, log: record.Log, now: datetime) -> int:
    """What was answered is open again, and a closed project with it; how many. Inside the caller's writing."""
    numbers = list(dues.exclude(met_at=None).values_list("pk", flat=True))
    Due.objects.filter(pk__in=numbers).update(met_by=None, met_at=None, reopened_at=now)
    if numbers:
        open_again(project, log=log, now=now)
    return len(numbers)


def open_again(project: Project, *, log: record.Log, now: datetime) -> None:
    project.refresh_from_db()
    if project.state == ProjectState.CLOSED:
        projects.set_state(project, state=ProjectState.RUNNING, now=now)
        log.append(ProjectReopened(), by=record.SYSTEM, about=project.uid)
