"""
From those who tell to those who listen.

Within one process that is a call. Several processes need another bus with the same methods; nothing else changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from .event import Event
from .topic import Topic


class Listener(Protocol):
    """May be called from any thread, and returns at once."""

    def publish(self, topic: Topic, event: Event) -> None: ...
    def revoke(self, series: UUID, number: int) -> None: ...
    def forget(self, uid: UUID) -> None: ...
    def listening(self, topic: Topic) -> int: ...


class Bus:
    """Without a listener (a command, a test) telling does nothing."""

    def __init__(self) -> None:
        self._listeners: tuple[Listener, ...] = ()

    def attach(self, listener: Listener) -> None:
        self._listeners = (*self._listeners, listener)

    def detach(self, listener: Listener) -> None:
        self._listeners = tuple(each for each in self._listeners if each is not listener)

    def publish(self, topic: Topic, event: Event) -> None:
        for listener in self._listeners:
            listener.publish(topic, event)

    def revoke(self, series: UUID, number: int) -> None:
        for listener in self._listeners:
            listener.revoke(series, number)

    def forget(self, uid: UUID) -> None:
        for listener in self._listeners:
            listener.forget(uid)

    def listening(self, topic: Topic) -> int:
        return sum(listener.listening(topic) for listener in self._listeners)


BUS = Bus()


def publish(topic: Topic, *, id: int | None = None, event: str, html: str, key: str | None = None) -> None:
    """Call it after the commit, from any thread. With `key` the latest value wins and is sent at each connect."""
    BUS.publish(topic, Event(id=id, event=event, html=html, key=key))


def revoke(series: UUID, number: int) -> None:
    """Who holds a ticket of this series with a lower number hears nothing more, within a second."""
    BUS.revoke(series, number)


def forget(uid: UUID) -> None:
    """Take all that was told about this out of memory: somebody's words were erased."""
    BUS.forget(uid)


def listening(topic: Topic) -> int:
    """How many read along at this moment. A line that broke without a word counts until the next beat."""
    return BUS.listening(topic)


@dataclass
class Captured:
    events: list[tuple[Topic, Event]] = field(default_factory=list)
    revoked: list[tuple[UUID, int]] = field(default_factory=list)
    forgotten: list[UUID] = field(default_factory=list)
    there: int = 0
    """How many a test says are listening."""

    def publish(self, topic: Topic, event: Event) -> None:
        self.events.append((topic, event))

    def revoke(self, series: UUID, number: int) -> None:
        self.revoked.append((series, number))

    def forget(self, uid: UUID) -> None:
        self.forgotten.append(uid)

    def listening(self, topic: Topic) -> int:
        return self.there


@contextmanager
def capture() -> Iterator[Captured]:
    """For tests: see what was told."""
    captured = Captured()
    BUS.attach(captured)
    try:
        yield captured
    finally:
        BUS.detach(captured)
