"""What a topic has said lately, and who listens to it. Lives on the event loop only."""

from asyncio import TimerHandle
from collections import deque

from .event import Event
from .line import Line

KEPT = 2048


class Channel:
    def __init__(self) -> None:
        self.lines: dict[Line, None] = {}
        self.latest: dict[str, bytes] = {}
        self.batch: dict[object, bytes] = {}
        self.timer: TimerHandle | None = None
        self.sweeping = False
        self.next_sweep = 0.0
        self.touched = 0.0
        self._ring: deque[tuple[int, bytes]] = deque()
        self._floor: int | None = None

    @property
    def silent(self) -> bool:
        return self._floor is None

    def add(self, event: Event, encoded: bytes) -> None:
        if event.key is not None:
            self.latest[event.key] = encoded
            self.batch.pop(event.key, None)
            self.batch[event.key] = encoded
            return
        self.batch[object()] = encoded
        if event.id is None:
            return
        if self._floor is None:
            self._floor = event.id - 1
        self._ring.append((event.id, encoded))
        if len(self._ring) > KEPT:
            self._floor = max(self._floor, self._ring.popleft()[0])

    def missed(self, after: int) -> bytes | None:
        """
        What was said after this number; None where memory does not reach back so far.

        Counted by place and not by number: commits may be told out of order, and who saw 6 need not have seen 5.
        """
        if self._floor is None or after < self._floor:
            return None
        for place in range(len(self._ring) - 1, -1, -1):
            if self._ring[place][0] == after:
                return b"".join(self._ring[index][1] for index in range(place + 1, len(self._ring)))
        return b"".join(encoded for number, encoded in self._ring if number > after)

    def state(self) -> bytes:
        return b"".join(self.latest.values())

    def forget(self) -> None:
        if self._floor is not None:
            self._floor = max([self._floor, *(number for number, _ in self._ring)])
        self._ring.clear()
        self.latest.clear()
