"""What can happen at the table: workshops planned, seats given, invitations sent and answered."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from withus.record.kinds import Happened


@dataclass(frozen=True, kw_only=True)
class WorkshopPlanned(Happened):
    kind: ClassVar[str] = "workshop.planned"
    public: ClassVar[bool] = True
    on: date


@dataclass(frozen=True, kw_only=True)
class WorkshopChanged(Happened):
    kind: ClassVar[str] = "workshop.changed"
    public: ClassVar[bool] = True
    on: date
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RoomRenewed(Happened):
    kind: ClassVar[str] = "room.renewed"


@dataclass(frozen=True, kw_only=True)
class SeatGiven(Happened):
    kind: ClassVar[str] = "seat.given"
    role: str


@dataclass(frozen=True, kw_only=True)
class SeatChanged(Happened):
    kind: ClassVar[str] = "seat.changed"
    role: str


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Happened):
    kind: ClassVar[str] = "invitation.sent"
    way: str


@dataclass(frozen=True, kw_only=True)
class SlipPrinted(Happened):
    """Somebody of the team had a slip with this person's link and four words before them. Their own page says so."""

    kind: ClassVar[str] = "slip.printed"


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(Happened):
    kind: ClassVar[str] = "invitation.answered"
    answer: str


@dataclass(frozen=True, kw_only=True)
class LivedSaid(Happened):
    """That somebody said it, never what."""

    kind: ClassVar[str] = "lived.said"


@dataclass(frozen=True, kw_only=True)
class WayChosen(Happened):
    kind: ClassVar[str] = "way.chosen"
    way: str


@dataclass(frozen=True, kw_only=True)
class WayAskedFor(Happened):
    """On a page that the four words opened: it waits, and whoever is reached by the old way hears of it."""

    kind: ClassVar[str] = "way.asked"
    way: str


@dataclass(frozen=True, kw_only=True)
class WayLeft(Happened):
    """What was asked for was stopped: it stays as it stood."""

    kind: ClassVar[str] = "way.left"
