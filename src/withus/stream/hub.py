"""
Takes what is told in any thread to everybody who listens.

Only `publish`, `revoke`, `forget` and `listening` may be called from other threads. The first event after a silence goes at once;
then one write in 100 ms, whatever happens in between, so that a busy room costs each phone ten writes a second at most.
"""

import asyncio
import itertools
import time
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from .bus import BUS, Bus
from .channel import Channel
from .event import HEARTBEAT, Event, retry
from .line import Line
from .ticket import Ticket
from .topic import Topic

TICK = 0.1
LONG_TICK = 0.25
SLICE = 250
BEAT = 20
MOST_WAITING = 64 * 1024
IDLE = 6 * 3600


class Hub:
    def __init__(self, *, bus: Bus = BUS, clock: Callable[[], float] = time.time) -> None:
        self.open = False
        self.count = 0
        self._bus = bus
        self._clock = clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channels: dict[Topic, Channel] = {}
        self._numbers: dict[UUID, int] = {}
        self._seconds = 0
        self._serial = itertools.count()

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.open = True
        self._bus.attach(self)
        self._loop.call_later(1, self._second)

    def close(self) -> None:
        """Say goodbye with a pause of its own for each phone, and end all streams. May be called twice."""
        self.open = False
        self._bus.detach(self)
        for line in self._lines():
            line.end(retry())

    def publish(self, topic: Topic, event: Event) -> None:
        encoded = event.encoded()
        self._soon(lambda: self._take(topic, event, encoded))

    def revoke(self, series: UUID, number: int) -> None:
        self._soon(lambda: self._revoke(series, number))

    def forget(self, uid: UUID) -> None:
        self._soon(lambda: self._forget(uid))

    def listening(self, topic: Topic) -> int:
        """May be called from any thread."""
        channel = self._channels.get(topic)
        return len(channel.lines) if channel else 0

    def join(self, topic: Topic, ticket: Ticket, abort: Callable[[], object]) -> Line:
        self.count += 1
        line = Line(topic, ticket, next(self._serial) % BEAT, abort)
        self._channel(topic).lines[line] = None
        return line

    def leave(self, line: Line) -> None:
        self.count -= 1
        channel = self._channel(line.topic)
        channel.lines.pop(line, None)
        channel.touched = self._clock()

    def missed(self, topic: Topic, after: int) -> bytes | None:
        return self._channel(topic).missed(after)

    def silent(self, topic: Topic) -> bool:
        """Nothing with a number was told here since this process began."""
        return self._channel(topic).silent

    def state(self, topic: Topic) -> bytes:
        return self._channel(topic).state()

    def in_force(self, series: UUID) -> int:
        """The lowest number that still counts, as far as this process was told."""
        return self._numbers.get(series, 0)

    def _soon(self, act: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            with suppress(RuntimeError):  # the loop closed in between: nobody listens any more
                self._loop.call_soon_threadsafe(act)

    def _channel(self, topic: Topic) -> Channel:
        return self._channels.get(topic) or self._channels.setdefault(topic, Channel())

    def _lines(self) -> list[Line]:
        return [line for channel in self._channels.values() for line in channel.lines]

    def _take(self, topic: Topic, event: Event, encoded: bytes) -> None:
        channel = self._channel(topic)
        channel.touched = self._clock()
        channel.add(event, encoded)
        if not channel.lines:
            channel.batch.clear()
        elif channel.timer is None and not channel.sweeping:
            self._plan(channel)

    def _plan(self, channel: Channel) -> None:
        loop = asyncio.get_running_loop()
        if channel.next_sweep <= loop.time():
            self._flush(channel)
        else:
            channel.timer = loop.call_at(channel.next_sweep, self._flush, channel)

    def _flush(self, channel: Channel) -> None:
        channel.timer = None
        chunk = b"".join(channel.batch.values())
        channel.batch.clear()
        channel.sweeping = True
        self._sweep(channel, chunk, list(channel.lines), asyncio.get_running_loop().time())

    def _sweep(self, channel: Channel, chunk: bytes, lines: list[Line], began: float) -> None:
        """A slice in each turn of the loop, so that pages get in between; one sweep at a time, so that order holds."""
        for line in lines[:SLICE]:
            line.push(chunk)
        loop = asyncio.get_running_loop()
        if len(lines) > SLICE:
            loop.call_soon(self._sweep, channel, chunk, lines[SLICE:], began)
            return
        channel.sweeping = False
        channel.next_sweep = began + (LONG_TICK if loop.time() - began > TICK / 2 else TICK)
        if channel.batch:
            self._plan(channel)

    def _revoke(self, series: UUID, number: int) -> None:
        self._numbers[series] = max(number, self.in_force(series))
        for line in self._lines():
            if line.ticket.series == series and line.ticket.number < number:
                line.end(retry(0.5, 4), at_once=True)

    def _forget(self, uid: UUID) -> None:
        for topic, channel in self._channels.items():
            if topic.uid == uid:
                channel.forget()

    def _second(self) -> None:
        """The slow are dropped, the expired end (a page has renewed the ticket, or the next connect says reset)."""
        if not self.open:
            return
        self._seconds += 1
        now = self._clock()
        for line in self._lines():
            if line.waiting > MOST_WAITING:
                line.drop()
            elif line.slot == self._seconds % BEAT:
                if now < line.ticket.expires:
                    line.push(HEARTBEAT)
                else:
                    line.end(retry(0.5, 4))
        if self._seconds % 600 == 0:
            self._tidy(now)
        asyncio.get_running_loop().call_later(1, self._second)

    def _tidy(self, now: float) -> None:
        for topic, channel in list(self._channels.items()):
            if not channel.lines and now - channel.touched > IDLE:
                del self._channels[topic]
