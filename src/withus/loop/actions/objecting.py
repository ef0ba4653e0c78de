"""A co-lead says no to what was turned, with their key or without one: for two weeks, with one press, and without a reason."""

from datetime import datetime

from withus.loop import refusals
from withus.loop.actions.owing import open_again
from withus.loop.actions.turning import SECOND_WITHIN, Hand, call_off, wake
from withus.loop.entries_closing import KeyTakenBack
from withus.loop.models_of_closing import Turn, Turning
from withus.people.models import Person
from withus.people.staying import staying
from withus.projects.models import Project, ProjectState
from withus.record import log as record
from withus.record.models import Opening


def just_turned(project: Project, *, now: datetime) -> Turning | None:
    """The closing, rest or hand-over of the last two weeks that still holds."""
    rows = Turning.objects.filter(project=project, turned_at__gt=now - SECOND_WITHIN).order_by("-turned_at")
    closed = project.state == ProjectState.CLOSED
    rows = rows.filter(what=Turn.CLOSE) if closed else rows.exclude(what=Turn.CLOSE).filter(ended_at=None)
    return rows.select_related("project", "asked_by", "asked_by_person__name", "to", "to_organisation").first()


def stopped_already(project: Project, turning: str, by: Person) -> bool:
    rows = Opening.objects.filter(entry__project=project, kind=KeyTakenBack.kind, about=turning)
    return rows.filter(by=Hand(person=by).name).exists()


def object_to(turning: Turning, *, by: Person, now: datetime) -> None:
    """Open again, awake again, or it stays where it is. Pressed twice, it is done once."""
    project = turning.project
    with record.writing(project, now=now) as log:
        project.refresh_from_db()
        if not Person.objects.filter(staying(), pk=by.pk, project=project, co_lead=True).exists():
            raise refusals.NotYourKey
        row = just_turned(project, now=now)
        if row is None or row.pk != turning.pk:
            raise refusals.NothingToStop
        hand = Hand(person=by)
        log.append(KeyTakenBack(what=row.what), by=hand.name, about=row.uid)
        if row.what == Turn.CLOSE:
            open_again(project, log=log, now=now)
        elif row.what == Turn.REST:
            wake(project, by=hand, now=now)
        else:
            call_off(row, by=hand, now=now)
