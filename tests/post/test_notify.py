"""Text messages and letters by GOV.UK Notify: once each, found again after a fall, and what became of them asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast, cast
from tests.loop import ground
from tests.post.notify import BROKEN, KEY, Notify, running
from withus.loop import actions
from withus.loop.models import Telling
from withus.people import link
from withus.post import worker
from withus.post.lines import Down
from withus.post.models import Outgoing
from withus.post.notify_line import NotifyLine
from withus.table import actions as table

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def notify(settings: Any) -> Iterator[Notify]:  # Any: pytest-django's settings
    worker.down = Down()
    with running() as server:
        settings.WITHUS_NOTIFY_KEY, settings.WITHUS_NOTIFY_ADDRESS = KEY, server.address
        settings.WITHUS_NOTIFY_TEXT, settings.WITHUS_NOTIFY_LETTER = "text-template", "letter-template"
        yield server


@pytest.fixture
def them(notify: Notify) -> Cast:
    return cast()


def told(them: Cast, way: str, address: str) -> Outgoing:
    table.choose_way(them.amira, way=way, address=address, how_often="as it comes", now=them.now)
    card = ground.card(them, them.amira)
    answer = ground.draft(them, ground.theme(them, card), outcome="done", promised_on=None)
    actions.publish(answer, by=them.dev, now=them.now)
    return Outgoing.objects.get(kind="answers.published")


def run(now: datetime) -> tuple[str, str, list[str]]:
    worker.run_due(now)
    return Outgoing.objects.get(kind="answers.published").state, Telling.objects.get().state, []


def test_a_text_message_leads_to_their_page_and_holds_no_words(them: Cast, notify: Notify) -> None:
    letter = told(them, "sms", "07700 900123")
    assert run(them.now)[:2] == ("sent", "sent")
    sent = notify.taken[0]
    assert (sent["what"], sent["phone_number"], sent["template_id"]) == ("sms", "07700 900123", "text-template")
    assert sent["reference"] == str(letter.uid)
    assert link.path(them.amira) in sent["personalisation"]["text"]
    assert "The last bus" not in sent["personalisation"]["text"]


def test_a_letter_has_the_address_in_lines_and_the_whole_answer(them: Cast, notify: Notify) -> None:
    told(them, "post", "5 Mill Lane\nLeeds\nLS1 1AA")
    assert run(them.now)[:2] == ("sent", "sent")
    said = notify.taken[0]["personalisation"]
    lines = [said[f"address_line_{number}"] for number in range(1, 5)]
    assert lines == ["Amira", "5 Mill Lane", "Leeds", "LS1 1AA"]
    assert "A taxi home." in said["text"]
    assert link.speakable(them.amira) in said["text"]


@pytest.mark.parametrize("breaks", list(BROKEN))
def test_one_that_was_taken_before_the_line_broke_is_found_and_not_sent_again(
    them: Cast, notify: Notify, breaks: str
) -> None:
    notify.breaks = [breaks]
    told(them, "sms", "07700 900123")
    assert run(them.now)[:2] == ("sending", "queued")
    assert run(them.now + timedelta(minutes=5))[:2] == ("sent", "sent")
    assert [one["what"] for one in notify.taken] == ["sms"]


@pytest.mark.parametrize("status", ["500", "429", "403"])
def test_while_notify_does_not_answer_it_waits_and_costs_no_try(them: Cast, notify: Notify, status: str) -> None:
    notify.breaks = [status] * 3
    told(them, "sms", "07700 900123")
    now = them.now
    for _try in range(3):
        run(now)
        now += timedelta(hours=1)
    assert run(now)[:2] == ("sent", "sent")
    assert (len(notify.taken), Outgoing.objects.get(kind="answers.published").tries) == (1, 1)


@pytest.mark.parametrize("breaks", ["number", "abroad"])
def test_a_number_that_cannot_be_goes_by_the_next_way_at_once(them: Cast, notify: Notify, breaks: str) -> None:
    table.choose_way(them.amira, way="post", address="5 Mill Lane\nLeeds\nLS1 1AA", how_often="", now=them.now)
    notify.breaks = [breaks]
    told(them, "sms", "12")
    for _round in range(3):
        worker.run_due(them.now)
    assert [one["what"] for one in notify.taken] == ["letter"]
    assert Telling.objects.values_list("way", "state").get() == ("post", "sent")


def test_a_wrong_template_is_our_fault_and_nobodys_number_is_left(them: Cast, notify: Notify) -> None:
    notify.breaks = ["template"] * 9
    told(them, "sms", "07700 900123")
    now = them.now
    for _try in range(8):
        worker.run_due(now)
        now += timedelta(hours=9)
    assert Outgoing.objects.get(kind="answers.published").state == "failed"
    assert them.amira.ways.get(kind="sms").bounced_at is None
    assert Telling.objects.get().state == "failed"


def test_what_fails_later_is_asked_for_and_goes_by_the_next_way(them: Cast, notify: Notify) -> None:
    table.choose_way(them.amira, way="email", address="a@example.org", how_often="", now=them.now)
    told(them, "sms", "07700 900123")
    worker.run_due(them.now)
    notify.became = "permanent-failure"
    worker.run_due(them.now + timedelta(minutes=16))
    worker.run_due(them.now + timedelta(minutes=16))
    assert Telling.objects.values_list("way", "state").get() == ("email", "sent")


def test_what_was_delivered_stays_so(them: Cast, notify: Notify) -> None:
    told(them, "sms", "07700 900123")
    for wait in (timedelta(0), timedelta(hours=1), timedelta(hours=5), timedelta(hours=80)):
        worker.run_due(them.now + wait)
    assert Telling.objects.values_list("way", "state").get() == ("sms", "sent")
    assert NotifyLine().became("n0") == "delivered"


def test_without_notify_nobody_is_asked_about_text_messages(settings: Any) -> None:
    from withus.people.offered import ways

    settings.WITHUS_NOTIFY_KEY = ""
    assert "sms" not in dict(ways())
