"""The page of whoever takes a project over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast, cast, phone
from tests.loop import ground
from tests.loop.test_pages_closing import at, staff, turned_by_joy
from withus.charter.models import Charter
from withus.live import actions as live
from withus.loop.models_of_closing import Turning

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def test_whoever_takes_it_sees_nothing_that_anybody_gave_before_it_is_theirs(them: Cast) -> None:
    ground.card(them, them.amira, "Only for you.")
    dev = staff(them)
    ground.by_email(them, them.joy)
    sent = {"to": "sam@elsewhere.example", "days": "28"}
    assert dev.post(at(them, "close/hand-over"), sent | {"days": "5"}).status_code == 422
    assert dev.post(at(them, "close/hand-over"), sent).status_code == 302
    assert staff(them, "ada").get(at(them, "take-over")).status_code == 404
    sam = staff(them, "sam")
    assert "Only for you." not in sam.get(at(them, "take-over")).content.decode()
    assert sam.post(at(them, "take-over")).status_code == 302
    assert "You said yes, for" in sam.get(at(them, "take-over")).content.decode()
    turned_by_joy(them)
    page = sam.get(at(them, "take-over")).content.decode()
    assert "Only for you." not in page
    assert sam.post(at(them, "take-over")).status_code == 409
    assert sam.get(at(them, "themes")).status_code == 404
    assert staff(them, "ada").get(at(them, "take-over")).status_code == 404
    early = timezone.now() - timedelta(days=29)
    Turning.objects.update(turned_at=early, until=early.date())
    Turning.objects.get().notices.update(at=early)
    Turning.objects.get().notices.filter(person=them.joy).update(state="sent")
    Charter.objects.filter(project=them.project).update(safe_person="Priya", safe_person_how="01632 960 123")
    live.add_duty(
        them.project,
        who="Dev reads",
        begins=timezone.now(),
        ends=timezone.now() + timedelta(hours=1),
        now=timezone.now(),
    )
    assert "Until now it is Priya." in sam.get(at(them, "take-over")).content.decode()
    nameless = sam.post(at(them, "take-over"), {"safe_person": " ", "safe_person_how": "01632 960 555"})
    assert (nameless.status_code, "01632 960 555" in nameless.content.decode()) == (422, True)
    assert sam.get(at(them, "themes")).status_code == 404
    said = {"safe_person": "Robin", "safe_person_how": "01632 960 555"}
    assert sam.post(at(them, "take-over"), said).status_code == 302
    read = phone(them.amira).get(at(them, "me")).content.decode()
    assert [word in read for word in ("Robin", "01632 960 555", "Priya", "01632 960 123", "Dev reads")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert sam.get(at(them, "themes")).status_code == 200
    assert dev.get(at(them, "themes")).status_code == 404
    assert "Only for you." in phone(them.amira).get(at(them, "me")).content.decode()
