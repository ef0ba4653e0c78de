"""What can happen to what people give."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from withus.record.kinds import Happened


@dataclass(frozen=True, kw_only=True)
class ContributionAdded(Happened):
    """
    Somebody gave something. Its words are committed to by their digest; `workshop` is empty for a note left outside one. Where the team
    entered it, `by` is who did and `given_for` whose it is; `typed` from paper by hand, so somebody has read it.
    """

    kind: ClassVar[str] = "contribution.added"
    given_by: str
    workshop: str
    no_content: bool
    given_for: str = ""
    typed: bool = False


@dataclass(frozen=True, kw_only=True)
class ContributionShown(Happened):
    kind: ClassVar[str] = "contribution.shown"
    workshop: str
    shown: int


@dataclass(frozen=True, kw_only=True)
class ContributionHeldBack(Happened):
    kind: ClassVar[str] = "contribution.held_back"
    because: str


@dataclass(frozen=True, kw_only=True)
class ContributionWithdrawn(Happened):
    kind: ClassVar[str] = "contribution.withdrawn"


@dataclass(frozen=True, kw_only=True)
class SubjectParked(Happened):
    kind: ClassVar[str] = "subject.parked"
    workshop: str


@dataclass(frozen=True, kw_only=True)
class SubjectSettled(Happened):
    kind: ClassVar[str] = "subject.settled"
    when: str
    return_on: date | None
    has_owner: bool


@dataclass(frozen=True, kw_only=True)
class SubjectReturned(Happened):
    kind: ClassVar[str] = "subject.returned"
    on: date


@dataclass(frozen=True, kw_only=True)
class WordsAllowed(Happened):
    """Its author lets the words of a card stand as words in these places."""

    kind: ClassVar[str] = "words.allowed"
    uses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WordsCalledBack(Happened):
    kind: ClassVar[str] = "words.called_back"
    uses: tuple[str, ...]
