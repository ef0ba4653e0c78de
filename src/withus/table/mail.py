"""The invitation, rendered when it is sent: from the project's own words, like a person wrote it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from withus.charter import asks as charter
from withus.people import link
from withus.people.called import name_of
from withus.people.models import HowOften, Person, Way, WayAsked, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import as_they_read
from withus.post.beside import made
from withus.post.letter import Letter
from withus.projects import day
from withus.table.models import Seat


def invitation(reference: dict[str, Any]) -> Letter | None:
    """None where nobody is left to write to, or they said stop before it left."""
    rows = Person.objects.filter(staying(), uid=reference["person"])
    rows = rows.exclude(wish__how_often=HowOften.NEVER)
    person = rows.select_related("project__organisation", "name").first()
    way = Way.objects.filter(person=person, kind=WayKind.EMAIL, chosen=True).first() if person else None
    if person is None or way is None:
        return None
    with as_they_read(person):
        return _letter(person, to=unseal_text(way.sealed))


def way_asked(reference: dict[str, Any]) -> Letter | None:
    """
    To the way that stands: somebody with the four words asked for another. Never which: they know it, or it is a stranger's. None where it
    was stopped, or has taken its place.
    """
    rows = WayAsked.objects.filter(staying("person__"), uid=reference["asked"])
    row = rows.exclude(person__wish__how_often=HowOften.NEVER).select_related("person__project__organisation").first()
    way = Way.objects.filter(person=row.person, kind=WayKind.EMAIL, chosen=True).first() if row else None
    if row is None or way is None:
        return None
    person = row.person
    with as_they_read(person), day.clocks_of(person.project):
        context = {
            "project": person.project,
            "name": name_of(person),
            "asked": row,
            "link": link.taken_home(person),
            "stop": link.stop_taken_home(person),
        }
        subject = _("Did you ask for another way? %(title)s") % {"title": person.project.title}
        return made(unseal_text(way.sealed), subject, "table/mail/way_asked.txt", context)


def _letter(person: Person, *, to: str) -> Letter:
    project = person.project
    stop = link.stop_taken_home(person)
    context = {
        "project": project,
        "name": name_of(person),
        "part": charter.part(project, person),
        "seats": Seat.objects.filter(person=person).select_related("workshop"),
        "link": link.taken_home(person),
        "words": link.speakable(person),
        "stop": stop,
    }
    return Letter(
        to=to,
        subject=_("Will you join us? %(title)s") % {"title": project.title},
        text=render_to_string("table/mail/invitation.txt", context),
        html=render_to_string("table/mail/invitation.html", context),
        stop=stop,
    )
