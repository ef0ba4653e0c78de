"""Tickets: the right to listen, without a table."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse

from withus.stream import Audience, Topic, cookie_name, give, issue, read

UID = UUID("5e9e3e3c-0000-4000-8000-00000000aaaa")
SERIES = UUID("5e9e3e3c-0000-4000-8000-00000000bbbb")
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
WALL = Topic(UID, Audience.WALL, "en-GB")


def test_a_ticket_says_what_it_was_given_for() -> None:
    ticket = read(issue(WALL, series=SERIES, number=3, hours=12, now=NOW), NOW.timestamp())
    assert ticket is not None
    assert (ticket.topic, ticket.series, ticket.number) == (WALL, SERIES, 3)
    assert ticket.expires == (NOW + timedelta(hours=12)).timestamp()


def test_a_ticket_ends() -> None:
    value = issue(WALL, series=SERIES, number=3, hours=1, now=NOW)
    assert read(value, (NOW + timedelta(minutes=59)).timestamp()) is not None
    assert read(value, (NOW + timedelta(hours=1)).timestamp()) is None


@pytest.mark.parametrize("place", range(0, 150, 7))
def test_a_changed_ticket_is_none(place: int) -> None:
    value = issue(WALL, series=SERIES, number=3, hours=1, now=NOW)
    changed = value[:place] + ("A" if value[place] != "A" else "B") + value[place + 1 :]
    assert read(changed, NOW.timestamp()) is None


@pytest.mark.parametrize("value", ["", ":", "a:b", "é", "W10:x", "x" * 10_000])
def test_nonsense_is_none(value: str) -> None:
    assert read(value, NOW.timestamp()) is None


def test_a_ticket_lies_in_a_cookie_that_no_script_and_no_page_gets() -> None:
    response = HttpResponse()
    give(response, WALL, series=SERIES, number=1, hours=12, secure=True, now=NOW)
    cookie = response.cookies[cookie_name(Audience.WALL, UID)]
    kept = {name: cookie[name] for name in ("path", "httponly", "samesite", "secure", "max-age")}
    assert kept == {"path": "/stream/", "httponly": True, "samesite": "Lax", "secure": True, "max-age": 43200}


def test_wall_console_and_phone_in_one_browser_keep_their_own() -> None:
    assert len({cookie_name(audience, UID) for audience in Audience}) == 4


def test_a_topic_is_read_as_it_is_written() -> None:
    assert Topic.parse(str(WALL)) == WALL
    assert WALL.address() == f"/stream/wall/{UID}/?language=en-GB"
    assert WALL.address(after=17) == f"/stream/wall/{UID}/?language=en-GB&after=17"
