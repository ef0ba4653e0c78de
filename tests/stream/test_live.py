"""Streams over real sockets, told from page threads of a real server."""

import socket
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from tests.site.shell.served import Served
from withus.stream import Audience, Topic, cookie_name, hub, issue

SERIES = UUID("5e9e3e3c-0000-4000-8000-00000000bbbb")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served() as one:
        yield one


@pytest.fixture
def topic() -> Topic:
    return Topic(uuid4(), Audience.PHONE, "en")


def cookie(topic: Topic, *, number: int = 1, hours: float = 12, series: UUID = SERIES) -> str:
    with override_settings(SECRET_KEY="tiny"):
        return f"{cookie_name(topic.audience, topic.uid)}={issue(topic, series=series, number=number, hours=hours)}"


def card(topic: Topic, number: int, html: str = "") -> dict[str, Any]:
    return {"topic": str(topic), "id": number, "event": "card", "html": html or f"card {number}"}


def cards(*numbers: int) -> list[tuple[str, str, str]]:
    return [(str(number), "card", f"card {number}") for number in numbers]


RESET = [("", "reset", "reset")]


def test_an_event_reaches_who_listens(served: Served, topic: Topic) -> None:
    with served.listen(topic.address(), cookie(topic)) as phone:
        served.tell(card(topic, 1, "<li>a\nb</li>"))
        assert phone.events(1) == [("1", "card", "<li>a\nb</li>")]
        assert phone.status == 200
        wanted = {
            "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no"
        }  # fmt: skip
        assert wanted.items() <= phone.headers.items()
        assert len(phone.retries) == 1
        assert 2000 <= phone.retries[0] <= 8000


def test_an_event_stays_in_its_topic(served: Served, topic: Topic) -> None:
    wall = Topic(topic.uid, Audience.WALL, "en")
    welsh = Topic(topic.uid, Audience.PHONE, "cy")
    with (
        served.listen(topic.address(), cookie(topic)) as phone,
        served.listen(welsh.address(), cookie(topic)) as other,
        served.listen(wall.address(), cookie(wall)) as hall,
    ):
        served.tell(card(topic, 1), card(wall, 2), card(welsh, 3))
        assert (phone.events(1), hall.events(1), other.events(1)) == (cards(1), cards(2), cards(3))


def test_who_was_away_gets_what_came_since(served: Served, topic: Topic) -> None:
    served.tell(*[card(topic, number) for number in range(1, 6)])
    with served.listen(topic.address(), cookie(topic), Last_Event_ID="3") as phone:
        assert phone.events(2) == cards(4, 5)


def test_a_page_gets_what_came_since_it_was_made(served: Served, topic: Topic) -> None:
    served.tell(*[card(topic, number) for number in range(1, 6)])
    with served.listen(topic.address(after=4), cookie(topic)) as phone:
        assert phone.events(1) == cards(5)


def test_a_new_page_where_nothing_was_told_yet_is_not_sent_round_in_circles(served: Served, topic: Topic) -> None:
    with served.listen(topic.address(after=40), cookie(topic)) as phone:
        served.tell(card(topic, 41))
        assert phone.events(1) == cards(41)


def test_too_far_behind_is_reset(served: Served, topic: Topic) -> None:
    served.tell(card(topic, 10))
    with served.listen(topic.address(), cookie(topic), Last_Event_ID="3") as phone:
        assert phone.events(2) == RESET


@pytest.mark.parametrize("given", ["", "stream-phone-x=1", "other"])
def test_without_a_good_ticket_is_reset(served: Served, topic: Topic, given: str) -> None:
    other = cookie(Topic(uuid4(), topic.audience, "en")).partition("=")[2]
    name = cookie_name(topic.audience, topic.uid)
    with served.listen(topic.address(), f"{name}={other}" if given == "other" else given) as phone:
        assert phone.status == 200
        assert phone.events(2) == RESET
        assert phone.retries[0] >= 20_000


def test_an_ended_ticket_is_reset(served: Served, topic: Topic) -> None:
    with served.listen(topic.address(), cookie(topic, hours=-1)) as phone:
        assert phone.events(2) == RESET


