"""One thing to tell, as it goes over the wire."""

import random
import re
from dataclasses import dataclass

NAME = re.compile(r"[A-Za-z0-9_.:-]+")
LINE_ENDS = re.compile(r"\r\n|\r|\n")
HEARTBEAT = b":\n\n"


@dataclass(frozen=True, slots=True)
class Event:
    """With `id` it can be replayed; with `key` only the latest of its key counts; with neither it is said once."""

    id: int | None
    event: str
    html: str
    key: str | None = None

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.event):
            raise ValueError(f"not a name for an event: {self.event!r}")
        if self.key is not None and self.id is not None:
            raise ValueError("an event with a key has no number: it is not replayed, its latest value is sent")

    def encoded(self) -> bytes:
        """Each line of the html gets a `data:` of its own; otherwise a phone would see the first line only."""
        head = "" if self.id is None else f"id: {self.id}\n"
        data = "\n".join(f"data: {line}" for line in LINE_ENDS.split(self.html))
        return f"{head}event: {self.event}\n{data}\n\n".encode()


def retry(low: float = 2, high: float = 8) -> bytes:
    """Each phone gets a pause of its own, so that a room does not come back in one instant."""
    return b"retry: %d\n\n" % int(random.uniform(low, high) * 1000)  # noqa: S311 -- spreads load, hides nothing


def reset() -> bytes:
    """Tells a page to fetch itself again. The long pause is for a page whose script does not listen."""
    return retry(20, 40) + b"event: reset\ndata: reset\n\n"
