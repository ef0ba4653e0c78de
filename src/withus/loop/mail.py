"""The mail that tells somebody what became of what they said, rendered when it is sent: one for all that waited for them."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from withus.accounts.models import Staff
from withus.loop import actions
from withus.loop.asks import published
from withus.loop.changes import changed_since_told
from withus.loop.envelope import lines_of
from withus.loop.models import AnswerVersion, Telling, Told
from withus.loop.models_of_answers import StillSo
from withus.loop.wordings import all_of, for_person
from withus.people import link
from withus.people.models import HowOften, Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import tongue_of
from withus.post.beside import made
from withus.post.letter import Letter, PaperLetter, Rendered, TextMessage
from withus.projects.access import runs
from withus.record.chain import head_code
from withus.record.models import Head

MOST_QUOTED = 3


def answers_published(reference: dict[str, Any]) -> Rendered | None:
    """None where nobody is left to write to, or they said stop in the meantime."""
    kind = reference.get("way", WayKind.EMAIL)
    rows = Telling.objects.filter(staying("person__"), uid__in=reference["tellings"], way=kind)
    rows = rows.filter(state__in=(Told.QUEUED, Told.FAILED))
    tellings = list(rows.select_related("version__answer__project", "version__answer__theme").order_by("pk"))
    persons = Person.objects.filter(uid=reference["person"]).exclude(wish__how_often=HowOften.NEVER)
    person = persons.select_related("project__organisation", "name").first()
    if person is None or not tellings:
        return None
    way = Way.objects.filter(person=person, kind=kind).first()
    if way is None or actions.way_now(person) != kind:
        return None
    with translation.override(tongue_of(person)):
        if kind == WayKind.SMS:
            return _text_message(person, to=unseal_text(way.sealed))
        letter = _letter(person, tellings, to=unseal_text(way.sealed))
    if kind == WayKind.POST:
        return PaperLetter(address=lines_of(letter.to, person), subject=letter.subject, text=letter.text)
    return letter


def _text_message(person: Person, *, to: str) -> TextMessage:
    """Short, and without their words: others may read over their shoulder."""
    context = {"organisation": person.project.organisation, "link": link.taken_home(person)}
    return TextMessage(to=to, text=render_to_string("loop/mail/answer_sms.txt", context).strip())


def _letter(person: Person, tellings: list[Telling], *, to: str) -> Letter:
    project = person.project
    head = Head.objects.get(project=project)
    name = getattr(person, "name", None)
    stop = link.stop_taken_home(person)
    context = {
        "name": unseal_text(name.sealed) if name else "",
        "project": project,
        "answers": [_answer(person, telling) for telling in tellings],
        "link": link.taken_home(person),
        "stop": stop if tellings[0].way == WayKind.EMAIL else "",
        "words": link.speakable(person) if tellings[0].way == WayKind.POST else "",
        "code": head_code(head.seq, head.hash),
    }
    return Letter(
        to=to,
        subject=_("What became of what you said: %(title)s") % {"title": project.title},
        text=render_to_string("loop/mail/answer.txt", context),
        html=render_to_string("loop/mail/answer.html", context),
        stop=stop,
    )


def _answer(person: Person, telling: Telling) -> dict[str, Any]:  # Any: a template's row
    cards = actions.cards_of(telling.version.answer).filter(Q(person=person) | Q(with_persons=person)).distinct()
    return {
        "version": telling.version,
        "text": for_person(person, all_of(telling.version)),
        "changes": changed_since_told(telling.version, person),
        "mine": list(cards.exclude(words="")[:MOST_QUOTED]),
    }


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
    name = getattr(person, "name", None)
    with translation.override(tongue_of(person)):
        context = {
            "name": unseal_text(name.sealed) if name else "",
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
    return _owners(*found, _("A promise is broken: %(title)s"), "loop/mail/promise_broken.txt")


def promise_not_so(reference: dict[str, Any]) -> Letter | None:
    """To the team: somebody says that it is not so any more. Never who."""
    found = _to_the_team(reference)
    return (
        None
        if found is None
        else _owners(*found, _("It is not so any more: %(title)s"), "loop/mail/promise_not_so.txt")
    )


def _to_the_team(reference: dict[str, Any]) -> tuple[Staff, AnswerVersion] | None:
    """None for whoever has left it, or handed the project over, before the letter left."""
    staff = Staff.objects.filter(uid=reference["staff"], is_active=True).first()
    rows = AnswerVersion.objects.filter(answer__uid=reference["answer"], published_at__isnull=False)
    version = rows.select_related("answer__project").order_by("-number").first()
    if staff is None or version is None or not runs(staff, version.answer.project):
        return None
    return staff, version


def _owners(staff: Staff, version: AnswerVersion, subject: str, template: str) -> Letter:
    project = version.answer.project
    page = reverse("loop:publish", args=[project.address, version.answer.uid])
    context = {"name": staff.name, "project": project, "version": version, "link": f"{settings.WITHUS_ADDRESS}{page}"}
    return made(staff.email, subject % {"title": project.title}, template, context)


def promise_near(reference: dict[str, Any]) -> Letter | None:
    """To the team. None where the promise was kept or moved before the letter left."""
    found = _to_the_team(reference)
    if found is None or found[1].kept_on or str(found[1].promised_on) != reference["on"]:
        return None
    return _owners(*found, _("A promise is due: %(title)s"), "loop/mail/promise_near.txt")
