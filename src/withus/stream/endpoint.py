"""
The door of the streams: `GET /stream/<audience>/<uid>/`, plain ASGI.

No database, no session and no middleware stand between a phone and its stream, only the ticket. Whoever has no good
one gets `event: reset` with 200, because a browser comes back after that and gives up after an error.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from . import ticket as tickets
from .asks import Asks
from .event import reset, retry
from .hub import Hub
from .line import Line
from .ticket import Ticket
from .topic import Audience, Topic

Scope = MutableMapping[str, Any]  # Any: ASGI's own shape
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

ADDRESS = re.compile(r"/stream/(phone|wall|console|care)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
LANGUAGE = re.compile(r"[A-Za-z0-9-]{2,35}")
NUMBER = re.compile(r"[0-9]{1,18}")
STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What a browser asks for. The language may differ from the ticket's: a hall with two walls in one browser.

    `new` is a page that was made just now: where nothing was told since this process began, it has missed nothing;
    a reset would only make it load again and again.
    """

    topic: Topic
    after: int | None
    new: bool


class Endpoint:
    """`most` is how many may listen at once: streams must not eat the files that pages need."""

    def __init__(self, hub: Hub, *, most: int = 10_000, clock: Callable[[], float] = time.time) -> None:
        self.hub = hub
        self.asks = Asks()
        self._most = most
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = ADDRESS.fullmatch(scope["path"])
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if address is None:
            await _refuse(send, 404)
        elif scope["method"] != "GET":
            await _refuse(send, 405, (b"allow", b"GET"))
        elif _foreign(headers):
            await _refuse(send, 403)
        elif not self.hub.open or self.hub.count >= self._most:
            await _refuse(send, 503, (b"retry-after", b"5"))
        else:
            ticket = await self._ticket(scope["headers"], Audience(address[1]), UUID(address[2]))
            await self._stream(ticket, scope, receive, send)

    async def _ticket(self, headers: Iterable[tuple[bytes, bytes]], audience: Audience, uid: UUID) -> Ticket | None:
        ticket = tickets.read(_cookie(headers, tickets.cookie_name(audience, uid)), self._clock())
        if ticket is None or (ticket.topic.audience, ticket.topic.uid) != (audience, uid):
            return None
        in_force = await self.asks.number(ticket.series)
        if in_force is None or ticket.number < max(in_force, self.hub.in_force(ticket.series)):
            return None
        return ticket

    async def _stream(self, ticket: Ticket | None, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
        if ticket is None:
            await send({"type": "http.response.body", "body": reset()})
            return
        wish = _wish(ticket, scope)
        task = asyncio.current_task()
        line = self.hub.join(wish.topic, ticket, scope.get("abort") or (task.cancel if task else _nothing))
        gone = asyncio.ensure_future(_gone(receive, line))
        try:
            first = await self._first(wish)
            await send({"type": "http.response.body", "body": first or reset(), "more_body": True})
            while first and (chunk := await line.next()):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except asyncio.CancelledError:
            if not line.ended:
                raise
        finally:
            gone.cancel()
            self.hub.leave(line)

    async def _first(self, wish: Wish) -> bytes:
        """The pause, what was missed and the latest of each key; nothing when the page must be fetched again."""
        missed: bytes | None = b""
        if wish.after is not None:
            missed = self.hub.missed(wish.topic, wish.after)
            if missed is None and self.asks.know_the_past:
                missed = await self.asks.missed(wish.topic, wish.after)
            elif missed is None and wish.new and self.hub.silent(wish.topic):
                missed = b""
        return b"" if missed is None else retry() + missed + self.hub.state(wish.topic)


async def _gone(receive: Receive, line: Line) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    line.end(at_once=True)


async def _refuse(send: Send, status: int, *headers: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0"), *headers]})
    await send({"type": "http.response.body", "body": b""})


def _foreign(headers: dict[bytes, bytes]) -> bool:
    """Another origin may not read along with the cookie of this one."""
    if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
        return True
    origin = headers.get(b"origin")
    if origin is None:
        return False
    with suppress(ValueError):
        return urlsplit(origin.decode("latin-1")).netloc.lower() != headers.get(b"host", b"").decode("latin-1").lower()
    return True


def _cookie(headers: Iterable[tuple[bytes, bytes]], name: str) -> str:
    for header, value in headers:
        if header == b"cookie":
            for part in value.decode("latin-1").split(";"):
                key, _, ticket = part.strip().partition("=")
                if key == name:
                    return ticket.strip('"')
    return ""


def _wish(ticket: Ticket, scope: Scope) -> Wish:
    """What the browser saw last outranks what the page showed when it was made."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    language = query.get("language", [""])[0]
    seen = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
    after = seen or query.get("after", [""])[0]
    return Wish(
        replace(ticket.topic, language=language) if LANGUAGE.fullmatch(language) else ticket.topic,
        int(after) if NUMBER.fullmatch(after) else None,
        new=not seen,
    )


def _nothing() -> None:
    """Where no one can be asked to cut the connection."""
