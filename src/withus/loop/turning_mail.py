"""
Mails about a key that waits, a rest, a hand-over or a project that is open again, rendered when they are sent. None where it has become
untrue, or nobody is left to write to. And whose key the link in such a mail turns.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from withus.accounts.models import Staff
from withus.loop.actions.asking_keys import asked_by_mail, by_mail
from withus.loop.actions.objecting import just_turned
from withus.loop.actions.turning import SECOND_WITHIN, Hand, may_press_second, turned_already, under_way, waiting
from withus.loop.models import Told
from withus.loop.models_of_closing import Notice, Turn, Turning
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
from withus.projects.lasting import lasting
from withus.projects.models import Membership, Project, ProjectState

SALT = "withus.key"


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
    with as_they_read(person):
        project = person.project
        subject = _("%(title)s rests") if turning.what == Turn.REST else _("%(title)s goes to other people")
        context = {
            "name": name_of(person),
            "project": project,
            "turning": turning,
            "rests": turning.what == Turn.REST,
            "link": link.taken_home(person),
            "stop": link.stop_taken_home(person),
            "telephone": project.organisation.telephone,
        }
        return made(unseal_text(way.sealed), subject % {"title": project.title}, "loop/mail/turns.txt", context)


def project_stays(reference: dict[str, Any]) -> Letter | None:
    """To who was told that it rests or goes: it does not, or not any more."""
    rows = _writable().filter(uid=reference["notice"], turning__ended_at__isnull=False)
    notice = rows.select_related("person__project__organisation", "person__name", "turning").first()
    way = Way.objects.filter(person=notice.person, kind=WayKind.EMAIL).first() if notice else None
    if notice is None or way is None or not way.sealed:
        return None
    person = notice.person
    project = person.project
    with as_they_read(person):
        rested = notice.turning.what == Turn.REST
        subject = _("%(title)s goes on") if rested else _("%(title)s stays where it is")
        context = {
            "name": name_of(person),
            "project": project,
            "rested": rested,
            "link": link.taken_home(person),
            "stop": link.stop_taken_home(person),
        }
        return made(unseal_text(way.sealed), subject % {"title": project.title}, "loop/mail/stays.txt", context)


def _writable() -> QuerySet[Notice]:
    """To nobody who is erased, or who said stop after the letter was queued."""
    rows = Notice.objects.filter(staying("person__"))
    return rows.exclude(person__wish__how_often=HowOften.NEVER)


def project_asked(reference: dict[str, Any]) -> Letter | None:
    """To the address that the team typed. Only what to do next differs, and only its owner reads it."""
    turning = Turning.objects.filter(uid=reference["turning"]).select_related("project__organisation").first()
    if turning is None or not turning.to_sealed or not _still_waits(turning, timezone.now()):
        return None
    address = lasting(turning.project.organisation) or settings.WITHUS_ADDRESS
    page = reverse("loop:take_over", args=[turning.project.address])
    context = {
        "project": turning.project,
        "has_account": Membership.objects.filter(staff__email__iexact=turning.asked, staff__is_active=True).exists(),
        "until": turning.asked_at + SECOND_WITHIN,
        "link": f"{address}{page}",
    }
    subject = _("Would you take over: %(title)s?") % {"title": turning.project.title}
    with day.clocks_of(turning.project):
        return made(turning.asked, subject, "loop/mail/asked.txt", context)


def project_offered(reference: dict[str, Any]) -> Letter | None:
    """To whoever is to take it. They say yes or no on a page of their own, and see nothing of it before."""
    rows = Turning.objects.filter(uid=reference["turning"], turned_at__isnull=False, ended_at=None)
    turning = rows.select_related("to", "project__organisation").first()
    if turning is None or turning.to is None or not turning.to.is_active:
        return None
    address = lasting(turning.project.organisation) or settings.WITHUS_ADDRESS
    page = reverse("loop:take_over", args=[turning.project.address])
    context = {"name": turning.to.name, "turning": turning, "project": turning.project, "link": f"{address}{page}"}
    subject = _("You are asked to take over: %(title)s") % {"title": turning.project.title}
    with day.clocks_of(turning.project):
        return made(turning.to.email, subject, "loop/mail/offered.txt", context)


def project_stopped(reference: dict[str, Any]) -> Letter | None:
    """
    To the team, and to who was to take it over: it was stopped. Never by whom: a co-lead owes nobody a reason. None for who
    has nothing to do with it any more, and where the same was agreed anew.
    """
    rows = Turning.objects.filter(uid=reference["turning"], turned_at__isnull=False, ended_at__isnull=False)
    turning = rows.select_related("project__organisation", "to_organisation").first()
    staff = Staff.objects.filter(uid=reference["staff"], is_active=True).first()
    if turning is None or staff is None or under_way(turning.project, turning.what) is not None:
        return None
    project, takes = turning.project, staff.pk == turning.to_id
    if not takes and not runs(staff, project):
        return None
    rested = turning.what == Turn.REST
    page = reverse("loop:close", args=[project.address])
    context = {
        "name": staff.name,
        "project": project,
        "rested": rested,
        "takes": takes and not runs(staff, project),
        "whom": turning.goes_to,
        "on": turning.ended_at,
        "link": f"{settings.WITHUS_ADDRESS}{page}" if runs(staff, project) else "",
    }
    subject = _("It does not rest: %(title)s") if rested else _("It stays where it is: %(title)s")
    with day.clocks_of(project):
        return made(staff.email, subject % {"title": project.title}, "loop/mail/stopped.txt", context)


def project_reopened(reference: dict[str, Any]) -> Letter | None:
    """
    To the team and the co-leads, who had put it aside. Never what opened it: that would say who said no. None where it is closed again by
    now.
    """
    project = Project.objects.filter(uid=reference["project"]).select_related("organisation").first()
    if project is None or project.state == ProjectState.CLOSED:
        return None
    context = {"project": project, "on": datetime.fromisoformat(reference["on"])}
    if "person" in reference:
        person = by_mail(project).filter(uid=reference["person"]).select_related("name").first()
        return None if person is None else _reopened_to_co_lead(project, person, context)
    staff = Staff.objects.filter(uid=reference["staff"], is_active=True).first()
    if staff is None or not runs(staff, project):
        return None
    page = f"{settings.WITHUS_ADDRESS}{reverse('loop:close', args=[project.address])}"
    with day.clocks_of(project):
        subject = _("Open again: %(title)s") % {"title": project.title}
        return made(staff.email, subject, "loop/mail/reopened.txt", {**context, "name": staff.name, "link": page})


def _reopened_to_co_lead(project: Project, person: Person, context: dict[str, Any]) -> Letter:  # Any: a template's
    person.project = project
    way = Way.objects.get(person=person, kind=WayKind.EMAIL)
    with as_they_read(person):
        theirs = {"name": name_of(person), "link": link.taken_home(person), "stop": link.stop_taken_home(person)}
        subject = _("Open again: %(title)s") % {"title": project.title}
        return made(unseal_text(way.sealed), subject, "loop/mail/reopened.txt", {**context, **theirs, "leads": True})


def key_waits(reference: dict[str, Any]) -> Letter | None:
    """To whoever could turn the second key: in their account, or, for a co-lead without one, by a link of their own."""
    rows = Turning.objects.filter(uid=reference["turning"]).select_related("project__organisation", "to_organisation")
    turning = rows.first()
    if turning is None or not _still_waits(turning, timezone.now()):
        return None
    return _to_staff(turning, reference) if "staff" in reference else _to_co_lead(turning, reference)


def key_turned(reference: dict[str, Any]) -> Letter | None:
    """To a co-lead, that both keys are turned, and whether one was theirs. None where it was stopped, or they are no co-lead any more."""
    turning = Turning.objects.filter(uid=reference["turning"]).select_related("project__organisation").first()
    person = (
        by_mail(turning.project).filter(uid=reference["person"]).select_related("name").first() if turning else None
    )
    if turning is None or person is None or just_turned(turning.project, now=timezone.now()) != turning:
        return None
    project = person.project = turning.project
    token = signing.dumps([turning.uid.hex, person.uid.hex, person.generation], salt=SALT)
    page = reverse("loop:key_by_mail", args=[project.address, token])
    way = Way.objects.get(person=person, kind=WayKind.EMAIL)
    with as_they_read(person), day.clocks_of(project):
        context = {
            "name": name_of(person),
            "mine": turned_already(project, str(turning.uid), Hand(person=person)),
            "turning": turning,
            "project": project,
            "until": (turning.turned_at or timezone.now()) + SECOND_WITHIN,
            "link": f"{lasting(project.organisation) or settings.WITHUS_ADDRESS}{page}",
            "telephone": project.organisation.telephone,
            "stop": link.stop_taken_home(person),
        }
        subject = _("%(title)s: both keys are turned") % {"title": project.title}
        return made(unseal_text(way.sealed), subject, "loop/mail/key_turned.txt", context)


def asked_by(project: Project, token: str) -> Person | None:
    """Whose key this link from a mail turns; None for a wrong, old or changed one, and where another key waits now."""
    try:
        about, uid, generation = signing.loads(token, salt=SALT, max_age=SECOND_WITHIN)
        asked, person = UUID(about), UUID(uid)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not Turning.objects.filter(project=project, uid=asked).exists():
        return None
    found = Person.objects.filter(staying(), project=project, uid=person, generation=generation, co_lead=True).first()
    waits = waiting(project, now=timezone.now())
    return found if waits is None or waits.uid == asked else None


def _still_waits(turning: Turning, now: datetime) -> bool:
    waits = waiting(turning.project, now=now)
    return waits is not None and waits.pk == turning.pk


def _to_staff(turning: Turning, reference: dict[str, Any]) -> Letter | None:
    staff = Staff.objects.filter(uid=reference["staff"]).first()
    if staff is None or not may_press_second(turning.project, turning, Hand(staff=staff)):
        return None
    page = reverse("loop:close", args=[turning.project.address])
    return _key_letter(turning, reference, to=staff.email, name=staff.name, page=page)


def _to_co_lead(turning: Turning, reference: dict[str, Any]) -> Letter | None:
    """Only to an address that is surely theirs: another may be the hand of whoever turned the first key."""
    person = Person.objects.filter(staying(), uid=reference["person"]).select_related("name").first()
    if person is None or not asked_by_mail(turning, person):
        return None
    if not may_press_second(turning.project, turning, Hand(person=person, asked=True)):
        return None
    person.project = turning.project
    way = Way.objects.get(person=person, kind=WayKind.EMAIL)
    token = signing.dumps([turning.uid.hex, person.uid.hex, person.generation], salt=SALT)
    page = reverse("loop:key_by_mail", args=[turning.project.address, token])
    with as_they_read(person):
        to, stop = unseal_text(way.sealed), link.stop_taken_home(person)
        return _key_letter(turning, reference, to=to, name=name_of(person), page=page, stop=stop)


def _key_letter(
    turning: Turning, reference: dict[str, Any], *, to: str, name: str, page: str, stop: str = ""
) -> Letter:
    project = turning.project
    who = turning.asked_by.name if turning.asked_by else name_of(turning.asked_by_person) or _("Somebody of the team")
    context = {
        "name": name,
        "who": who,
        "again": reference["again"],
        "turning": turning,
        "project": project,
        "until": turning.asked_at + SECOND_WITHIN,
        "link": f"{lasting(project.organisation) or settings.WITHUS_ADDRESS}{page}",
        "telephone": project.organisation.telephone,
        "stop": stop,
    }
    subject = _("%(title)s: will you turn the second key?") % {"title": project.title}
    with day.clocks_of(project):
        return made(to, subject, "loop/mail/key_waits.txt", context)
