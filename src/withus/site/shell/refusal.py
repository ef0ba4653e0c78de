"""What somebody reads whom the door turned back. The site gives the page; without one there is a plain sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .answer import Answer, Headers
from .environ import Environ
from .rescue import Fields

SENTENCES = {
    408: _(
        "Your message came too slowly, and we stopped waiting. Nothing was stored. Please go back and send it again."
    ),
    413: _("What you sent is too big for us. Please go back, choose a smaller file or write less, and send it again."),
    500: _("Something went wrong here, and it was not you. Please go back and try again."),
    507: _(
        "The disk of this server is full, so nothing of it was kept. Please tell the people who run this, and send it again later."
    ),
    503: _("Very many people are here right now. Please wait a few seconds and try again."),
}
SAFE: Headers = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
        b"base-uri 'none'; frame-ancestors 'none'",
    ),
]


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    `fields` are the words that came with a body too big (413), or for which there is no room (507), under their names in the form, to be
    given back.

    `most` is then how many bytes are allowed. The environ has no body.
    """

    status: int
    environ: Environ
    fields: Fields = ()
    most: int = 0


Render = Callable[[Refusal], str]
"""Makes the whole HTML page. Runs in a thread of its own, which must not wait for tables."""


def refuse(refusal: Refusal, render: Render | None) -> Answer:
    if render is None:
        kind, text = b"text/plain; charset=utf-8", str(SENTENCES[refusal.status]) + "\n"
    else:
        kind, text = b"text/html; charset=utf-8", render(refusal)
    return _answer(refusal.status, kind, text.encode())


def bare(status: int) -> Answer:
    """When even the page cannot be made."""
    return _answer(status, b"text/plain; charset=utf-8", b"Please wait a few seconds and try again.\n")


def _answer(status: int, kind: bytes, body: bytes) -> Answer:
    headers = [*SAFE, (b"content-type", kind), (b"content-length", b"%d" % len(body)), (b"connection", b"close")]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    return Answer(status, headers, body)
