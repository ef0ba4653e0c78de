"""What can happen at the end: keys, a hand-over, what hangs where, a page read out on the telephone, a slip that came back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from withus.record.kinds import Happened

NO_CO_LEAD, NOT_ANSWERED = "no co-lead", "not answered"
ALONE = (NO_CO_LEAD, NOT_ANSWERED)
"""Why no co-lead had a key: there is none; or those whom only their own page reaches were asked there for two weeks, and did not answer."""


@dataclass(frozen=True, kw_only=True)
class KeyTurned(Happened):
    """One of the two presses that closing, resting and handing over need. `first` waits for the second."""

    kind: ClassVar[str] = "key.turned"
    what: str
    first: bool


@dataclass(frozen=True, kw_only=True)
class KeyTakenBack(Happened):
    kind: ClassVar[str] = "key.taken_back"
    what: str


@dataclass(frozen=True, kw_only=True)
class TakerWilling(Happened):
    """Whoever was asked to take the project says that they would, and for which organisation. Nothing has moved."""

    kind: ClassVar[str] = "taker.willing"
    to: str


@dataclass(frozen=True, kw_only=True)
class ProjectClosed(Happened):
    kind: ClassVar[str] = "project.closed"
    public: ClassVar[bool] = True
    alone: str = ""
    """Why no co-lead had a key, where two of the team turned both: one of `ALONE`."""


@dataclass(frozen=True, kw_only=True)
class ProjectReopened(Happened):
    kind: ClassVar[str] = "project.reopened"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ProjectRests(Happened):
    kind: ClassVar[str] = "project.rests"
    public: ClassVar[bool] = True
    rests: bool
    alone: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectOffered(Happened):
    """From now on people can take their words out; from that day on it may move."""

    kind: ClassVar[str] = "project.offered"
    public: ClassVar[bool] = True
    to: str
    on: date
    alone: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectStays(Happened):
    """The hand-over was called off."""

    kind: ClassVar[str] = "project.stays"
    public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ProjectHandedOver(Happened):
    kind: ClassVar[str] = "project.handed_over"
    public: ClassVar[bool] = True
    to: str


@dataclass(frozen=True, kw_only=True)
class PersonNoticed(Happened):
    """Somebody was told of a resting or a hand-over, or nobody could tell them."""

    kind: ClassVar[str] = "person.noticed"
    reached: bool


@dataclass(frozen=True, kw_only=True)
class AnswersShown(Happened):
    """Answers hang at the place that receipts name, or were taken down."""

    kind: ClassVar[str] = "answers.shown"
    public: ClassVar[bool] = True
    answers: int
    shown: bool


@dataclass(frozen=True, kw_only=True)
class PageReadOut(Happened):
    """A facilitator opened somebody's page by their words, with their yes, to read it out on the telephone."""

    kind: ClassVar[str] = "page.read_out"


@dataclass(frozen=True, kw_only=True)
class LettersPrinted(Happened):
    """
    Somebody of the team made a letter with the link and the four words of its person. It is about them, and their own page says so. Those
    made before WithUs wrote one for each say only how many there were.
    """

    kind: ClassVar[str] = "letters.printed"
    letters: int


@dataclass(frozen=True, kw_only=True)
class SlipReturned(Happened):
    """Somebody entered a slip of paper that a person had ticked."""

    kind: ClassVar[str] = "slip.returned"
