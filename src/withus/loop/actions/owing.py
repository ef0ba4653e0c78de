"""An answer is owed to every contribution, with its day."""

from datetime import date, datetime

from withus.charter.models import Charter
from withus.live.models import CardState, Contribution
from withus.loop.models import Due
from withus.projects import day
from withus.projects.models import Project


def owe_answer(contribution: Contribution, *, now: datetime) -> Due:
    """Owe it an answer by the charter's day, or within twelve weeks. Without content it is owed an acknowledgement only."""
    due, _made = Due.objects.get_or_create(
        contribution=contribution,
        defaults={
            "project": contribution.project,
            "on": day_for(contribution.project, now=now),
            "acknowledgement_only": contribution.state == CardState.NO_CONTENT,
        },
    )
    return due


def day_for(project: Project, *, now: datetime) -> date:
    """The hear-back day of the charter while it is still to come; else twelve weeks from now."""
    today = day.of(project, now)
    promised = Charter.objects.filter(project=project).values_list("hear_back_on", flat=True).first()
    return promised if promised and promised >= today else today + day.TWELVE_WEEKS
