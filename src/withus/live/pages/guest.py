"""Who is at this page of a workshop: a person, or a phone that joined by the room's code and is nobody yet."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest
from django.utils import timezone

from withus.charter import asks as charter
from withus.charter.models import Charter
from withus.live.duty import reads
from withus.live.models import Running
from withus.people import here
from withus.people.called import name_of
from withus.people.here import Device
from withus.people.models import Person
from withus.projects.models import Project
from withus.projects.question import Question
from withus.table.models import Workshop, WorkshopState

WORKSHOPS = Question(Workshop.objects.all(), "project", "uid")
RUNNING = Question(Running.objects.select_related("block"), "workshop")
NUMBER = re.compile(r"\+?\d[\d ()-]{1,18}\d")


@dataclass(frozen=True)
class Guest:
    person: Person | None
    device: Device | None
    workshop: Workshop

    @property
    def device_id(self) -> str:
        return self.device.id if self.device else ""

    @property
    def owner(self) -> str:
        """Under what the page keeps what was typed: never another's."""
        return str(self.person.uid) if self.person else self.device_id


def guest_of(request: HttpRequest, project: Project, uid: UUID) -> Guest:
    """404 for everybody who did not come by the room's code or a link of this project."""
    workshop = WORKSHOPS.one(project.pk, uid)
    if workshop is None:
        raise Http404
    workshop.project = project
    person = here.person_here(request, project)
    device = here.device_here(request, project)
    if device is not None and device.workshop != str(workshop.uid):
        device = None
    if person is None and device is None:
        raise Http404
    return Guest(person, device, workshop)


@dataclass(frozen=True)
class Line:
    """A support line as the group wrote it, with its number to press."""

    before: str
    number: str
    after: str

    @property
    def dial(self) -> str:
        return re.sub(r"[^\d+]", "", self.number)


@lru_cache(200)
def lines_of(text: str) -> tuple[Line, ...]:
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        number = NUMBER.search(line)
        start, end = number.span() if number else (len(line), len(line))
        found.append(Line(line[:start], line[start:end], line[end:]))
    return tuple(found)


def frame(
    project: Project, workshop: Workshop | None, person: Person | None, own: Charter | None = None
) -> dict[str, Any]:  # Any: a template context
    """What every page of a workshop says: whose it is, who can be talked to, what is kept how."""
    running = RUNNING.one(workshop.pk) if workshop else None
    state = workshop.state if workshop else ""
    duty = reads(project, workshop, running, now=timezone.now())
    own = own or charter.of(project)
    return {
        "project": project,
        "place": project.title,
        "workshop": workshop,
        "running": running,
        "is_open": state == WorkshopState.OPEN,
        "has_ended": state == WorkshopState.ENDED,
        "person": person,
        "whose_name": name_of(person),
        "charter": own,
        "on_duty": duty.who,
        "reads_next": duty.next_at,
        "support_lines": lines_of(own.support_lines),
    }


def part_of(project: Project, person: Person | None) -> charter.Part:
    return charter.part(project, person)


def fresh_id() -> str:
    """What makes a form's sending one sending."""
    return uuid4().hex
