"""The only writers of calendar links and report drafts."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from withus.accounts.models import Staff
from withus.live.models import Contribution, Use
from withus.live.uses import with_words_for
from withus.loop.entries import WordsUsed
from withus.projects.models import Project
from withus.record import log as record
from withus.reports import refusals
from withus.reports.link import index_of, secret_of
from withus.reports.models import CalendarLink, Report

MOST_PRINTED = 200
"""Cards on one print: their authors are all named by number in its entry."""
TEXTS = ("aim", "methods", "results", "discussion", "reflections", "cost")


def new_calendar_link(project: Project, *, by: Staff, now: datetime, seen: int | None = None) -> CalendarLink:
    """
    The first, or the next one: the one before opens nothing from now on. `seen` is the number of the one that the page showed, 0 for none:
    pressed twice, there is one new one.
    """
    with record.writing(project, now=now):
        row = CalendarLink.objects.filter(project=project, staff=by).first()
        if row is None:
            row = CalendarLink(project=project, staff=by, generation=0)
        if seen is not None and seen != row.generation:
            return row
        row.generation += 1
        row.made_at, row.ended_at = now, None
        row.index = index_of(secret_of(row))
        row.save()
    return row


def end_calendar_link(project: Project, *, by: Staff, now: datetime) -> None:
    with record.writing(project, now=now):
        CalendarLink.objects.filter(project=project, staff=by, ended_at=None).update(ended_at=now)


def print_for_training(
    project: Project, *, uids: Collection[UUID], what_for: str, by: Staff, now: datetime
) -> list[Contribution]:
    """
    Of these cards, those that may stand as words in a training at this moment. That they are printed, and for what, is on the record: their
    authors read it, and what is on paper cannot be called back.
    """
    if not what_for.strip():
        raise refusals.SayWhatFor
    with record.writing(project, now=now) as log:
        wanted = Contribution.objects.filter(project=project, uid__in=list(uids)[:MOST_PRINTED])
        cards = list(with_words_for(wanted, Use.TRAINING).order_by("seq"))
        if not cards:
            raise refusals.NothingToPrint
        named = tuple(sorted(str(card.uid) for card in cards))
        said = WordsUsed(use=Use.TRAINING, what_for=what_for.strip()[:120], cards=named, count=len(named))
        log.append(said, by=f"staff:{by.uid}", about=project.uid)
    return cards


def write_report(project: Project, *, texts: Mapping[str, str], version: int, now: datetime) -> Report:
    """`version` is what the writer read. Nobody's words are lost: who wrote meanwhile is shown first."""
    with record.writing(project, now=now):
        row = Report.objects.filter(project=project).first() or Report(project=project)
        if row.version != version:
            raise refusals.WrittenMeanwhile(row)
        said = {name: texts.get(name, "").strip() for name in TEXTS}
        if all(getattr(row, name) == value for name, value in said.items()):
            return row
        for name, value in said.items():
            setattr(row, name, value)
        row.version, row.written_at = version + 1, now
        row.save()
    return row
