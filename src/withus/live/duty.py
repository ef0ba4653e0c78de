"""Who can be talked to now, and when somebody next reads."""

from dataclasses import dataclass
from datetime import datetime

from withus.live.models import Duty, Running
from withus.projects import day
from withus.projects.models import Project
from withus.projects.question import Question
from withus.table.models import Workshop, WorkshopState

DUTIES = Question(Duty.objects.order_by("begins", "pk"), "project", "ends__gt")


@dataclass(frozen=True)
class Reads:
    """`who` is on duty now, or nobody; `next_at` is when somebody next reads, on the project's clock, where that is known."""

    who: str = ""
    next_at: datetime | None = None


def reads(project: Project, workshop: Workshop | None, running: Running | None, *, now: datetime) -> Reads:
    """In a running workshop its console says who; elsewhere the hours that the team has set. One query at most."""
    if workshop is not None and workshop.state == WorkshopState.OPEN and running is not None and running.on_duty:
        return Reads(running.on_duty)
    first = DUTIES.one(project.pk, now)
    if first is None:
        return Reads()
    return Reads(first.who) if first.begins <= now else Reads(next_at=day.local(project, first.begins))
