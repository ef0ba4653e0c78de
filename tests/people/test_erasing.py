"""Erasing: everything that can hold words is classed, and nothing of a planted person is left anywhere; the chain still holds."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, cast
from tests.people.everything import everything
from withus.live import actions as live
from withus.loop import actions as loop
from withus.loop import follow
from withus.people import actions, erasure, here, link
from withus.people.models import Person
from withus.post import actions as post
from withus.post.letter import message_id
from withus.post.models import Delivered, Job, Outgoing
from withus.record.verify import verify
from withus.table import actions as table
from withus.table.models import Place

CAN_HOLD_WORDS = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField,
    models.GenericIPAddressField,
)  # fmt: skip
PACKAGE = Path(erasure.__file__).parent.parent


def test_every_field_that_can_hold_words_is_classed_and_no_class_is_left_over() -> None:
    there = {
        model._meta.label: {field.name for field in model._meta.local_fields if isinstance(field, CAN_HOLD_WORDS)}
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("withus.")
    }
    assert {label: set(fields) for label, fields in erasure.FIELDS.items()} == {
        label: fields for label, fields in there.items() if fields
    }


def test_every_name_in_the_data_folder_is_classed() -> None:
    found = set()
    for file in PACKAGE.rglob("*.py"):
        found |= set(re.findall(r"(?:WITHUS_DATA|\bdata) / \"([\w.]+)\"", file.read_text()))
    assert found <= set(erasure.FOLDERS)


@pytest.mark.django_db
def test_nothing_that_was_planted_is_left_and_the_record_verifies(django_capture_on_commit_callbacks: Any) -> None:
    them = cast()
    person = table.add_to_table(
        them.project, by=them.dev, now=NOW, role="member", name="Zerafina Quillworth", group="Quillworth heirs",
        power="the quillworth purse", way="email", address="zerafina@quillworth.example", needs=["a quillworth ramp"],
    )  # fmt: skip
    actions.set_pay(person, pay={"offer": "quillworth tokens", "state": "offered"})
    table.say_lived(person, lived="yes", now=NOW)
    given = live.add_contribution(
        them.project, person=person, words="Quillworth said by me.", sent_once="quillworth-once", now=NOW
    ).contribution
    answer = loop.draft_answer(
        them.project, contribution=given, we_heard="Trouble.", outcome="done", we_do="A lamp.", because="You asked.",
        body="Us", by=them.dev, now=NOW,
    )  # fmt: skip
    loop.publish(answer, by=them.dev, now=NOW)
    loop.confirm(person, answer=answer, says="no", because="Quillworth is not content.", now=NOW)
    letter = post.queue("invitation", way="email", reference={"person": str(person.uid)}, once="invitation", run_at=NOW)
    Delivered.objects.create(
        message_id=message_id(str(letter.uid)),
        to="zerafina@quillworth.example",
        subject="Dear Zerafina",
        text="Quillworth",
        at=NOW,
    )
    Outgoing.objects.update(trouble="550 zerafina@quillworth.example is unknown")
    secrets = ("quillworth", "zerafina", link.link(person).casefold(), link.speakable(person))
    assert "quillworth" in everything()
    with django_capture_on_commit_callbacks(execute=True):
        actions.begin_erasing(person, now=NOW, at_once=True)
        follow.erase_due({}, NOW)
    left = everything()
    assert [secret for secret in secrets if secret in left] == []
    assert link.by_link(secrets[2]) is None
    assert not Place.objects.filter(person=person).exists()
    assert verify(them.project).ok


@pytest.mark.django_db
def test_asked_by_words_and_then_by_the_link_it_is_done_at_once_not_in_a_fortnight() -> None:
    them = cast()
    actions.begin_erasing(them.amira, now=NOW, at_once=False)
    assert them.amira.erasing_at == NOW + timedelta(days=14)
    actions.begin_erasing(them.amira, now=NOW, at_once=True)
    assert Job.objects.filter(kind="people.erase", run_at=NOW).exists()
    live.erase_due(NOW)
    assert Person.objects.get(pk=them.amira.pk).erased_at == NOW


@pytest.mark.django_db(transaction=True)
def test_the_log_of_the_database_is_emptied_after_the_last_is_deleted() -> None:
    """SQLite deletes in its log first: till that is emptied, a letter to them that lay in the mailbox can be read in its file."""
    them = cast()
    letter = post.queue(
        "invitation", way="email", reference={"person": str(them.amira.uid)}, once="invitation", run_at=NOW
    )
    Delivered.objects.create(message_id=message_id(str(letter.uid)), to="a@b.example", subject="Dear", text="A", at=NOW)
    actions.begin_erasing(them.amira, now=NOW, at_once=True)
    with CaptureQueriesContext(connection) as asked:
        follow.erase_due({}, NOW)
    said = [one["sql"] for one in asked.captured_queries]
    deleted = [at for at, sql in enumerate(said) if sql.startswith("DELETE") and "post_delivered" in sql]
    emptied = [at for at, sql in enumerate(said) if sql == "PRAGMA wal_checkpoint(TRUNCATE)"]
    assert (len(deleted), emptied[-1] > deleted[-1]) == (1, True)


@pytest.mark.django_db
@pytest.mark.parametrize("first_by_link", [True, False])
def test_pressed_again_the_earlier_day_stands(first_by_link: bool) -> None:
    """Whoever overheard the words cannot put off what its owner asked for by the link; and a second press adds no days."""
    them = cast()
    actions.begin_erasing(them.amira, now=NOW, at_once=first_by_link)
    on = them.amira.erasing_at
    actions.begin_erasing(Person.objects.get(pk=them.amira.pk), now=NOW + timedelta(seconds=9), at_once=False)
    assert Person.objects.get(pk=them.amira.pk).erasing_at == on
    assert Job.objects.filter(kind="people.erase").count() == 1


@pytest.mark.django_db
def test_nobody_is_told_that_all_is_back_when_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page knew them still; the minute was over before their press came to its turn."""
    them = cast()
    phone = Client()
    phone.get(link.path(them.amira))
    actions.begin_erasing(them.amira, now=NOW, at_once=True)
    monkeypatch.setattr(here, "person_here", lambda _request, _project: them.amira)
    live.erase_due(NOW)
    answer = phone.post(f"/at/{them.project.address}/me/erase", {"undo": "1"})
    assert (answer.status_code, "It is gone for good by now." in answer.content.decode()) == (409, True)
    assert Person.objects.get(pk=them.amira.pk).erasing_at == NOW


@pytest.mark.django_db
def test_brought_back_it_is_not_erased_when_the_day_comes() -> None:
    them = cast()
    actions.begin_erasing(them.amira, now=NOW, at_once=False)
    actions.stop_erasing(them.amira, now=NOW)
    assert live.erase_due(NOW + timedelta(days=15)) == 0
    assert Person.objects.get(pk=them.amira.pk).erased_at is None
