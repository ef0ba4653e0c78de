"""Pass it on: this person's page ends on this phone, and the next one starts clean."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.live.pages.guest import frame, guest_of
from withus.people import here, link
from withus.projects.access import open_page
from withus.projects.models import Project
from withus.table.models import WorkshopState


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def pass_on(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """First their words, to write down; then one press ends it. What is typed and not sent is told of by the page itself."""
    guest = guest_of(request, project, uid)
    if request.method == "GET":
        context = frame(project, guest.workshop, guest.person) | {
            "words": link.speakable(guest.person).split() if guest.person else [],
            "pass_url": reverse("live:pass_on", args=[project.address, uid]),
        }
        return render(request, "live/pass_on.html", context)
    if guest.workshop.state == WorkshopState.OPEN:
        response = redirect("live:join", guest.workshop.room_code)
    else:
        response = redirect("loop:public", project.address)
    here.forget(response, project)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
