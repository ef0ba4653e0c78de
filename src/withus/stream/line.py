"""One connection: what waits to be sent to it. Lives on the event loop only."""

import asyncio
from collections.abc import Callable

from .ticket import Ticket
from .topic import Topic


class Line:
    def __init__(self, topic: Topic, ticket: Ticket, slot: int, abort: Callable[[], object]) -> None:
        self.topic = topic
        self.ticket = ticket
        self.slot = slot
        self.waiting = 0
        self.ended = False
        self._abort = abort
        self._chunks: list[bytes] = []
        self._wake = asyncio.Event()

    def push(self, chunk: bytes) -> None:
        if not self.ended:
            self._chunks.append(chunk)
            self.waiting += len(chunk)
            self._wake.set()

    def end(self, farewell: bytes = b"", *, at_once: bool = False) -> None:
        """`at_once` leaves out what still waits: the reader may not see it any more."""
        if at_once:
            self._chunks.clear()
        self.push(farewell)
        self.ended = True
        self._wake.set()

    def drop(self) -> None:
        """Never wait for a slow phone: it comes back with the number that it saw last."""
        self._chunks.clear()
        self.ended = True
        self._wake.set()
        self._abort()

    async def next(self) -> bytes:
        """All that waits, as one piece; nothing when the line has ended."""
        while not self._chunks:
            if self.ended:
                return b""
            self._wake.clear()
            await self._wake.wait()
        chunk = self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)
        self._chunks.clear()
        self.waiting = 0
        return chunk
