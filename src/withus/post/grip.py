"""
What a worker has in its hand stays its own for as long as it is at it. A mail server that takes three minutes over one letter would
otherwise be given it again meanwhile, by the next worker, whose lease had come.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import DatabaseError, close_old_connections, connections

from withus.post import actions
from withus.post.models import Job, Outgoing

BEAT = 30.0
"""Seconds; a lease outlasts four of them. A worker that dies renews nothing, and what it held is free when its lease ends."""
TOO_LONG = 600.0
"""So many seconds one hand-over may take; then its line is cut, and it counts as one that broke in the middle."""
log = logging.getLogger(__name__)


@dataclass
class Held:
    row: Job | Outgoing
    until: datetime
    since: float
    cut: Callable[[], None] | None


class Grip:
    """Of one worker. Its thread begins with the first thing that it takes, and ends with `close`."""

    def __init__(self) -> None:
        self._held: Held | None = None
        self._over = threading.Event()
        self._beats: threading.Thread | None = None

    @contextmanager
    def on(self, row: Job | Outgoing, *, cut: Callable[[], None] | None = None) -> Iterator[None]:
        """Inside, its lease does not end. `cut`: what breaks a hand-over off that never comes to its end."""
        assert row.leased_until is not None
        self._held = Held(row, row.leased_until, monotonic(), cut)
        if self._beats is None:
            self._beats = threading.Thread(target=self._beat, name="grip", daemon=True)
            self._beats.start()
        try:
            yield
        finally:
            self._held = None

    def close(self) -> None:
        self._over.set()
        if self._beats is not None:
            self._beats.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(BEAT):
                held = self._held
                if held is None:
                    continue
                passed = monotonic() - held.since
                _renew(held, passed)
                if passed > TOO_LONG and held.cut is not None and self._held is held:
                    held.cut()
        finally:
            connections.close_all()


def _renew(held: Held, passed: float) -> None:
    """By the clock that the lease was taken with. Who has lost it all the same, because the machine slept, leaves it to the next one."""
    assert held.row.leased_until is not None
    until = held.row.leased_until + timedelta(seconds=passed)
    try:
        close_old_connections()
        if actions.hold_on(held.row, held=held.until, until=until):
            held.until = until
    except DatabaseError:
        log.warning("A lease could not be made longer.")
