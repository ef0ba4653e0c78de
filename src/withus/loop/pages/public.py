"""The project's page for everybody: what can change, what came of it, what is late, and who says that they heard."""

import hashlib
from collections.abc import Hashable
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from withus.charter import hear_back
from withus.facts import small
from withus.findings import asks as findings
from withus.findings import proposal
from withus.loop import counting, in_public, snapshot, timeline
from withus.loop.actions.owing import REOPENS_FOR
from withus.loop.norm import countdown
from withus.loop.opinions import standing
from withus.projects import day
from withus.projects.access import open_page
from withus.projects.lasting import lasting
from withus.projects.models import Project, ProjectState
from withus.record.chain import head_code
from withus.record.models import Entry, Head, Opening

INDEX = "index, follow"
"""The page's own head takes it back for an invented example, and while nobody was asked yet: of the two the stricter holds."""
A_PAGE = 100
"""Answers. Sixty themes fit on one page; thousands of single answers do not."""
SAME_FOR_ALL = "messages"
"""The cookie of what the site says once: who has it gets a page of their own."""


@open_page
def public(request: HttpRequest, project: Project) -> HttpResponse:
    """
    Made once for everybody, until somebody writes to the project. Whoever has it already is not sent it again. What only this one asked
    for, a page number or a way out's own words, is kept for nobody.
    """
    now, number = timezone.now(), request.GET.get("page", "")

    def make() -> bytes:
        return render_to_string("loop/public.html", _context(project, number, now), request).encode()

    shared = SAME_FOR_ALL not in request.COOKIES and not number and proposal.NAME not in request.GET
    content = snapshot.page(project, f"public {get_language()}", stamp(project, now=now), make) if shared else make()
    response = HttpResponse(content)
    response["X-Robots-Tag"] = INDEX
    if not shared:
        return response
    response["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known if isinstance(known, HttpResponse) else response


def stamp(project: Project, *, now: datetime) -> Hashable:
    """Everything that a page for everybody rests on. One query."""
    owner = project.organisation
    return (
        next(iter(Head.objects.filter(project=project).order_by().values_list("hash", "writes")), None),
        day.of(project, now),
        (project.address, project.title, project.state, project.language, project.attribution, project.is_example),
        (owner.name, owner.key, owner.telephone, owner.lasting_address),
    )


def _context(project: Project, number: str, now: datetime) -> dict[str, object]:
    known = in_public.read(project, now=now)
    counts, hear = known.counts, hear_back.of(project, known.part.charter, now=now)
    page = Paginator([*known.did, *known.refused], A_PAGE).get_page(number)
    return {
        "page": page,
        "did": [one for one in page if not one.is_refused],
        "refused": [one for one in page if one.is_refused],
        "project": project,
        "place": project.title,
        "known": known,
        "part": known.part,
        "hear": hear,
        "settled_up": hear.passed and not counts.owed,
        "counts": counts,
        "norm": countdown(project, now=now, owed=counts.owed),
        "no_address": counting.number(small.beside(counts.no_address, counts.people)),
        "timeline": _timeline(project, known, now),
        "owned": findings.owned(project),
        "code": last_midnight(project, now=now),
        "may_be_found": known.is_begun and not project.is_example,
        "is_closed": project.state == ProjectState.CLOSED,
        "reopens": project.closed_at is None or now - project.closed_at <= REOPENS_FOR,
        "rests": project.state == ProjectState.RESTING,
        "opinions": standing.shown(project),
        "base": lasting(project.organisation),
        **in_public.turned(project),
    }


def _timeline(project: Project, known: in_public.InPublic, now: datetime) -> list[timeline.Moment]:
    """While the page is hidden, what became of the project as a whole stands there still: it is about the people, not the page."""
    if known.hidden_since:
        return sorted(timeline.of_the_end(project), key=lambda one: one.on)
    return timeline.moments(project, known, today=day.of(project, now))


def page_number(known: in_public.InPublic, answer: UUID) -> int:
    """On which of its pages an answer stands."""
    order = [one.version.answer.uid for one in (*known.did, *known.refused)]
    return order.index(answer) // A_PAGE + 1


def last_midnight(project: Project, *, now: datetime) -> str:
    """The record's head as it was at the project's last midnight: a count of today's acts would tell who was here."""
    before = in_public.midnight(project, now=now)
    newest = Opening.objects.filter(entry__project=project, at__lt=before).order_by("-entry__seq").values("entry")[:1]
    entry = Entry.objects.filter(pk__in=newest).first()
    return head_code(entry.seq, entry.hash) if entry else ""
