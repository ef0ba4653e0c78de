"""A mail that comes back is believed only of a letter of ours, and only where it came back for good."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, cast
from tests.loop import ground
from withus.loop import actions
from withus.loop.models import Telling
from withus.post import bounces, worker
from withus.post.letter import message_id
from withus.post.lines import Down
from withus.post.models import Outgoing
from withus.table import actions as table

pytestmark = pytest.mark.django_db
REPORT = """From: MAILER-DAEMON@mx.example
To: post@withus.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not work.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; amira@example.org
Action: {action}
Status: {status}

--b
Content-Type: {kind}

From: post@withus.example
Message-ID: {message}
Subject: News

--b--
"""


@pytest.fixture
def letter() -> Outgoing:
    worker.down = Down()
    them: Cast = cast()
    for way, address in (("post", "5 Mill Lane\nLeeds"), ("email", "amira@example.org")):
        table.choose_way(them.amira, way=way, address=address, how_often="as it comes", now=them.now)
    card = ground.card(them, them.amira)
    actions.publish(
        ground.draft(them, ground.theme(them, card), outcome="done", promised_on=None), by=them.dev, now=them.now
    )
    worker.run_due(them.now)
    return Outgoing.objects.get(kind="answers.published")


def report(letter: Outgoing, **more: str) -> bytes:
    filled = {
        "action": "failed",
        "status": "5.1.1",
        "kind": "text/rfc822-headers",
        "message": message_id(str(letter.uid)),
    }
    return REPORT.format(**{**filled, **more}).encode()


def read(raw: bytes, letter: Outgoing) -> bool:
    assert letter.sent_at is not None
    now = letter.sent_at + timedelta(hours=1)
    was = bounces.read(raw, now=now)
    worker.run_due(now)
    return was


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_mail_that_came_back_goes_by_the_next_way_once(letter: Outgoing, kind: str) -> None:
    assert [read(report(letter, kind=kind), letter) for _twice in range(2)] == [True, False]
    assert Telling.objects.values_list("way", "state").get() == ("post", "waiting")


@pytest.mark.parametrize(
    "more",
    [
        {"action": "delayed", "status": "4.4.7"},
        {"action": "failed", "status": "4.2.2"},
        {"action": "delivered", "status": "2.0.0"},
        {"message": "<00000000-0000-4000-8000-000000000000@withus>"},
        {"message": "<somebody-elses@mail>"},
    ],
)
def test_what_says_no_such_thing_changes_nothing(letter: Outgoing, more: dict[str, str]) -> None:
    assert read(report(letter, **more), letter) is False
    assert Telling.objects.values_list("way", "state").get() == ("email", "sent")


@pytest.mark.parametrize("broken", ["Message-ID: <", "From: =?x?q?=00?="])
def test_a_broken_header_breaks_nothing_and_the_report_is_read_all_the_same(letter: Outgoing, broken: str) -> None:
    """Whatever stands in a mail was written by anybody; an error would be a mail that came back from the mail that came back."""
    assert read(f"{broken}\n".encode() + report(letter, kind="message/rfc822"), letter) is True
    assert read(report(letter, kind="message/rfc822", message=broken.partition(": ")[2]), letter) is False


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"Subject: I am on holiday\n\nBack on Monday.", b"Content-Type: message/rfc822\n\nx"]
)
def test_rubbish_changes_nothing(letter: Outgoing, raw: bytes) -> None:
    assert read(raw, letter) is False


def test_a_letter_that_has_not_left_cannot_come_back(letter: Outgoing) -> None:
    Outgoing.objects.update(state="queued")
    assert bounces.came_back(str(letter.uid), trouble="bounce", now=letter.run_at) is False


@pytest.mark.parametrize(("provider", "secret"), [("", "a:b"), ("postmark", ""), ("mailgun", "a:b")])
def test_the_provider_has_a_door_only_where_it_is_used_and_with_a_secret(
    settings: Any, provider: str, secret: str
) -> None:
    settings.WITHUS_MAIL_PROVIDER, settings.WITHUS_MAIL_WEBHOOK_SECRET = provider, secret
    assert Client().post("/mail-provider/postmark", b"{}", content_type="application/json").status_code == 404


def test_a_provider_says_of_a_mail_that_it_came_back(settings: Any, letter: Outgoing) -> None:
    from anymail.signals import tracking

    from withus.post.pages import provider

    settings.WITHUS_MAIL_PROVIDER, settings.WITHUS_MAIL_WEBHOOK_SECRET = "postmark", "amira:open"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "amira:open"}
    tracking.connect(provider.note, dispatch_uid="withus")
    body = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "TypeCode": 1,
        "ID": 1,
        "Metadata": {"withus": str(letter.uid)},
    }
    body |= {"MessageID": "m", "Email": "amira@example.org", "BouncedAt": "2026-05-06T14:00:00Z"}
    try:
        for header, status in (("", 401), ("Basic YW1pcmE6c2h1dA==", 403), ("Basic YW1pcmE6b3Blbg==", 200)):
            headers = {"authorization": header} if header else {}
            answer = Client().post("/mail-provider/postmark", body, content_type="application/json", headers=headers)
            assert answer.status_code == status
            assert (Outgoing.objects.get(pk=letter.pk).bounced_at is not None) == (status == 200)
    finally:
        tracking.disconnect(dispatch_uid="withus")
