"""
The two questions of a stream that only tables can answer; who knows the tables binds the answers.

They are asked in a thread of their own, and of many phones that ask the same only the first asks: after a restart a
whole room comes back at the same number.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from django.db import close_old_connections

from .event import Event
from .topic import Topic

Replay = Callable[[Topic, int], Sequence[Event] | None]
Number = Callable[[UUID], int | None]

FRESH = 60
log = logging.getLogger(__name__)


class _Bound:
    replay: Replay | None = None
    number: Number | None = None


def bind_replay(replay: Replay | None) -> None:
    """`replay(topic, after)`: all events after this number, or None where that is too many or too long ago."""
    _Bound.replay = replay


def bind_number(number: Number | None) -> None:
    """`number(series)`: the ticket number now in force, or None for a series that does not exist."""
    _Bound.number = number


class Asks:
    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="stream-asks")
        self._asking: dict[object, asyncio.Future[Any]] = {}  # Any: two kinds of answer share the way
        self._numbers: dict[UUID, tuple[float, int | None]] = {}

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    @property
    def know_the_past(self) -> bool:
        return _Bound.replay is not None

    async def missed(self, topic: Topic, after: int) -> bytes | None:
        replay = _Bound.replay
        if replay is None:
            return None

        def answer() -> bytes | None:
            events = replay(topic, after)
            return None if events is None else b"".join(event.encoded() for event in events)

        found: bytes | None = await self._once((topic, after), answer)
        return found

    async def number(self, series: UUID) -> int | None:
        """Nought when nobody is bound to know; kept for a minute, since what changes here is told at once."""
        ask = _Bound.number
        if ask is None:
            return 0
        asked, number = self._numbers.get(series, (-FRESH, None))
        if time.monotonic() - asked > FRESH:
            number = await self._once(series, lambda: ask(series))
            if len(self._numbers) > 10_000:
                self._numbers.clear()
            self._numbers[series] = (time.monotonic(), number)
        return number

    async def _once(self, key: object, ask: Callable[[], object]) -> Any:
        asking = self._asking.get(key)
        if asking is None:
            asking = asyncio.get_running_loop().run_in_executor(self._thread, _answered, ask)
            self._asking[key] = asking
            asking.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(asking)


def _answered(ask: Callable[[], object]) -> object:
    """A question that fails counts as not known: the page is then fetched again, and decides."""
    close_old_connections()
    try:
        return ask()
    except Exception:
        log.exception("A question of the stream could not be answered")
        return None
    finally:
        close_old_connections()
