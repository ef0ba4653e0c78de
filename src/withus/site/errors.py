"""Pages for what went wrong: kind, with what to do next. A form that came without a good token is shown again with what was typed."""

import errno
import re
import sys
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from withus.projects.access import SignedOut
from withus.site.shell import Refusal
from withus.site.shell.refusal import SENTENCES

SECRET_FIELDS = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2", "code"})
NOT_WORDS = frozenset(
    {"sent_once", "version", "strokes", "pen", "picture", "may_see", "way", "how_often", "next", "note", "do"}
    | {"into", "says", "outcome"}
)
"""Ids and choices of our own forms: sent again with the rest, and not shown as what somebody wrote."""
NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[: ][\w -]{1,20})?")
"""A row's number, perhaps with a wording's or a part behind it: a ticked box, and nothing that somebody wrote."""
LONG_ENOUGH = 2
"""Shorter values are choices and ids, not somebody's words."""
PASSWORDS = SECRET_FIELDS - {"csrfmiddlewaretoken"}
BUSY, FULL = 503, 507
WAIT = 30
"""Seconds till it is worth a try."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    The token is old or missing (a page left open for days, cookies cleared). Nothing was done yet; what was typed is on the page, with a
    good token, and one press sends it. Passwords are not repeated. A form that another site filled in gets no button: one press of a
    person who only wants to go on would do what that site wrote.
    """
    typed = _typed(request)
    context = {
        "typed": typed,
        "words": _words(typed),
        "ours": _from_our_page(request),
        "files": bool(request.FILES),
        "action": request.get_full_path(),
    }
    return render(request, "site/csrf_failure.html", context, status=403)


def _from_our_page(request: HttpRequest) -> bool:
    """
    Whether the browser says so. Newer ones say from where a form was sent; ours all say from which page, since we ask them to. One that
    says nothing may have been told to by another site.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    said = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    ours = {(request.scheme, request.get_host()), tuple(urlsplit(settings.WITHUS_ADDRESS)[:2])}
    return (said.scheme, said.netloc) in ours


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same for a page that is not there and for one of somebody else. What a phone that forgot its person sent is given back."""
    kept = _words(_typed(request)) if request.method == "POST" else []
    return render(request, "404.html", {"kept": kept}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, SignedOut):
        return _signed_out(request)
    return render(request, "403.html", status=403)


def _signed_out(request: HttpRequest) -> HttpResponse:
    """
    Signed out meanwhile, here or in another tab. Signing in opens beside this page, so that what was typed stays; then one press sends
    it. The address says nothing that the one who sent the form did not know.
    """
    typed = _typed(request)
    context = {"typed": typed, "words": _words(typed), "files": bool(request.FILES), "action": request.get_full_path()}
    return render(request, "site/signed_out.html", context, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Made without asking the database, which may be what broke. What was being sent is given back: a full disk costs nobody a word."""
    typed: list[tuple[str, str]] = []
    with suppress(Exception):  # the body itself may be what cannot be read
        typed = _typed(request) if request.method == "POST" else []
    if status := passes(sys.exception()):
        return _not_now(request, typed, status)
    content = render_to_string("500.html", {"kept": _words(typed), "version": settings.WITHUS_VERSION})
    return HttpResponse(content, status=500)


def passes(fault: BaseException | None) -> int | None:
    """The status for what nobody has to mend in the program: something else holds the database (503), or the disk is full (507)."""
    said = str(fault)
    if isinstance(fault, OSError):
        return FULL if fault.errno in (errno.ENOSPC, errno.EDQUOT) else None
    if not isinstance(fault, OperationalError):
        return None
    if "disk is full" in said or "No space left" in said:
        return FULL
    return BUSY if "locked" in said or connection.vendor != "sqlite" else None


def _not_now(request: HttpRequest, typed: list[tuple[str, str]], status: int) -> HttpResponse:
    """Sent once more by one press, unless a password was with it: it is not repeated."""
    context = {
        "is_full": status == FULL,
        "typed": typed,
        "words": _words(typed),
        "sent": request.method == "POST",
        "again": bool(typed) and not PASSWORDS & request.POST.keys(),
        "files": bool(typed and request.FILES),
        "action": request.get_full_path(),
        "csrf_token": get_token(request),
        "version": settings.WITHUS_VERSION,
    }
    response = HttpResponse(render_to_string("site/not_now.html", context), status=status)
    response["Retry-After"] = str(WAIT)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in SECRET_FIELDS
        for value in values
        if isinstance(value, str)
    ]


def _words(typed: list[tuple[str, str]]) -> list[str]:
    written = (value for name, value in typed if name not in NOT_WORDS and len(value) > LONG_ENOUGH)
    return [value for value in written if not NUMBER.fullmatch(value)]


def turned_back(refusal: Refusal) -> str:
    """The page for somebody whom the door turned back: too big, too slow, too many. Words that came along are given back."""
    kept = "\n\n".join(
        value for name, value in refusal.fields if name not in SECRET_FIELDS and len(value) > LONG_ENOUGH
    )
    sentence = SENTENCES[refusal.status]
    return render_to_string("ui/refused.html", {"sentence": sentence, "kept": kept, "version": settings.WITHUS_VERSION})
