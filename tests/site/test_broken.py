"""When something breaks: words come back, the database is not asked, and the log holds no key and nobody's words."""

import errno
import logging
import re
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError
from django.test import Client, RequestFactory

from tests.cast import cast
from withus.live import actions
from withus.people import link
from withus.post import worker
from withus.site import errors
from withus.site.commands import prepare
from withus.site.without_secrets import WithoutSecrets, WithoutWords

WORDS = "The heron on the roof of the library."


def test_what_was_being_sent_comes_back_without_asking_the_database() -> None:
    request = RequestFactory().post(
        "/at/x/w/y/say", {"words": WORDS, "sent_once": "0123456789abcdef", "password": "secret!"}
    )
    answer = errors.broken(request)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert WORDS in page
    assert "0123456789abcdef" not in page
    assert "secret!" not in page


@pytest.mark.django_db
def test_a_full_disk_costs_nobody_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    them = cast()
    phone = Client(raise_request_exception=False)
    phone.get(link.path(them.amira))
    monkeypatch.setattr(actions, "add_contribution", full)
    from tests.cast import a_workshop
    from withus.table.models import Workshop

    workshop = a_workshop(them)
    Workshop.objects.update(state="ended")
    path = f"/at/{them.project.address}/w/{workshop.uid}/say"
    answer = phone.post(path, {"note": "yes", "words": WORDS, "sent_once": "one"})
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (507, "30")
    assert "There is no room just now" in page
    assert f"{WORDS}</blockquote>" in page
    assert '<input type="hidden" name="sent_once" value="one">' in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (OperationalError("database is locked"), 503),
        (OperationalError("database or disk is full"), 507),
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.EACCES, "Permission denied"), None),
        (OperationalError("no such table: somewhere"), None),
        (ValueError("locked"), None),
        (None, None),
    ],
)
def test_what_passes_by_itself_is_told_apart_from_what_is_broken(fault: Exception | None, status: int | None) -> None:
    assert errors.passes(fault) == status


def test_a_password_is_not_sent_once_more_and_a_page_is_only_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "passes", lambda _fault: 503)
    sent = errors.broken(RequestFactory().post("/sign-in/login/", {"login": "dev@x.example", "password": "secret!"}))
    asked = errors.broken(RequestFactory().get("/at/x/me"))
    for answer, path in ((sent, "/sign-in/login/"), (asked, "/at/x/me")):
        page = answer.content.decode()
        assert answer.status_code == 503
        assert f'<a class="btn" href="{path}">Try once more</a>' in page
        assert ("<form" in page, "secret!" in page) == (False, False)
    assert ["We could not keep" in one.content.decode() for one in (sent, asked)] == [True, False]


