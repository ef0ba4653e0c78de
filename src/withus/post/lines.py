"""
The lines that things leave by: a mail server or provider, and GOV.UK Notify for text messages and letters.

A line says three things apart: that it could not be reached (nobody's letter is to blame), that this letter was refused, and that the
address does not exist.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from withus.post.letter import Rendered

DOWN = "line: "
"""How a trouble begins that is the line's, not the letter's."""


class LineDown(Exception):
    """The line does not answer. `perhaps_sent`: it broke in the middle, and what was handed over may have left."""

    def __init__(self, trouble: str, *, perhaps_sent: bool = False) -> None:
        super().__init__(trouble)
        self.perhaps_sent = perhaps_sent


class Refused(Exception):
    """The line answers, and does not take this letter. Trying again may help."""


class NoSuchAddress(Refused):
    """Nobody lives there. Trying again helps nothing."""


class Line(Protocol):
    def hand_over(self, rendered: Rendered, *, uid: str) -> str:
        """What the provider calls it, or nothing. Raises the three above."""
        ...

    def has(self, uid: str) -> str | None:
        """What the provider calls what was handed over as `uid`; empty where it surely has none, None where it cannot be asked."""
        ...

    def cut(self) -> None:
        """Called from another thread while `hand_over` waits: it is to wait no longer, and to raise `LineDown`, perhaps sent."""
        ...

    def close(self) -> None: ...


WAITS = (timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""How long a line that does not answer is left alone. It is tried again for ever: no letter is lost to a long night."""


@dataclass
class Down:
    """Which ways are left alone, until when. Only in memory: a new start tries at once."""

    until: dict[str, datetime] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)

    def now(self, now: datetime) -> list[str]:
        """A clock that jumped back leaves no line alone for longer than the longest wait."""
        return [way for way, until in self.until.items() if now < until <= now + WAITS[-1]]

    def note(self, way: str, now: datetime) -> datetime:
        times = self.times.get(way, 0)
        self.times[way] = times + 1
        self.until[way] = now + WAITS[min(times, len(WAITS) - 1)]
        return self.until[way]

    def works(self, way: str) -> None:
        self.until.pop(way, None)
        self.times.pop(way, None)
