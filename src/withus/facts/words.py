"""The words that a project file may use. "Not known" is no word: it is a field left out, and `None` here."""

from enum import StrEnum


class Stage(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


class Emotive(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Openness(StrEnum):
    """What people were told they can change."""

    OPEN = "open"
    WITHIN_LIMITS = "within limits"
    SETTLED = "settled"


class Label(StrEnum):
    """What the project honestly is, from nothing to making it together; `rung` gives the order."""

    NONE = "none"
    INFORMING = "informing"
    CONSULTING = "consulting"
    INVOLVING = "involving"
    CO_DESIGNING = "co-designing"
    CO_PRODUCING = "co-producing"

    @property
    def rung(self) -> int:
        return _LADDER.index(self)


_LADDER = tuple(Label)


class Claim(StrEnum):
    """What the invitation calls it. Nobody claims to be doing nothing, so `none` is not among them."""

    INFORMING = "informing"
    CONSULTING = "consulting"
    INVOLVING = "involving"
    CO_DESIGNING = "co-designing"
    CO_PRODUCING = "co-producing"

    @property
    def label(self) -> Label:
        return Label(self.value)


class Format(StrEnum):
    IN_PERSON = "in person"
    ONLINE = "online"
    HYBRID = "hybrid"


class Pay(StrEnum):
    PAID = "paid"
    UNPAID = "unpaid"
    SALARIED = "salaried"
    DECLINED = "declined"


class BlockKind(StrEnum):
    WELCOME = "welcome"
    INFORMATION = "information"
    VENTING = "venting"
    DISCUSSION = "discussion"
    ACTIVITY = "activity"
    REPORT_BACK = "report back"
    PARKED_SUBJECTS = "parked subjects"
    SLACK = "slack"
    BREAK = "break"
    DECISION = "decision"
    CLOSING = "closing"


class Wandering(StrEnum):
    """What happened when talk left the plan."""

    NONE = "none"
    FOLLOWED = "followed"
    BROUGHT_BACK = "brought back"


class Says(StrEnum):
    """What one round of telling people told them."""

    THANKS = "thanks"
    SUMMARY = "summary"
    YOU_SAID_WE_DID = "you said we did"
    REASONS = "reasons"
    NO_BECAUSE = "no because"
    NEXT_DATE = "next date"


class Answer(StrEnum):
    """What became of something that a person gave; always with a because."""

    DONE = "done"
    DOING = "doing"
    PARTLY = "partly"
    NOT_DOING = "not doing"
