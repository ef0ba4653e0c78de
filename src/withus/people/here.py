"""
Whose page is this? One HttpOnly cookie a project says which person this browser holds; another says which device joined by the room's code.

Neither holds a secret that would open anything elsewhere: they are signed, and name uid and generation only.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from withus.people.models import Person
from withus.projects.models import Project
from withus.projects.question import Question

REMEMBERED = timedelta(days=400)
ROOM = timedelta(hours=18)
ALIVE = Question(Person.objects.filter(erased_at__isnull=True).select_related("name"), "project", "uid", "generation")


def _secure() -> bool:
    return bool(settings.SESSION_COOKIE_SECURE)


def _name(what: str, project: Project) -> str:
    return f"{'__Host-' if _secure() else ''}{what}-{project.uid.hex[:12]}"


def person_here(request: HttpRequest, project: Project) -> Person | None:
    """The person whose page this browser holds in this project. An old generation or an erased person is nobody."""
    held = _held(request, project)
    if held is None:
        return None
    uid, generation, by_words = held
    person = ALIVE.one(project.pk, uid, generation)
    if person is not None:
        person.project, person.by_words = project, by_words
    return person


def opened_by_words(request: HttpRequest, project: Project) -> bool:
    """Whether the page was opened by typed words: then own words are shown after one more press only."""
    held = _held(request, project)
    return held is not None and held[2]


def _held(request: HttpRequest, project: Project) -> tuple[UUID, int, bool] | None:
    value = request.COOKIES.get(_name("me", project))
    if not value:
        return None
    try:
        uid, generation, by_words = signing.loads(value, salt="withus.me")
        return UUID(uid), int(generation), bool(by_words)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def hold(response: HttpResponse, person: Person, *, by_words: bool = False, remember: bool = False) -> None:
    """From this answer on the browser holds this person: till it closes, or longer where they ticked "Remember me on this phone"."""
    value = signing.dumps([str(person.uid), person.generation, by_words], salt="withus.me")
    _set(response, _name("me", person.project), value, max_age=REMEMBERED if remember else None)


def forget(response: HttpResponse, project: Project) -> None:
    """Person and device both: the next on this phone starts clean."""
    for what in ("me", "room"):
        response.delete_cookie(_name(what, project), path="/", samesite="Lax")


@dataclass(frozen=True)
class Device:
    """A browser that joined by a room's code: an id of its own, nobody's name."""

    id: str
    workshop: str


def device_here(request: HttpRequest, project: Project) -> Device | None:
    value = request.COOKIES.get(_name("room", project))
    if not value:
        return None
    try:
        device, workshop = signing.loads(value, salt="withus.room", max_age=ROOM)
        return Device(str(device), str(workshop))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def join(response: HttpResponse, project: Project, *, workshop: UUID) -> Device:
    """A new device id, clean of whoever held the phone before."""
    device = Device(secrets.token_hex(16), str(workshop))
    value = signing.dumps([device.id, device.workshop], salt="withus.room")
    _set(response, _name("room", project), value, max_age=ROOM)
    return device


def _set(response: HttpResponse, name: str, value: str, *, max_age: timedelta | None) -> None:
    response.set_cookie(name, value, max_age=max_age, httponly=True, samesite="Lax", secure=_secure(), path="/")
