"""What an entry can say: each kind is a frozen dataclass in its own part's `entries.py`, past tense, noun first, never renamed."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Happened:
    """
    Base of every kind. Holds references, numbers, dates and codes, never a participant's words or name: words go to `append(words=...)`,
    which keeps their digest only.
    """

    kind: ClassVar[str]
    public: ClassVar[bool] = False
    """Whether the public timeline may open it. Only staff acts are."""

    def as_facts(self) -> dict[str, Any]:
        """The facts as JSON values. Days, times and ids become text."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case list() | tuple():
            return [_plain(one) for one in value]
        case dict():
            return {str(key): _plain(one) for key, one in value.items()}
        case bool() | int() | str() | None:
            return value if not isinstance(value, str) else str(value)
        case _:
            raise TypeError(f"{type(value).__name__} cannot stand in the record")
