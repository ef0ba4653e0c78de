""" "We got this wrong", told to those concerned. Rendered when it is sent."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from withus.findings.models import Answered, Asked
from withus.people import link
from withus.people.models import HowOften, Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.post.letter import Letter
from withus.projects.access import parts_of


def finding_owned(reference: dict[str, Any]) -> Letter | None:
    """None where nobody is left to write to."""
    person = writable().filter(uid=reference["person"]).first()
    answered = Answered.objects.filter(uid=reference["answered"], kind="owned").select_related("project").first()
    way = Way.objects.filter(person=person, kind=WayKind.EMAIL, chosen=True).first() if person else None
    if person is None or answered is None or way is None:
        return None
    project = answered.project
    stop = link.stop_taken_home(person)
    context = {
        "project": project,
        "answered": answered,
        "link": f"{settings.WITHUS_ADDRESS}{link.path(person)}",
        "stop": stop,
    }
    return Letter(
        to=unseal_text(way.sealed),
        subject=_("We got something wrong: %(title)s") % {"title": project.title},
        text=render_to_string("findings/mail/owned.txt", context),
        html=render_to_string("findings/mail/owned.html", context),
        stop=stop,
    )


def writable() -> QuerySet[Person]:
    """Nobody who is erased, or who said stop after the letter was queued."""
    return Person.objects.filter(staying()).exclude(wish__how_often=HowOften.NEVER)


def finding_asked(reference: dict[str, Any]) -> Letter | None:
    """A question to a decision maker or a co-lead. None where nobody is left to ask."""
    rows = Asked.objects.filter(uid=reference["question"]).select_related("project__organisation", "to_staff", "by")
    asked = rows.first()
    to = address_to(asked) if asked else None
    if asked is None or to is None:
        return None
    project = asked.project
    page = reverse("charter:charter", args=[project.address])
    own = link.path(asked.to_person) if asked.to_person else page
    stop = link.stop_taken_home(asked.to_person) if asked.to_person else ""
    context = {"project": project, "asked": asked, "link": f"{settings.WITHUS_ADDRESS}{own}", "stop": stop}
    return Letter(
        to=to,
        subject=_("A question to you: %(title)s") % {"title": project.title},
        text=render_to_string("findings/mail/asked.txt", context),
        html=render_to_string("findings/mail/asked.html", context),
        stop=stop,
    )


def address_to(asked: Asked) -> str | None:
    if asked.to_staff is not None:
        there = asked.to_staff.is_active and parts_of(asked.to_staff, asked.project)
        return asked.to_staff.email if there else None
    person = writable().filter(pk=asked.to_person.pk).first() if asked.to_person else None
    if person is None:
        return None
    way = Way.objects.filter(person=person, kind=WayKind.EMAIL, chosen=True, bounced_at=None).first()
    return unseal_text(way.sealed) if way else None
