"""A worker's or a co-lead's name stands under answers only with their own yes, asked of nobody else."""

from datetime import datetime

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.entries import NameAllowed
from withus.loop.models_of_answers import MayName
from withus.people.models import Person
from withus.projects.access import runs
from withus.projects.models import Project
from withus.record import log as record


def allow_name(project: Project, *, who: Staff | Person, yes: bool, now: datetime) -> MayName | None:
    """`who` says it of themselves. A no takes the name away from under every answer at once."""
    is_staff = isinstance(who, Staff)
    allowed = runs(who, project) if isinstance(who, Staff) else who.co_lead and who.project_id == project.pk
    if not allowed:
        raise refusals.OnlyWhoSaidYes
    of = {"staff": who} if is_staff else {"person": who}
    with record.writing(project, now=now) as log:
        row = MayName.objects.filter(project=project, **of).first()
        if (row is not None) == yes:
            return row
        if row is not None:
            row.delete()
        fresh = MayName.objects.create(project=project, **of, at=now) if yes else None
        by = f"{'staff' if is_staff else 'person'}:{who.uid}"
        log.append(NameAllowed(yes=yes), by=by, about=who.uid)
    return fresh
