"""Mails about a rest or a hand-over, rendered when they are sent. None where it has become untrue, or nobody is left to write to."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from withus.loop.models import Told
from withus.loop.models_of_closing import Notice, Turn, Turning
from withus.people import link
from withus.people.models import HowOften, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import tongue_of
from withus.post.letter import Letter
from withus.projects.lasting import lasting


def project_turns(reference: dict[str, Any]) -> Letter | None:
    """To one person: that it rests, or goes into other hands, and what they can do."""
    rows = _writable().filter(uid=reference["notice"], state=Told.QUEUED, turning__ended_at=None)
    notice = rows.select_related(
        "person__project__organisation", "person__name", "turning__to", "turning__to_organisation"
    ).first()
    way = Way.objects.filter(person=notice.person, kind=WayKind.EMAIL).first() if notice else None
    if notice is None or way is None or not way.sealed:
        return None
    person, turning = notice.person, notice.turning
    name = getattr(person, "name", None)
    with translation.override(tongue_of(person)):
        project = person.project
        stop = link.stop_taken_home(person)
        subject = _("%(title)s rests") if turning.what == Turn.REST else _("%(title)s goes to other people")
        context = {
            "name": unseal_text(name.sealed) if name else "",
            "project": project,
            "turning": turning,
            "rests": turning.what == Turn.REST,
            "link": link.taken_home(person),
            "stop": stop,
            "telephone": project.organisation.telephone,
        }
        return Letter(
            to=unseal_text(way.sealed),
            subject=subject % {"title": project.title},
            text=render_to_string("loop/mail/turns.txt", context),
            html=render_to_string("loop/mail/turns.html", context),
            stop=stop,
        )


def project_stays(reference: dict[str, Any]) -> Letter | None:
    """To who was told that it rests or goes: it does not, or not any more."""
    rows = _writable().filter(uid=reference["notice"], turning__ended_at__isnull=False)
    notice = rows.select_related("person__project__organisation", "person__name", "turning").first()
    way = Way.objects.filter(person=notice.person, kind=WayKind.EMAIL).first() if notice else None
    if notice is None or way is None or not way.sealed:
        return None
    person = notice.person
    name, project = getattr(person, "name", None), person.project
    with translation.override(tongue_of(person)):
        stop = link.stop_taken_home(person)
        rested = notice.turning.what == Turn.REST
        subject = _("%(title)s goes on") if rested else _("%(title)s stays where it is")
        context = {
            "name": unseal_text(name.sealed) if name else "",
            "project": project,
            "rested": rested,
            "link": link.taken_home(person),
            "stop": stop,
        }
        text = render_to_string("loop/mail/stays.txt", context)
        return Letter(to=unseal_text(way.sealed), subject=subject % {"title": project.title}, text=text, stop=stop)


def _writable() -> QuerySet[Notice]:
    """To nobody who is erased, or who said stop after the letter was queued."""
    rows = Notice.objects.filter(staying("person__"))
    return rows.exclude(person__wish__how_often=HowOften.NEVER)


def project_offered(reference: dict[str, Any]) -> Letter | None:
    """To whoever is to take it. They say yes or no on a page of their own, and see nothing of it before."""
    rows = Turning.objects.filter(uid=reference["turning"], turned_at__isnull=False, ended_at=None)
    turning = rows.select_related("to", "project__organisation").first()
    if turning is None or turning.to is None or not turning.to.is_active:
        return None
    address = lasting(turning.project.organisation) or settings.WITHUS_ADDRESS
    page = reverse("loop:take_over", args=[turning.project.address])
    context = {"name": turning.to.name, "turning": turning, "project": turning.project, "link": f"{address}{page}"}
    return Letter(
        to=turning.to.email,
        subject=_("You are asked to take over: %(title)s") % {"title": turning.project.title},
        text=render_to_string("loop/mail/offered.txt", context),
    )
