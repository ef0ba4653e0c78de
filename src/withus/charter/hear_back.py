"""By when people hear back, as it stands on a day: to come or past, and what it was before it moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dateparse import parse_date

from withus.charter.models import Change, Charter
from withus.projects import day
from withus.projects.models import Project
from withus.projects.question import Question

FIELD = "hear_back_on"
MOVED = Question(
    Change.objects.filter(field=FIELD, decision=None, narrows=True).select_related("decision").order_by("-at", "-pk"),
    "project",
)
"""Each time that the day moved to a later one, newest first."""


@dataclass(frozen=True)
class HearBack:
    """`was` is the day that people were told first, and `because` why it moved; both empty where it never moved to a later one."""

    on: date | None = None
    passed: bool = False
    was: date | None = None
    because: str = ""
    days: frozenset[date] = frozenset()
    """Every day that it has been."""

    def moved_for(self, on: date) -> bool:
        """Whether somebody who was told this day is to hear later than that."""
        return self.on is not None and on in self.days and on < self.on


def of(project: Project, own: Charter, *, now: datetime, changes: Iterable[Change] | None = None) -> HearBack:
    """`changes`: those of the charter that were read already. Else one query, where people were invited with a day."""
    if own.hear_back_on is None:
        return HearBack()
    rows = changes if changes is not None else MOVED.all(project.pk) if own.frozen_at else ()
    moved = [one for one in rows if one.field == FIELD and one.decision_id is None]
    days = [on for on in (parse_date(one.before) for one in moved) if on is not None and on < own.hear_back_on]
    return HearBack(
        on=own.hear_back_on,
        passed=own.hear_back_on < day.of(project, now),
        was=days[-1] if days else None,
        because=moved[0].because if days else "",
        days=frozenset(days),
    )
