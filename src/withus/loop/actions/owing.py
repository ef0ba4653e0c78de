"""An answer is owed to every contribution, with its day."""

from collections.abc import Sequence
from datetime import date, datetime

from withus.charter.models import Charter
from withus.live.models import CardState, Contribution
from withus.loop.models import Due
from withus.projects import day
from withus.projects.models import Project


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
