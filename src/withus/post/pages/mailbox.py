"""The embedded mailbox, to look at. Only under `withus demo`, and only from this machine itself."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from withus.post.models import Delivered

NEWEST = 100
LOOPBACK = frozenset({"127.0.0.1", "::1"})


def mailbox(request: HttpRequest) -> HttpResponse:
    _only_here(request)
    return render(request, "post/mailbox.html", {"mails": Delivered.objects.order_by("-pk")[:NEWEST]})


def mail(request: HttpRequest, number: int) -> HttpResponse:
    _only_here(request)
    row = Delivered.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    pieces = [(piece, piece.startswith(("http://", "https://"))) for piece in re.split(r"(https?://\S+)", row.text)]
    return render(request, "post/mail.html", {"mail": row, "pieces": pieces})


def _only_here(request: HttpRequest) -> None:
    if not settings.WITHUS_DEMO or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
