"""One mail of each kind, sent by the worker as it would leave, from one project to which everything happens."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from tests.cast import Cast, a_workshop, give_name
from tests.loop import ground
from withus.charter.models import Change
from withus.findings.models import Answered, Asked
from withus.loop import actions as loop
from withus.loop.models_of_answers import StillSo
from withus.people import actions as people
from withus.post import actions as post
from withus.post import worker
from withus.post.letter import message_id
from withus.post.models import Outgoing
from withus.projects import day
from withus.table import actions as table
from withus.table.models import Seat

DAY = timedelta(days=1)


def every_mail(them: Cast) -> dict[str, EmailMultiAlternatives]:
    """
    By its kind. What a mail refers to is there; how it comes to be queued is tested where that is done. Today, since a key waits for some
    days only.
    """
    them = replace(them, now=timezone.now())
    for person, name in ((them.amira, "Amira"), (them.joy, "Joy")):
        give_name(person, name)
        ground.by_email(replace(them, now=them.now - 20 * DAY), person)
    _before_and_after_an_answer(them)
    _findings_and_charter(them)
    _to_staff(them)
    table.choose_way(them.amira, way="none", address="", how_often="", now=them.now, by_words=True)
    worker.run_due(them.now)
    _turns(them)
    worker.run_due(them.now + DAY)
    sent = {str(one.extra_headers["Message-ID"]): one for one in mail.outbox}
    rows = Outgoing.objects.order_by("-pk").values_list("uid", "kind")
    found = {kind: sent[key] for uid, kind in rows if (key := message_id(str(uid))) in sent}
    return {kind: one for kind, one in found.items() if isinstance(one, EmailMultiAlternatives)}


def _queue(them: Cast, kind: str, **reference: object) -> None:
    post.queue(
        kind,
        way="email",
        reference={name: value if isinstance(value, bool) else str(value) for name, value in reference.items()},
        once=kind,
        run_at=them.now,
        belongs_to=them.project.uid,
    )


def _before_and_after_an_answer(them: Cast) -> None:
    Seat.objects.create(workshop=a_workshop(them), person=them.amira)
    _queue(them, "invitation", person=them.amira.uid)
    promised_on = them.now.date() + 30 * DAY
    promised = ground.published(
        them, them.amira, promised_on=promised_on, waits_for="The council", meanwhile="A volunteer walks with you."
    )
    for kind in ("promise.near", "promise.broken", "promise.not_so"):
        _queue(them, kind, answer=promised.uid, staff=them.dev.uid, on=promised_on)
    kept = ground.published(them, them.amira, we_do="A second taxi.", promised_on=promised_on)
    today = day.of(them.project, them.now)
    loop.keep_promise(kept, on=today, by=them.dev, now=them.now)
    StillSo.objects.create(answer=kept, person=them.amira, kept_on=today, asked_at=them.now)
    _queue(them, "promise.ask", answer=kept.uid, person=them.amira.uid)


def _findings_and_charter(them: Cast) -> None:
    told: dict[str, Any] = {"project": them.project, "at": them.now}  # Any: rows of three kinds
    Change.objects.create(**told, narrows=True, before="Open till two", after="Open till ten", because="No money.")
    _queue(them, "charter.changed", person=them.amira.uid, project=them.project.uid)
    texts = {"because": "We asked late.", "cost": "A day's work.", "now_we": "We ask first.", "by_name": "Dev"}
    owned = Answered.objects.create(**told, **texts, by=them.dev, rule="T101", where="project", kind="owned")
    _queue(them, "finding.owned", answered=owned.uid, person=them.amira.uid)
    asked = Asked.objects.create(
        **told, by=them.dev, rule="T101", where="project", words="Is it settled?", to_person=them.joy
    )
    _queue(them, "finding.asked", question=asked.uid)


def _to_staff(them: Cast) -> None:
    _queue(them, "words.tried", project=them.project.uid, staff=them.dev.uid)
    _queue(them, "project.reopened", project=them.project.uid, staff=them.dev.uid, on=them.now.isoformat())
    people.ask_colleague(
        organisation=them.organisation, name="Bo", email="bo@lantern.example", admin=False, now=them.now
    )


def _turns(them: Cast) -> None:
    """It rests and wakes, and then goes to somebody else."""
    dev, joy = loop.Hand(staff=them.dev), loop.Hand(person=them.joy, asked=True)
    terms = loop.Terms(not_answered="What came in after May.", keeper="Lantern House", until=them.now.date() + 90 * DAY)
    first = loop.first_key(them.project, what="rest", by=dev, now=them.now, terms=terms)
    worker.run_due(them.now)
    rests = loop.second_key(first, by=joy, now=them.now)
    worker.run_due(them.now)
    loop.wake(rests.project, by=loop.Hand(person=them.joy), now=them.now)
    worker.run_due(them.now)
    terms = loop.Terms(address=them.sam.email, days=28)
    first = loop.first_key(them.project, what="hand over", by=dev, now=them.now, terms=terms)
    worker.run_due(them.now)
    loop.say_willing(first, organisation=them.sams_project.organisation, by=them.sam, now=them.now)
    loop.second_key(first, by=joy, now=them.now)