@pytest.mark.django_db
def test_no_key_stands_in_the_log(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("It broke.")

    them = cast()
    path = link.path(them.amira)
    monkeypatch.setattr(caplog.handler, "filters", [WithoutSecrets()])
    with caplog.at_level(logging.WARNING):
        Client(enforce_csrf_checks=True).post(path, {"words": WORDS})
        monkeypatch.setattr(link, "by_link", broken)
        assert Client(raise_request_exception=False).get(path).status_code == 500
    assert "Forbidden" in caplog.text
    assert "k/<str:secret>" in caplog.text
    assert link.link(them.amira) not in caplog.text
    assert WORDS not in caplog.text
    logging_: Any = settings.LOGGING  # Any: Django does not say
    assert logging_["handlers"]["console"]["filters"] == ["without_secrets"]


WROTE = "The otter under the bridge."
ADDRESS = "amira@somewhere.example"


class Refusing(Exception):
    """As PostgreSQL's driver says it: with the row."""


def told(fault: BaseException, caplog: pytest.LogCaptureFixture) -> str:
    """What stands in the log of this fault, raised because of another that quotes a row."""
    try:
        try:
            raise Refusing(f"DETAIL: Failing row contains (7, {WROTE}).")
        except Refusing as refusing:
            raise fault from refusing
    except type(fault):
        logging.getLogger("withus.somewhere").exception("It broke.")
    return WithoutWords().format(caplog.records[-1])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (IntegrityError(f"duplicate key value\nDETAIL: Key (email)=({ADDRESS}) exists."), ": duplicate key value"),
        (DataError(f"invalid input: {WROTE}"), ""),
        (ValueError(WROTE), ""),
        (KeyError(ADDRESS), ""),
        (OSError(28, "No space left on device", f"/{ADDRESS}"), ": No space left on device"),
        (OperationalError("database is locked"), ": database is locked"),
        (AttributeError("'NoneType' object has no attribute 'uid'"), ": 'NoneType' object has no attribute 'uid'"),
    ],
)
def test_what_an_error_quotes_is_not_in_the_log(
    fault: BaseException, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    text = told(fault, caplog)
    assert text.splitlines()[-1] == f"{type(fault).__name__}{said}"
    assert "raise fault from refusing" in text
    assert "Refusing" in text.splitlines()
    assert [one for one in (WROTE, ADDRESS) if one in text] == []


class Unreached(Exception):
    """As PostgreSQL's driver raises it where there is nobody to number what went wrong."""

    sqlstate: str | None = None


@pytest.mark.parametrize(
    ("sqlstate", "lines"), [(None, 2), ("57P01", 2), ("57P03", 2), ("55P03", None), ("23505", None), ("", None)]
)
def test_a_database_that_is_away_is_one_line_in_the_log_and_not_a_hundred(
    sqlstate: str | None, lines: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Three phones that tried again made twenty megabytes of it in twenty seconds."""
    cause = Unreached()
    cause.sqlstate = sqlstate
    try:
        raise OperationalError("connection refused\nIs the server running?") from cause
    except OperationalError:
        logging.getLogger("withus.somewhere").exception("It broke.")
    text = WithoutWords().format(caplog.records[-1])
    assert (len(text.splitlines()) if lines else None) == lines
    assert text.splitlines()[-1] == "OperationalError: connection refused"
    assert ("File " in text) == (lines is None)


def test_a_database_that_is_away_is_said_with_the_place_where_it_was_noticed(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("connection refused") from Unreached()

    monkeypatch.setattr("withus.post.actions.set_right", lambda now: away())
    try:
        worker.look_at_the_clock(datetime(2026, 5, 6, tzinfo=UTC))
    except OperationalError:
        logging.getLogger("withus.somewhere").exception("It broke.")
    last = WithoutWords().format(caplog.records[-1]).splitlines()[-1]
    assert re.fullmatch(r"OperationalError: connection refused \(post/worker\.py:\d+\)", last)


def test_the_page_that_a_form_came_from_is_not_in_the_log() -> None:
    """Where a proxy gives another name than WITHUS_ADDRESS, Django's warning quotes the whole address; it may be somebody's link."""
    request = RequestFactory().post("/at/x/words")
    reason = "Referer checking failed - https://withus.example/k/SECRET does not match any trusted origins."
    record = logging.LogRecord("django", logging.WARNING, "", 0, "Forbidden (%s): %s", (reason, request.path), None)
    record.request = request
    WithoutSecrets().filter(record)
    said = "Referer checking failed - https://withus.example/… does not match any trusted origins."
    assert record.getMessage() == f"Forbidden ({said}): -"


def test_the_log_is_written_so() -> None:
    logging_: Any = settings.LOGGING  # Any: Django does not say
    assert logging_["handlers"]["console"]["formatter"] == "without_words"
    assert logging_["formatters"]["without_words"] == {"()": f"{WithoutWords.__module__}.WithoutWords"}


def test_only_its_owner_looks_into_a_new_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WITHUS_DATA", "")
    folder = prepare.data_folder(tmp_path / "data")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
