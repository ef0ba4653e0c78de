"""Days of a project. An instant is UTC; a day (due, told, settled, today) is a date in the project's own zone, made here only."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from withus.projects.models import Project

TWELVE_WEEKS = timedelta(days=84)


def of(project: Project, now: datetime) -> date:
    """The project's date at this instant: at half past midnight in London in June it is already the next day, in UTC not."""
    return now.astimezone(ZoneInfo(project.zone)).date()


def local(project: Project, at: datetime) -> datetime:
    """The instant as the project's wall clocks show it."""
    return at.astimezone(ZoneInfo(project.zone))


def clocks_of(project: Project) -> AbstractContextManager[None]:
    """Inside, every instant on a page stands as the project's wall clocks have it; outside as UTC, in summer an hour off."""
    return timezone.override(ZoneInfo(project.zone))


def instant(project: Project, on: date, clock: time) -> datetime:
    """The instant at which the project's clocks show this time on this day; of an hour that comes twice, the first."""
    return datetime.combine(on, clock, tzinfo=ZoneInfo(project.zone))


def is_late(project: Project, due: date, now: datetime) -> bool:
    """Late begins with the zone's next day: on the day itself a promise can still be kept."""
    return of(project, now) > due
