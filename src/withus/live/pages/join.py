"""The room's QR: what this is, your part in it, what can change; then one press joins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.charter import hear_back
from withus.live.pages.guest import frame, part_of
from withus.people import here
from withus.projects.models import ProjectState
from withus.projects.sole import sole
from withus.table.models import Workshop, WorkshopState

NOBODY_ASKS = frozenset({ProjectState.CLOSED, ProjectState.RESTING})


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    rows = Workshop.objects.filter(room_code=code.upper()).select_related("project__organisation")
    workshop = sole(rows)
    if workshop is None:
        return render(request, "live/no_such_room.html", status=404)
    project = workshop.project
    person = here.person_here(request, project)
    if request.method == "POST" and workshop.state == WorkshopState.OPEN:
        response = redirect("live:room", project.address, workshop.uid)
        device = here.device_here(request, project)
        if person is None and (device is None or device.workshop != str(workshop.uid)):
            here.join(response, project, workshop=workshop.uid)
        return response
    part = part_of(project, person)
    context = frame(project, workshop, person, part.charter) | {
        "part": part,
        "code": code,
        "hear": hear_back.of(project, part.charter, now=timezone.now()),
        "may_come": workshop.state != WorkshopState.ENDED and project.state not in NOBODY_ASKS,
    }
    return render(request, "live/join.html", context, status=409 if request.method == "POST" else 200)
