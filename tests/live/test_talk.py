""" "Talk to someone": only while a named human is there; never queued; what reaches nobody says so and where to go."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import NOW, Cast
from tests.live.rooms import Phone, open_room, state, text_of
from withus import stream
from withus.live import actions
from withus.live.models import Call, Duty, Running
from withus.people.sealed import unseal_text
from withus.post import worker
from withus.post.models import Outgoing
from withus.record.models import Entry
from withus.stream import Audience, Captured
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db
PARTS = "Ask them to come"


@pytest.fixture
def told() -> Iterator[Captured]:
    with stream.capture() as captured:
        captured.there = 1
        yield captured


def on_duty(workshop: Workshop, who: str = "Priya and Jo, with a yellow badge") -> None:
    Running.objects.update_or_create(workshop=workshop, defaults={"on_duty": who})


def sends(phone: Phone) -> Any:
    return phone.client.post(phone.at("/talk"), {"where": "by the door"})


def dev(them: Cast) -> Any:
    client: Any = Client()
    client.force_login(them.dev, backend="sesame.backends.ModelBackend")
    return client


def test_without_anybody_on_duty_there_is_no_button_and_nothing_is_sent(told: Captured) -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    page = text_of(phone.gets(phone.at("/talk")))
    assert PARTS not in page
    for words in ("Nobody is on duty now", "Priya", "116 123"):
        assert words in page
    answer = text_of(sends(phone))
    assert "This did not reach anyone" in answer
    assert (Call.objects.count(), told.events) == (0, [])


def test_with_nobody_at_a_console_it_says_at_once_that_it_reached_nobody(told: Captured) -> None:
    _them, workshop = open_room()
    on_duty(workshop)
    told.there = 0
    phone = Phone(workshop).join()
    assert "This did not reach anyone" not in text_of(phone.gets(phone.at("/talk"))).split("Ask them to come")[0]
    answer = text_of(sends(phone))
    for words in ("This did not reach anyone", "Priya and Jo, with a yellow badge", "116 123"):
        assert words in answer
    assert (Call.objects.count(), Outgoing.objects.count(), told.events) == (0, 0, [])


def test_the_words_for_no_answer_are_in_the_page_before_anything_is_sent() -> None:
    _them, workshop = open_room()
    on_duty(workshop)
    phone = Phone(workshop).join()
    page = phone.gets(phone.at("/talk"))
    assert "No answer in 5 seconds? Then it has reached nobody." in text_of(page)
    assert '<section class="note n-brick stack g2" data-unreached hidden' in page.content.decode()


def test_a_call_reaches_those_on_duty_only_and_somebody_says_that_they_come(told: Captured) -> None:
    them, workshop = open_room()
    on_duty(workshop)
    phone = Phone(workshop).opens_link(them.amira)
    before = Entry.objects.count()
    sent = phone.client.post(phone.at("/talk"), {"where": "By the window"})
    row = Call.objects.get()
    assert {(topic.uid, topic.audience) for topic, _event in told.events} == {(workshop.uid, Audience.CARE)}
    assert all("window" not in event.html and "Amira" not in event.html for _topic, event in told.events)
    assert all(event.id is None and event.key is None for _topic, event in told.events)
    assert "Nobody has said yet that they come" in text_of(phone.gets(sent["Location"]))
    assert phone.gets(sent["Location"])["Refresh"] == "5"
    console = dev(them)
    page = text_of(console.get(f"/at/{them.project.address}/call/{row.uid}"))
    assert "By the window" in page
    assert "Amira" not in page
    assert console.post(f"/at/{them.project.address}/call/{row.uid}").status_code == 302
    came = phone.gets(sent["Location"])
    assert "Dev has seen it and is coming to you." in text_of(came)
    assert "Refresh" not in came
    assert Entry.objects.count() == before
    assert "window" not in row.sealed
    assert unseal_text(row.sealed) == "By the window"


def test_the_console_shows_a_call_without_a_script(told: Captured) -> None:
    them, workshop = open_room()
    on_duty(workshop)
    Phone(workshop).join().client.post(f"/at/{them.project.address}/w/{workshop.uid}/talk", {"where": "x"})
    row = Call.objects.get()
    page = dev(them).get(f"/at/{them.project.address}/w/{workshop.uid}/console")
    assert f"/at/{them.project.address}/call/{row.uid}" in page.content.decode()
    assert f"stream-care-{workshop.uid.hex[:8]}" in page.cookies
    assert Phone(workshop).join().gets(f"/at/{them.project.address}/call/{row.uid}").status_code == 302


@pytest.mark.parametrize(("room", "stands"), [("open", timedelta(seconds=60)), ("planned", timedelta(minutes=60))])
def test_it_stands_a_minute_in_a_running_workshop_and_an_hour_elsewhere(room: str, stands: timedelta) -> None:
    them, workshop = open_room()
    state(workshop, room)
    workshop.refresh_from_db()
    row = actions.call(them.project, workshop=workshop, where="", now=NOW)
    assert row.until - row.at == stands
    assert actions.answer_call(row, by=them.dev, now=row.until) is False
    assert actions.answer_call(row, by=them.dev, now=row.until - timedelta(seconds=1)) is True
    assert actions.answer_call(row, by=them.hall, now=row.until - timedelta(seconds=1)) is False
    worker.run_due(row.until)
    assert Call.objects.count() == 0


def test_after_its_time_the_page_says_that_nobody_answered() -> None:
    _them, workshop = open_room()
    on_duty(workshop)
    phone = Phone(workshop).join()
    page = phone.gets(f"/at/{phone.project.address}/called/{uuid4()}")
    for words in ("Nobody has answered", "Nothing of it is kept", "116 123"):
        assert words in text_of(page)
    assert "Refresh" not in page


def test_outside_a_workshop_it_is_a_button_in_the_hours_of_duty_only(told: Captured) -> None:
    them, workshop = open_room()
    now = timezone.now()
    phone = Phone(workshop).opens_link(them.amira)
    talk = f"/at/{them.project.address}/talk"
    duty = actions.add_duty(
        them.project, who="Jo", begins=now + timedelta(days=1), ends=now + timedelta(days=1, hours=2), now=now
    )
    page = text_of(phone.gets(talk))
    assert PARTS not in page
    assert "Nobody reads this till" in page
    assert "Nobody reads this till" in text_of(phone.gets(f"/at/{them.project.address}/me"))
    Duty.objects.filter(pk=duty.pk).update(begins=now - timedelta(hours=1))
    assert PARTS in text_of(phone.gets(talk))
    phone.client.post(talk, {"where": "07700 900123"})
    assert {topic.uid for topic, _event in told.events} == {them.project.uid}
    assert Call.objects.get().until - Call.objects.get().at == timedelta(minutes=60)


def test_the_team_sets_the_hours_on_the_project_s_clock() -> None:
    them, workshop = open_room()
    client, care = dev(them), f"/at/{them.project.address}/care"
    said = {"do": "add", "who": "Jo", "on": "2099-07-01", "begins": "09:00", "ends": "12:00"}
    assert client.post(care, {**said, "ends": "08:00"}).status_code == 422
    assert Duty.objects.count() == 0
    assert client.post(care, said).status_code == 302
    duty = Duty.objects.get()
    assert (duty.begins.hour, duty.begins.date()) == (8, date(2099, 7, 1))
    assert "9.00 a.m. – 12.00 p.m." in text_of(client.get(care))
    assert "Nobody reads this till" in (
        page := text_of(Phone(workshop).opens_link(them.amira).gets(f"/at/{them.project.address}/talk"))
    )
    assert "9.00 a.m." in page
    assert client.post(care, {"do": "remove", "duty": "nonsense"}).status_code == 404
    client.post(care, {"do": "remove", "duty": str(duty.uid)})
    assert Duty.objects.count() == 0


def test_the_console_shows_can_we_talk_about_this_instead() -> None:
    them, workshop = open_room()
    phone = Phone(workshop).opens_link(them.amira)
    phone.client.post(phone.at("/park"), {"sent_once": "a", "words": "The night buses", "instead": "yes"})
    page = text_of(dev(them).get(phone.at("/console")))
    asks = page.split("Can we talk about this instead?")
    assert len(asks) == 2
    assert "The night buses" in asks[1].split("Parked subjects")[0]
    assert "Amira" not in page
