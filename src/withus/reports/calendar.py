"""A project's promises as a calendar (RFC 5545): the day, who owes it, reminders before; no participant's words."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from withus.loop import asks
from withus.loop.models import AnswerVersion
from withus.projects.lasting import lasting
from withus.projects.models import Project

BEFORE = (7, 1)
"""Days."""
MOST_LETTERS = 120
A_LOOK = timedelta(hours=6)


def of_promises(project: Project, *, now: datetime) -> bytes:
    """Whole days, as promises have. A promise that moved is the same event with a higher number; a kept one rings no more."""
    made = Calendar()
    made.add("prodid", "-//WithUs//Promises//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Promises: %(title)s") % {"title": _one_line(project.title)})
    made.add("x-published-ttl", A_LOOK)
    made.add("refresh-interval", A_LOOK, parameters={"VALUE": "DURATION"})
    for version in asks.current_versions(project):
        if version.promised_on is not None:
            made.add_component(_event(project, version))
    return bytes(made.to_ical())


def _event(project: Project, version: AnswerVersion) -> Event:
    assert version.promised_on is not None
    promise = _one_line(version.we_do)
    said = {"body": _one_line(version.body), "promise": promise}
    event = Event()
    event.add("uid", f"{version.answer.uid}@withus")
    event.add("dtstamp", version.published_at)
    event.add("sequence", version.number * 2 + bool(version.kept_on))
    event.add("dtstart", version.promised_on)
    event.add("dtend", version.promised_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if version.kept_on:
        event.add("summary", _("Kept: %(promise)s") % said)
    else:
        event.add("summary", _("%(body)s promised: %(promise)s") % said)
        for days in BEFORE:
            event.add_component(_alarm(days, promise))
    address = lasting(project.organisation) + reverse("loop:public", args=[project.address])
    event.add("description", f"{_one_line(project.title)}\n{address}")
    event.add("url", address)
    return event


def _alarm(days: int, promise: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-days))
    alarm.add("description", promise)
    return alarm


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_LETTERS else line[: MOST_LETTERS - 1].rstrip() + "…"
