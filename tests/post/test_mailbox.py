"""The mailbox of the demo: for this machine only."""

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from withus.post.mailbox import Mailbox
from withus.post.models import Delivered

pytestmark = pytest.mark.django_db


def mail(message_id: str = "<1@withus>") -> Delivered:
    words = 'See <b>you</b> at http://testserver/at/cafe/me"><script>'
    message = EmailMultiAlternatives("News", words, to=["amira@example.org"], headers={"Message-ID": message_id})
    Mailbox().send_messages([message])
    return Delivered.objects.get(message_id=message_id)


def test_the_same_message_id_arrives_once() -> None:
    mail()
    mail()
    assert Delivered.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite waits for the disk each time")
def test_a_mail_is_on_the_disk_with_what_follows_it_and_what_another_writes_waits_as_ever() -> None:
    with CaptureQueriesContext(connection) as asked:
        mail("<1@withus>")
    assert [one["sql"] for one in asked][1] == "SET LOCAL synchronous_commit TO OFF"
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",), "for that transaction only"
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        mail("<2@withus>")
    assert [one["sql"] for one in asked if "synchronous_commit" in one["sql"]] == []


@pytest.mark.parametrize(
    ("demo", "asker", "status"), [(True, "127.0.0.1", 200), (True, "10.0.0.7", 404), (False, "127.0.0.1", 404)]
)
def test_only_in_the_demo_and_only_from_this_machine(settings: Any, demo: bool, asker: str, status: int) -> None:
    settings.WITHUS_DEMO = demo
    row = mail()
    client = Client(REMOTE_ADDR=asker)
    assert client.get("/mailbox").status_code == status
    assert client.get(f"/mailbox/{row.pk}").status_code == status


def test_links_can_be_pressed_and_nothing_in_a_mail_runs(settings: Any) -> None:
    settings.WITHUS_DEMO = True
    page = Client(REMOTE_ADDR="127.0.0.1").get(f"/mailbox/{mail().pk}").content.decode()
    assert 'href="http://testserver/at/cafe/me' in page
    assert "<script>" not in page
    assert "<b>you</b>" not in page


def test_a_mail_that_is_not_there_is_not_found(settings: Any) -> None:
    settings.WITHUS_DEMO = True
    assert Client(REMOTE_ADDR="127.0.0.1").get("/mailbox/999").status_code == 404