def test_removing_somebody_ends_their_stream_at_once_and_their_ticket(served: Served, topic: Topic) -> None:
    series = uuid4()
    with (
        served.listen(topic.address(), cookie(topic, number=1, series=series)) as removed,
        served.listen(topic.address(), cookie(topic, number=2, series=series)) as stays,
    ):
        served.tell({"do": "revoke", "series": str(series), "number": 2}, card(topic, 1))
        assert removed.events(1) == []
        assert removed.heartbeats == 0
        assert stays.events(1) == cards(1)
    with served.listen(topic.address(), cookie(topic, number=1, series=series)) as removed:
        assert removed.events(2) == RESET


def test_of_what_is_no_entry_the_latest_value_is_sent_at_each_connect(served: Served, topic: Topic) -> None:
    mood = {"topic": str(topic), "event": "mood", "key": "mood"}
    served.tell(mood | {"html": "low"}, mood | {"html": "high"}, card(topic, 1))
    with served.listen(topic.address(after=0), cookie(topic)) as phone:
        assert phone.events(2) == [*cards(1), ("", "mood", "high")]
        served.tell(mood | {"html": "a"})
        assert phone.events(1) == [("", "mood", "a")]
        served.tell(mood | {"html": "b"}, card(topic, 2), mood | {"html": "c"})
        assert phone.events(2) == [*cards(2), ("", "mood", "c")]


def test_the_first_goes_at_once_and_the_rest_in_one_write_a_tick(topic: Topic) -> None:
    """With a tick so long that a busy machine does not cut it in two."""
    with Served(tick=3) as served, served.listen(topic.address(), cookie(topic)) as phone:
        served.tell(*[card(topic, number) for number in range(1, 21)])
        assert phone.events(1) == cards(1)
        before = phone.writes
        assert phone.events(19) == cards(*range(2, 21))
        assert phone.writes - before == 1


def test_what_is_forgotten_is_not_replayed(served: Served, topic: Topic) -> None:
    served.tell(card(topic, 1), card(topic, 2), {"do": "forget", "uid": str(topic.uid)}, card(topic, 3))
    with served.listen(topic.address(), cookie(topic), Last_Event_ID="1") as phone:
        assert phone.events(2) == RESET
    with served.listen(topic.address(), cookie(topic), Last_Event_ID="2") as phone:
        assert phone.events(1) == cards(3)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://here"}, 200),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({"Origin": "http://elsewhere"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
    ],
)
def test_another_origin_is_refused(served: Served, topic: Topic, headers: dict[str, str], status: int) -> None:
    with served.listen(topic.address(), cookie(topic), **headers) as phone:
        assert phone.status == status


@pytest.mark.parametrize(
    "path", ["/stream/", "/stream/phone/1/", "/stream/staff/6f1d0c1e-3a52-4b58-9d0e-2f8f6a9d7c11/"]
)
def test_no_such_stream(served: Served, path: str) -> None:
    assert served.ask(path).status == 404


def test_a_stream_is_only_read(served: Served, topic: Topic) -> None:
    assert served.ask(topic.address(), b"x").status == 405


def talk_until_cut(line: socket.socket) -> None:
    """Whoever was dropped learns it when they speak: the slow are looked for once a second."""
    for _ in range(200):
        line.send(b"x")
        time.sleep(0.1)


@pytest.mark.slow
def test_who_reads_nothing_is_dropped_and_the_others_hear_on(served: Served, topic: Topic) -> None:
    with served.listen(topic.address(), cookie(topic)) as phone, served.connect() as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.sendall(f"GET {topic.address()} HTTP/1.1\r\nHost: here\r\nCookie: {cookie(topic)}\r\n\r\n".encode())
        for number in range(1, 201):  # each less than makes a reader slow, together more than the network holds for one
            served.tell(card(topic, number, "x") | {"times": 60_000})
            assert phone.events(1) == [(str(number), "card", "x" * 60_000)]
        with pytest.raises(ConnectionError):
            talk_until_cut(stuck)


def test_the_end_says_goodbye_and_waits_for_nobody(topic: Topic) -> None:
    with Served() as served, served.listen(topic.address(), cookie(topic)) as phone:
        served.tell(card(topic, 1))
        assert phone.events(1) == cards(1)
        served.terminate()
        assert phone.events(1) == []
        assert len(phone.retries) == 2
        assert served.complaint() == ""


def test_a_stream_without_news_has_a_heartbeat(topic: Topic) -> None:
    """Every twenty seconds, since routers forget a line that is silent for thirty; here every second."""
    assert hub.BEAT <= 20
    with Served(seconds_a_beat=1) as served, served.listen(topic.address(), cookie(topic)) as phone:
        assert phone.until_a_heartbeat()
