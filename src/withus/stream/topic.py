"""What a stream is about: one thing that happens, for one kind of reader, in one language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode
from uuid import UUID


class Audience(StrEnum):
    """Who reads along; each sees other things, so no two share a topic."""

    PHONE = "phone"
    WALL = "wall"
    CONSOLE = "console"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Topic:
    """Nothing meant for one person goes over a topic: everybody with a ticket for it reads it."""

    uid: UUID
    audience: Audience
    language: str

    def __str__(self) -> str:
        return f"{self.uid}/{self.audience}/{self.language}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for anything that `str(topic)` did not write."""
        uid, audience, language = text.split("/")
        return cls(UUID(uid), Audience(audience), language)

    def address(self, after: int | None = None) -> str:
        """Where a page listens. `after` is the last number that the page shows: what came since then is sent first."""
        query = {"language": self.language} | ({} if after is None else {"after": str(after)})
        return f"/stream/{self.audience}/{self.uid}/?{urlencode(query)}"
