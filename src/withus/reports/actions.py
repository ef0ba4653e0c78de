"""The only writers of calendar links and report drafts."""

from collections.abc import Mapping
from datetime import datetime

from withus.accounts.models import Staff
from withus.projects.models import Project
from withus.record import log as record
from withus.reports import refusals
from withus.reports.link import index_of, secret_of
from withus.reports.models import CalendarLink, Report

TEXTS = ("aim", "methods", "results", "discussion", "reflections", "cost")


def new_calendar_link(project: Project, *, by: Staff, now: datetime) -> CalendarLink:
    """The first, or the next one: the one before opens nothing from now on."""
    with record.writing(project, now=now):
        row = CalendarLink.objects.filter(project=project, staff=by).first()
        if row is None:
            row = CalendarLink(project=project, staff=by, generation=0)
        row.generation += 1
        row.made_at, row.ended_at = now, None
        row.index = index_of(secret_of(row))
        row.save()
    return row


def end_calendar_link(project: Project, *, by: Staff, now: datetime) -> None:
    with record.writing(project, now=now):
        CalendarLink.objects.filter(project=project, staff=by, ended_at=None).update(ended_at=now)


def write_report(project: Project, *, texts: Mapping[str, str], version: int, now: datetime) -> Report:
    """`version` is what the writer read. Nobody's words are lost: who wrote meanwhile is shown first."""
    with record.writing(project, now=now):
        row = Report.objects.filter(project=project).first() or Report(project=project)
        if row.version != version:
            raise refusals.WrittenMeanwhile(row)
        for name in TEXTS:
            setattr(row, name, texts.get(name, "").strip())
        row.version, row.written_at = version + 1, now
        row.save()
    return row
