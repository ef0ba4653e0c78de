"""An open room and the phones in it, for the tests of participants' pages."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from tests.cast import NOW, Cast, a_workshop, cast
from withus.charter.models import Charter
from withus.people import link
from withus.people.models import Person
from withus.projects.models import Project
from withus.table.models import Workshop, WorkshopState


def open_room(**fields: object) -> tuple[Cast, Workshop]:
    them = cast()
    workshop = a_workshop(them, **fields)
    Workshop.objects.filter(pk=workshop.pk).update(state=WorkshopState.OPEN, opened_at=NOW)
    Charter.objects.filter(project=them.project).update(
        safe_person="Priya", safe_person_how="yellow badge", support_lines="Samaritans: 116 123, day and night"
    )
    return them, Workshop.objects.get(pk=workshop.pk)


def state(workshop: Workshop, value: str) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state=value)


@dataclass
class Phone:
    """A phone with its cookies. `phone.says("...")` sends the page's own form."""

    workshop: Workshop
    client: Client = field(default_factory=Client)

    @property
    def project(self) -> Project:
        project: Project = self.workshop.project
        return project

    def at(self, what: str = "") -> str:
        return f"/at/{self.project.address}/w/{self.workshop.uid}{what}"

    def join(self) -> "Phone":
        assert self.client.post(f"/r/{self.workshop.room_code}").status_code == 302
        return self

    def opens_link(self, person: Person) -> "Phone":
        assert self.client.get(link.path(person)).status_code == 302
        return self

    def gets(self, path: str) -> Any:
        return self.client.get(path)

    def says(self, words: str = "", **more: Any) -> Any:
        return self.client.post(self.at("/say"), {"sent_once": uuid4().hex, "words": words, **more})


def text_of(response: HttpResponse) -> str:
    """What a reader reads, with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
