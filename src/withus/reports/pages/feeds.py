"""What other sites may fetch, once the team has said yes: news, data, a badge. Until then there is nothing at these addresses."""

import json
from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from withus.loop import in_public, snapshot
from withus.loop.in_public import InPublic
from withus.loop.pages.public import stamp
from withus.projects.access import open_page
from withus.projects.models import Project
from withus.reports import feeds

A_WHILE = "public, max-age=300"
TITLE_LETTERS = 38


@require_safe
@open_page
def atom(request: HttpRequest, project: Project) -> HttpResponse:
    def make(known: InPublic, now: datetime) -> bytes:
        return feeds.atom(project, known).encode()

    _only_if(in_public.publicity_of(project).feeds)
    return _answer(project, "atom", "application/atom+xml; charset=utf-8", make)


@require_safe
@open_page
def data(request: HttpRequest, project: Project) -> HttpResponse:
    def make(known: InPublic, now: datetime) -> bytes:
        return json.dumps(feeds.data(project, known, now=now), ensure_ascii=False, indent=1).encode()

    _only_if(in_public.publicity_of(project).feeds)
    response = _answer(project, "json", "application/json", make)
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@open_page
def badge(request: HttpRequest, project: Project) -> HttpResponse:
    """A picture: no script, nothing that could tell who looked at it."""

    def make(known: InPublic, now: datetime) -> bytes:
        return render_to_string("reports/badge.svg", _badge(project, known)).encode()

    _only_if(in_public.publicity_of(project).badge)
    response = _answer(project, "badge", "image/svg+xml", make)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _only_if(on: bool) -> None:
    if not on:
        raise Http404


def _answer(project: Project, name: str, kind: str, make: Callable[[InPublic, datetime], bytes]) -> HttpResponse:
    """In the project's own language: other sites ask in nobody's."""
    now = timezone.now()
    with translation.override(project.language):
        content = snapshot.page(
            project, name, stamp(project, now=now), lambda: make(in_public.read(project, now=now), now)
        )
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"], response["Content-Language"] = A_WHILE, project.language
    return response


def _badge(project: Project, known: InPublic) -> dict[str, object]:
    title = feeds.plain(project.title)
    short = title if len(title) <= TITLE_LETTERS else title[: TITLE_LETTERS - 1].rstrip() + "…"
    lines = [(str(one.name), _number(one.number, str(one.words), one.of)) for one in known.four if one.key in SHOWN]
    return {
        "title": short,
        "whole_title": title,
        "body": feeds.plain(project.organisation.name),
        "lines": [(96 + 26 * at, name, said) for at, (name, said) in enumerate(lines)],
        "late": len(known.overdue),
        "hidden_since": known.hidden_since,
        "right_to_left": translation.get_language_bidi(),
    }


SHOWN = ("answered", "changed", "confirmed")


def _number(number: int | None, words: str, of: int | None) -> str:
    if number is None:
        return words
    return _("%(n)s of %(of)s") % {"n": number, "of": of} if of else str(number)
