"""Mails about promises: is it still so, is it near, is it broken. What tells of an answer is in answer_mail.py."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from withus.accounts.models import Staff
from withus.loop.asks import published
from withus.loop.models import AnswerVersion
from withus.loop.models_of_answers import StillSo
from withus.loop.wordings import all_of, for_person
from withus.people import link
from withus.people.called import name_of
from withus.people.models import HowOften, Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import as_they_read
from withus.post.beside import made
from withus.post.letter import Letter
from withus.projects import day
from withus.projects.access import runs
from withus.projects.models import ProjectState


def promise_ask(reference: dict[str, Any]) -> Letter | None:
    """Is it still so? None where they have said so already, are gone, or want no letters any more."""
    rows = StillSo.objects.filter(answer__uid=reference["answer"], person__uid=reference["person"], so=None)
    asked = rows.filter(staying("person__")).select_related("answer__project").first()
    person = (
        Person.objects.filter(uid=reference["person"]).select_related("project__organisation", "wish", "name").first()
    )
    ways = Way.objects.filter(person=person, kind=WayKind.EMAIL, chosen=True, bounced_at=None)
    way = ways.first() if person else None
    wish = getattr(person, "wish", None)
    if asked is None or person is None or way is None or not way.sealed or (wish and wish.how_often == HowOften.NEVER):
        return None
    version = published(asked.answer)
    with as_they_read(person):
        context = {
            "name": name_of(person),
            "project": person.project,
            "version": version,
            "text": for_person(person, all_of(version)) if version else None,
            "link": link.taken_home(person),
            "stop": link.stop_taken_home(person),
        }
        subject = _("Is it still so? %(title)s") % {"title": person.project.title}
        return made(unseal_text(way.sealed), subject, "loop/mail/promise_ask.txt", context)


def promise_broken(reference: dict[str, Any]) -> Letter | None:
    """To the team: the day has passed. None where it was kept before the letter left."""
    found = _to_the_team(reference)
    if found is None or found[1].kept_on:
        return None
    subject = _("A promise is broken: %(title)s")
    return _owners(*found, subject, "loop/mail/promise_broken.txt", opened=reference.get("opened", False))


def promise_not_so(reference: dict[str, Any]) -> Letter | None:
    """To the team: somebody says that it is not so any more. Never who."""
    found = _to_the_team(reference)
    if found is None:
        return None
    subject = _("It is not so any more: %(title)s")
    return _owners(*found, subject, "loop/mail/promise_not_so.txt", opened=reference.get("opened", False))


def _to_the_team(reference: dict[str, Any]) -> tuple[Staff, AnswerVersion] | None:
    """None for whoever has left it, or handed the project over, before the letter left."""
    staff = Staff.objects.filter(uid=reference["staff"], is_active=True).first()
    rows = AnswerVersion.objects.filter(answer__uid=reference["answer"], published_at__isnull=False)
    version = rows.select_related("answer__project").order_by("-number").first()
    if staff is None or version is None or not runs(staff, version.answer.project):
        return None
    return staff, version


def _owners(staff: Staff, version: AnswerVersion, subject: str, template: str, *, opened: bool = False) -> Letter:
    """`opened`: by this the project is open again, and no other mail says so; unless it is closed once more by now."""
    project = version.answer.project
    page = reverse("loop:publish", args=[project.address, version.answer.uid])
    context = {"name": staff.name, "project": project, "version": version, "link": f"{settings.WITHUS_ADDRESS}{page}"}
    context["opened"] = opened and project.state != ProjectState.CLOSED
    with day.clocks_of(project):
        return made(staff.email, subject % {"title": project.title}, template, context)


def promise_near(reference: dict[str, Any]) -> Letter | None:
    """To the team. None where the promise was kept or moved before the letter left."""
    found = _to_the_team(reference)
    if found is None or found[1].kept_on or str(found[1].promised_on) != reference["on"]:
        return None
    return _owners(*found, _("A promise is due: %(title)s"), "loop/mail/promise_near.txt")
