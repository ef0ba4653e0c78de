"""
"Talk to someone": a button only while a named human is on duty. Never queued: what reaches nobody says so at once, and where to go.
"""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from withus.live import actions, follow
from withus.live.models import Call
from withus.live.pages.guest import frame, guest_of
from withus.people import here
from withus.people.models import Person
from withus.people.pages.link import whose
from withus.projects.access import open_page
from withus.projects.models import Project
from withus.table.models import Workshop

LOOK_AGAIN = 5
"""Seconds. It is the browser that waits, never one of our threads."""


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def talk(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    guest = guest_of(request, project, uid)
    return _talk(request, project, guest.workshop, guest.person)


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def talk_now(request: HttpRequest, project: Project) -> HttpResponse:
    """The same outside a workshop, for whoever's page this is."""
    return _talk(request, project, None, whose(request, project))


@never_cache
@require_safe
@open_page
def called(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """What became of a call: somebody comes, nobody has said so yet, or nobody did."""
    now = timezone.now()
    person, device = here.person_here(request, project), here.device_here(request, project)
    if person is None and device is None:
        raise Http404
    row = Call.objects.filter(project=project, uid=uid).select_related("workshop", "answered_by").first()
    standing = row is not None and row.answered_at is None and row.until > now
    context = _known(project, row.workshop if row else None, person) | {"call": row, "standing": standing}
    response = render(request, "live/called.html", context)
    if standing:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


def _talk(request: HttpRequest, project: Project, workshop: Workshop | None, person: Person | None) -> HttpResponse:
    known = _known(project, workshop, person)
    if request.method == "POST":
        return _call(request, project, workshop, known, now=timezone.now())
    return render(request, "live/talk.html", known)


def _call(
    request: HttpRequest, project: Project, workshop: Workshop | None, known: dict[str, object], *, now: datetime
) -> HttpResponse:
    """Reaches whoever has a console open, or nobody; then nothing is kept."""
    if not known["on_duty"] or not follow.somebody_listens(project, workshop):
        return render(request, "live/talk.html", known | {"unreached": True})
    where = request.POST.get("where", "").replace("\x00", "")
    row = actions.call(project, workshop=workshop, where=where, now=now)
    follow.show_call(row)
    return redirect("live:called", project.address, row.uid)


def _known(project: Project, workshop: Workshop | None, person: Person | None) -> dict[str, object]:
    if workshop is not None:
        back = reverse("live:room", args=[project.address, workshop.uid])
        act = reverse("live:talk", args=[project.address, workshop.uid])
    else:
        back = reverse("loop:me", args=[project.address])
        act = reverse("live:talk_now", args=[project.address])
    return frame(project, workshop, person) | {"back": back, "act": act}
