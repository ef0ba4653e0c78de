"""Taking everything back: afterwards nothing of it can be found anywhere, and the chain still holds."""

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image

from tests.cast import NOW, cast
from tests.live.rooms import Phone, open_room, state, text_of
from withus.live import actions
from withus.live.models import Contribution, Media
from withus.people import actions as people
from withus.people.models import Person
from withus.record import verify
from withus.record.models import Opening
from withus.site.commands import prepare

PLANTED = "The heron on the ward roof knew my sister"


def png() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return SimpleUploadedFile("x", out.getvalue())


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_left_anywhere(media_folder: Path) -> None:
    them, workshop = open_room()
    phone = Phone(workshop).opens_link(them.amira)
    phone.says(PLANTED, photo=png(), may_see="wall")
    phone.says(picture="door", strokes='[{"pen": "ink", "points": [1, 2, 3, 4]}]')
    phone.client.post(phone.at("/park"), {"words": f"{PLANTED}, parked", "sent_once": "p"})
    state(workshop, "ended")
    phone.says(f"{PLANTED}, a note", note="yes")
    actions.make_anew({"media": Media.objects.filter(kind="photo").get().pk}, NOW)
    uids = [str(uid) for uid in Contribution.objects.values_list("uid", flat=True)]

    assert sorted(actions.erase_given(them.amira, now=NOW)) == sorted(uids)

    assert set(Contribution.objects.values_list("words", "picture", "state", "media")) == {("", "", "erased", None)}  # type: ignore[comparison-overlap] # a test's own mix
    assert Media.objects.count() == 0
    assert [path for path in media_folder.rglob("*") if path.is_file()] == []
    assert not Opening.objects.filter(about__in=[*uids, str(them.amira.uid)]).exists()
    assert not Opening.objects.filter(by=f"person:{them.amira.uid}").exists()
    assert verify.verify(them.project).ok
    found = [table for table in connection.introspection.table_names() if PLANTED in everything_in(table)]
    assert found == []
    log = [json.loads(line) for line in (settings.WITHUS_DATA / "erased.log").read_text().splitlines() if line]
    assert log[-1]["person"] == str(them.amira.uid)


def everything_in(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return repr(cursor.fetchall())


@pytest.mark.django_db
def test_once_more_does_nothing_more() -> None:
    them, workshop = open_room()
    Phone(workshop).opens_link(them.amira).says(PLANTED)
    assert len(actions.erase_given(them.amira, now=NOW)) == 1
    assert actions.erase_given(them.amira, now=NOW) == []


@pytest.mark.django_db
def test_a_card_of_several_stays_the_others() -> None:
    them, workshop = open_room()
    given: dict[str, Any] = {"workshop": workshop, "words": "Ours", "sent_once": "one", "now": NOW}
    actions.add_contribution(them.project, person=them.amira, with_persons=[them.bo], **given)
    actions.erase_given(them.amira, now=NOW)
    card = Contribution.objects.get()
    assert (card.words, card.person, card.with_persons.count()) == ("Ours", them.bo, 0)


@pytest.mark.django_db
def test_it_is_done_when_the_time_to_undo_is_over_and_not_before() -> None:
    them, workshop = open_room()
    Phone(workshop).opens_link(them.amira).says(PLANTED)
    people.begin_erasing(them.amira, now=NOW, at_once=False)
    assert actions.erase_due(NOW + timedelta(days=13)) == 0
    assert actions.erase_due(NOW + timedelta(days=14)) == 1
    assert Person.objects.get(pk=them.amira.pk).erased_at == NOW + timedelta(days=14)


@pytest.mark.django_db
def test_while_it_is_being_erased_nobody_sees_its_picture() -> None:
    them, workshop = open_room()
    amira = Phone(workshop).opens_link(them.amira)
    amira.says(strokes='[{"pen": "ink", "points": [1, 2, 3, 4]}]', may_see="wall")
    actions.let_through(Contribution.objects.get(), by=them.dev, now=NOW)
    address = f"/at/{amira.project.address}/media/{Media.objects.get().uid}"
    bo = Phone(workshop).opens_link(them.bo)
    assert bo.gets(address).status_code == 200
    people.begin_erasing(them.amira, now=NOW, at_once=False)
    assert bo.gets(address).status_code == 404


@pytest.mark.django_db
def test_after_it_the_link_opens_nothing() -> None:
    them, workshop = open_room()
    phone = Phone(workshop).opens_link(them.amira)
    address = phone.says(PLANTED)["Location"]
    actions.erase_given(them.amira, now=NOW)
    assert phone.gets(address).status_code == 404
    assert PLANTED not in text_of(phone.gets(phone.at()))


@pytest.fixture
def no_log() -> None:
    """What other tests have erased is not in it."""
    (settings.WITHUS_DATA / "erased.log").unlink(missing_ok=True)


def come_to_nothing(person: Person, now: datetime) -> None:
    """Erased inside a transaction that is never committed."""
    with transaction.atomic():
        actions.erase_given(person, now=now)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("no_log")
def test_a_hand_over_that_came_to_nothing_erases_nobody_at_the_next_start() -> None:
    """It erases first whoever could still undo it, and writes that down before: a fall in its middle must not cost them their fortnight."""
    them, now = cast(), timezone.now()
    people.begin_erasing(them.amira, now=now, at_once=False)
    come_to_nothing(them.amira, now)
    assert prepare.erase_again(settings.WITHUS_DATA) == 0
    actions.stop_erasing(them.amira, now=now + timedelta(days=1))
    assert prepare.erase_again(settings.WITHUS_DATA) == 0
    assert Person.objects.get(pk=them.amira.pk).erased_at is None


@pytest.mark.django_db
@pytest.mark.usefixtures("no_log")
def test_who_thought_again_and_then_took_everything_back_stays_erased() -> None:
    them, now = cast(), timezone.now()
    come_to_nothing(them.amira, now)
    actions.stop_erasing(them.amira, now=now + timedelta(seconds=1))
    actions.erase_given(them.amira, now=now + timedelta(seconds=2))
    Person.objects.filter(pk=them.amira.pk).update(erased_at=None)  # as an older backup has it
    assert prepare.erase_again(settings.WITHUS_DATA) == 1
