"""The door of the streams without a network: what it asks, and when it is full."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from withus.stream import (
    Audience,
    Endpoint,
    Event,
    Hub,
    Topic,
    bind_number,
    bind_replay,
    cookie_name,
    issue,
    publish,
)

SERIES = UUID("5e9e3e3c-0000-4000-8000-00000000bbbb")


@pytest.fixture(autouse=True)
def _unbound() -> Iterator[None]:
    yield
    bind_replay(None)
    bind_number(None)


class Phone:
    def __init__(self, endpoint: Endpoint, topic: Topic, last: str = "", number: int = 1) -> None:
        self.status = 0
        self.text = ""
        self.headers: dict[bytes, bytes] = {}
        cookie = f"{cookie_name(topic.audience, topic.uid)}={issue(topic, series=SERIES, number=number, hours=1)}"
        path, _, query = topic.address().partition("?")
        headers = [(b"cookie", cookie.encode()), (b"last-event-id", last.encode())]
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": headers}
        self.task = asyncio.ensure_future(endpoint(scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.headers |= dict(message.get("headers", []))
        self.text += message.get("body", b"").decode()


async def _opened(**options: Any) -> tuple[Hub, Endpoint]:
    hub = Hub()
    hub.start()
    return hub, Endpoint(hub, **options)


def topic() -> Topic:
    return Topic(uuid4(), Audience.PHONE, "en")


def test_when_it_is_full_it_says_when_to_come_back() -> None:
    async def story() -> list[Phone]:
        hub, endpoint = await _opened(most=1)
        here = topic()
        phones = [Phone(endpoint, here), Phone(endpoint, here)]
        await asyncio.sleep(0.05)
        hub.close()
        await asyncio.gather(*[phone.task for phone in phones])
        return phones

    first, second = asyncio.run(story())
    assert (first.status, second.status, second.headers[b"retry-after"]) == (200, 503, b"5")


def test_what_memory_lost_comes_from_the_tables_before_what_is_new() -> None:
    here = topic()
    bind_replay(lambda topic, after: [Event(number, "card", "") for number in range(after + 1, 4)])

    async def story() -> Phone:
        hub, endpoint = await _opened()
        phone = Phone(endpoint, here, last="1")
        await asyncio.sleep(0.05)
        publish(here, id=4, event="card", html="")
        await asyncio.sleep(0.05)
        hub.close()
        await phone.task
        return phone

    text = asyncio.run(story()).text
    assert [line for line in text.splitlines() if line.startswith("id")] == ["id: 2", "id: 3", "id: 4"]


@pytest.mark.parametrize(("in_force", "text"), [(1, ""), (2, "reset"), (None, "reset")])
def test_the_number_in_the_tables_outlives_a_restart(in_force: int | None, text: str) -> None:
    bind_number(lambda series: in_force)

    async def story() -> Phone:
        hub, endpoint = await _opened()
        phone = Phone(endpoint, topic())
        await asyncio.sleep(0.05)
        hub.close()
        await phone.task
        return phone

    assert ("event: reset" in asyncio.run(story()).text) == bool(text)


def test_a_big_room_hears_all_in_order() -> None:
    here = topic()

    async def story() -> list[Phone]:
        hub, endpoint = await _opened()
        phones = [Phone(endpoint, here) for _ in range(600)]
        await asyncio.sleep(0.1)
        for number in range(1, 31):
            publish(here, id=number, event="card", html="")
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.5)
        hub.close()
        await asyncio.gather(*[phone.task for phone in phones])
        return phones

    wanted = [f"id: {number}" for number in range(1, 31)]
    assert all(
        [line for line in phone.text.splitlines() if line.startswith("id")] == wanted for phone in asyncio.run(story())
    )
