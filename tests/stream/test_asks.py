"""What only tables know: asked once for a whole room, in a thread that no page needs."""

import asyncio
import threading
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from withus.stream import Audience, Event, Topic, bind_number, bind_replay
from withus.stream.asks import Asks

TOPIC = Topic(UUID("5e9e3e3c-0000-4000-8000-00000000aaaa"), Audience.PHONE, "en")


@pytest.fixture(autouse=True)
def _unbound() -> Iterator[None]:
    yield
    bind_replay(None)
    bind_number(None)


def test_a_room_that_comes_back_at_once_asks_once() -> None:
    asked: list[int] = []
    waiting = threading.Event()

    def replay(topic: Topic, after: int) -> list[Event]:
        waiting.wait(5)
        asked.append(after)
        return [Event(after + 1, "card", topic.language)]

    async def room() -> list[bytes | None]:
        asks = Asks()
        phones = [asyncio.ensure_future(asks.missed(TOPIC, 3)) for _ in range(50)]
        await asyncio.sleep(0.05)
        waiting.set()
        return await asyncio.gather(*phones)

    bind_replay(replay)
    assert asyncio.run(room()) == [b"id: 4\nevent: card\ndata: en\n\n"] * 50
    assert asked == [3]


def test_a_phone_that_leaves_does_not_take_the_answer_from_the_others() -> None:
    waiting = threading.Event()

    def replay(topic: Topic, after: int) -> list[Event]:
        waiting.wait(5)
        return []

    async def room() -> bytes | None:
        asks = Asks()
        leaves, stays = [asyncio.ensure_future(asks.missed(TOPIC, 3)) for _ in range(2)]
        await asyncio.sleep(0.05)
        leaves.cancel()
        waiting.set()
        return await stays

    bind_replay(replay)
    assert asyncio.run(room()) == b""


def test_too_long_ago_and_a_fault_both_mean_not_known() -> None:
    def faulty(topic: Topic, after: int) -> None:
        if after == 4:
            raise RuntimeError

    async def both() -> list[bytes | None]:
        asks = Asks()
        return [await asks.missed(TOPIC, 3), await asks.missed(TOPIC, 4)]

    bind_replay(faulty)
    assert asyncio.run(both()) == [None, None]


def test_the_number_in_force_is_asked_once_a_minute() -> None:
    asked: list[UUID] = []
    known, unknown = uuid4(), uuid4()

    def number(series: UUID) -> int | None:
        asked.append(series)
        return 7 if series == known else None

    async def several() -> list[int | None]:
        asks = Asks()
        return [await asks.number(series) for series in (known, known, unknown, unknown)]

    bind_number(number)
    assert asyncio.run(several()) == [7, 7, None, None]
    assert asked == [known, unknown]
