"""
The right to listen, without a database, a session or an account.

A page that somebody may see hands out a ticket for its stream. Tickets of one series (all those of one project, say)
carry a number; raising the number ends all that were given before.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.http import HttpResponse

from .topic import Audience, Topic

SALT = "withus.stream.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    topic: Topic
    series: UUID
    number: int
    expires: float


def cookie_name(audience: Audience, uid: UUID) -> str:
    """Apart for each audience and subject: wall, console and phone in one browser do not take each other's."""
    return f"stream-{audience}-{uid.hex[:8]}"


def issue(topic: Topic, *, series: UUID, number: int, hours: float, now: datetime | None = None) -> str:
    start = time.time() if now is None else now.timestamp()
    return signing.Signer(salt=SALT).sign_object([str(topic), series.hex, number, int(start + hours * 3600)])


def read(value: str, now: float) -> Ticket | None:
    """None for a ticket that is forged, damaged or past its time: the reader gets one from the page again."""
    try:
        topic, series, number, expires = signing.Signer(salt=SALT).unsign_object(value)
        ticket = Ticket(Topic.parse(topic), UUID(series), int(number), float(expires))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return ticket if now < ticket.expires else None


def give(
    response: HttpResponse,
    topic: Topic,
    *,
    series: UUID,
    number: int,
    hours: float,
    secure: bool,
    now: datetime | None = None,
) -> None:
    """Put the ticket into the page's answer. `secure` exactly where the public address is https."""
    response.set_cookie(
        cookie_name(topic.audience, topic.uid),
        issue(topic, series=series, number=number, hours=hours, now=now),
        max_age=int(hours * 3600),
        path="/stream/",
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
