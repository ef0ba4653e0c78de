"""What can happen after the workshop: themes, answers, promises, tellings, and what people say of them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from withus.record.kinds import Happened


@dataclass(frozen=True, kw_only=True)
class ThemeMade(Happened):
    kind: ClassVar[str] = "theme.made"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ThemeRenamed(Happened):
    kind: ClassVar[str] = "theme.renamed"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ThemeRemoved(Happened):
    kind: ClassVar[str] = "theme.removed"
    public: ClassVar[bool] = True
    back: bool


@dataclass(frozen=True, kw_only=True)
class ThemeMerged(Happened):
    """`into` is the theme that has its cards now, also."""

    kind: ClassVar[str] = "theme.merged"
    public: ClassVar[bool] = True
    into: str


@dataclass(frozen=True, kw_only=True)
class ThemeSplit(Happened):
    """`off` is the new theme that its cards went to."""

    kind: ClassVar[str] = "theme.split"
    public: ClassVar[bool] = True
    off: str


@dataclass(frozen=True, kw_only=True)
class CardsPlaced(Happened):
    kind: ClassVar[str] = "cards.placed"
    cards: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CardsTakenOut(Happened):
    kind: ClassVar[str] = "cards.taken_out"
    cards: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AnswerPublished(Happened):
    """`words` are what we do; the record holds their digest."""

    kind: ClassVar[str] = "answer.published"
    public: ClassVar[bool] = True
    version: int
    outcome: str
    promised_on: date | None
    people: int


@dataclass(frozen=True, kw_only=True)
class PromiseRedated(Happened):
    kind: ClassVar[str] = "promise.redated"
    public: ClassVar[bool] = True
    before: date
    after: date


@dataclass(frozen=True, kw_only=True)
class PromiseKept(Happened):
    kind: ClassVar[str] = "promise.kept"
    public: ClassVar[bool] = True
    on: date


@dataclass(frozen=True, kw_only=True)
class PersonTold(Happened):
    """A member of staff told somebody face to face or by telephone."""

    kind: ClassVar[str] = "person.told"
    how: str
    answers: int


@dataclass(frozen=True, kw_only=True)
class PersonUnreachable(Happened):
    kind: ClassVar[str] = "person.unreachable"


@dataclass(frozen=True, kw_only=True)
class AnswerHeard(Happened):
    kind: ClassVar[str] = "answer.heard"
    agrees: bool


@dataclass(frozen=True, kw_only=True)
class AnswerNotHeard(Happened):
    kind: ClassVar[str] = "answer.not_heard"
    says: str


@dataclass(frozen=True, kw_only=True)
class ProjectClosed(Happened):
    kind: ClassVar[str] = "project.closed"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ProjectReopened(Happened):
    kind: ClassVar[str] = "project.reopened"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ProjectRests(Happened):
    kind: ClassVar[str] = "project.rests"
    public: ClassVar[bool] = True
    rests: bool
