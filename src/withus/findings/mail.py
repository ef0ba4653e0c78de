""" "We got this wrong", told to those concerned. Rendered when it is sent."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from withus.findings.models import Answered, Asked
from withus.people import link
from withus.people.called import name_of
from withus.people.models import HowOften, Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import as_they_read, tongue_of
from withus.post.beside import made
from withus.post.letter import Letter
from withus.projects import day
from withus.projects.access import parts_of


def finding_owned(reference: dict[str, Any]) -> Letter | None:
    """None where nobody is left to write to."""
    person = writable().filter(uid=reference["person"]).select_related("project__organisation", "name").first()
    answered = Answered.objects.filter(uid=reference["answered"], kind="owned").select_related("project").first()
    way = Way.objects.filter(person=person, kind=WayKind.EMAIL, chosen=True).first() if person else None
    if person is None or answered is None or way is None:
        return None
    project = answered.project
    with as_they_read(person):
        subject = _("We got something wrong: %(title)s") % {"title": project.title}
        context = {"project": project, "answered": answered, **_of_theirs(person)}
        return made(unseal_text(way.sealed), subject, "findings/mail/owned.txt", context)


def writable() -> QuerySet[Person]:
    """Nobody who is erased, or who said stop after the letter was queued."""
    return Person.objects.filter(staying()).exclude(wish__how_often=HowOften.NEVER)


def finding_asked(reference: dict[str, Any]) -> Letter | None:
    """A question to a decision maker or a co-lead. None where nobody is left to ask."""
    rows = Asked.objects.filter(uid=reference["question"]).select_related(
        "project__organisation", "to_staff", "to_person__project__organisation", "to_person__name", "by"
    )
    asked = rows.first()
    to = address_to(asked) if asked else None
    if asked is None or to is None:
        return None
    project, person = asked.project, asked.to_person
    page = reverse("charter:charter", args=[project.address])
    own = _of_theirs(person) if person else {"link": f"{settings.WITHUS_ADDRESS}{page}", "stop": ""}
    tongue = tongue_of(person) if person else settings.LANGUAGE_CODE
    with translation.override(tongue), day.clocks_of(project):
        subject = _("A question to you: %(title)s") % {"title": project.title}
        context = {"project": project, "asked": asked, "own": bool(person), **own}
        return made(to, subject, "findings/mail/asked.txt", context)


def _of_theirs(person: Person) -> dict[str, str]:
    """Where a mail to somebody who takes part leads: at the address that lasts, never at a laptop's in the room."""
    return {
        "name": name_of(person),
        "link": link.taken_home(person),
        "stop": link.stop_taken_home(person),
    }


def address_to(asked: Asked) -> str | None:
    if asked.to_staff is not None:
        there = asked.to_staff.is_active and parts_of(asked.to_staff, asked.project)
        return asked.to_staff.email if there else None
    person = writable().filter(pk=asked.to_person.pk).first() if asked.to_person else None
    if person is None:
        return None
    way = Way.objects.filter(person=person, kind=WayKind.EMAIL, chosen=True, bounced_at=None).first()
    return unseal_text(way.sealed) if way else None
