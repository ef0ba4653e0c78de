"""Whom a colleague has before them just now: named in their session for a while, so that no address on the screen says who it is."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from withus.people.models import Person
from withus.people.staying import staying
from withus.projects.models import Project


def hold(request: HttpRequest, key: str, person: Person, *, now: datetime) -> None:
    request.session[key] = [str(person.project.uid), str(person.uid), now.isoformat()]


def held(request: HttpRequest, key: str, project: Project, *, most: timedelta, now: datetime) -> QuerySet[Person]:
    """One person or none: of this project, still with us, and held for no longer than `most`."""
    said: list[Any] | None = request.session.get(key)  # Any: what the session holds
    since = parse_datetime(said[2]) if said and said[0] == str(project.uid) else None
    if said is None or since is None or not timedelta(0) <= now - since <= most:
        return Person.objects.none()
    return Person.objects.filter(staying(), project=project, uid=UUID(said[1]))
