"""What watches the server, and what every answer says for old phones and for those who watch."""

import shutil
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client

from withus.site.commands import serve

pytestmark = pytest.mark.django_db


def test_all_is_well() -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.content.decode(), answer["Cache-Control"]) == (200, "All is well.\n", "no-store")
    assert not answer.cookies


def test_a_database_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> Any:  # Any: never given
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", gone)
    answer = Client().get("/health")
    assert (answer.status_code, answer.content.decode()) == (503, "The database does not answer.\n")


def test_a_disk_that_fills_up_is_said_before_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12, 10**8))
    answer = Client().get("/health")
    assert (answer.status_code, answer.content.decode()) == (503, "The disk is nearly full.\n")


def test_no_page_lies_in_somebody_else_s_frame_nor_in_a_cache() -> None:
    for method in ("get", "head"):
        answer = getattr(Client(), method)("/sign-in/login/")
        assert answer["X-Frame-Options"] == "DENY"
        assert "no-cache" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "proxies", "said"),
    [
        ("https://withus.example.org", [], True),
        ("https://withus.example.org", ["127.0.0.1"], False),
        ("http://127.0.0.1:8000", [], False),
    ],
)
def test_a_proxy_that_is_not_named_is_said_at_the_start(
    address: str, proxies: list[str], said: bool, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.WITHUS_ADDRESS, settings.WITHUS_PROXIES = address, proxies
    serve.greet(lan=False)
    assert ("WITHUS_PROXIES names no proxy" in capsys.readouterr().out) is said


def test_whoever_has_no_account_is_sent_nothing(mailoutbox: list[object]) -> None:
    for page in ("/sign-in/password/reset/", "/sign-in/login/code/"):
        assert Client().post(page, {"email": "nobody@example.org"}).status_code == 302
    assert mailoutbox == []
