"""The days of promises in somebody's own calendar, by a secret address that they can end at any time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from withus.loop.pages.themes import frame
from withus.projects import sending
from withus.projects.access import by, runs, team_page
from withus.projects.lasting import lasting
from withus.projects.models import Part, Project
from withus.reports import actions
from withus.reports.calendar import of_promises
from withus.reports.link import by_secret, secret_of
from withus.reports.models import CalendarLink


@require_http_methods(["GET", "POST"])
@team_page(Part.DECISION_MAKER)
def calendar(request: HttpRequest, project: Project) -> HttpResponse:
    """Each of the team, also who only decides, has an address of their own."""
    staff = by(request)
    if request.method == "POST":
        if request.POST.get("do") == "end":
            actions.end_calendar_link(project, by=staff, now=timezone.now())
            messages.success(request, _("The address opens nothing any more."))
        else:
            seen = sending.counted(request, "seen")
            actions.new_calendar_link(project, by=staff, now=timezone.now(), seen=seen)
            messages.success(request, _("Here is your address. One that you had before opens nothing any more."))
        return redirect("reports:calendar", project.address)
    rows = CalendarLink.objects.filter(project=project, staff=staff).select_related("project", "staff")
    last = rows.first()
    row = last if last is not None and last.ended_at is None else None
    path = reverse("reports:ics", args=[secret_of(row)]) if row else ""
    rooms = frame(project) if runs(staff, project) else {"project": project}
    base = lasting(project.organisation)
    context = (
        rooms
        | {"seen": last.generation if last else 0}
        | {"link": (f"{base}{path}" if base else request.build_absolute_uri(path)) if row else ""}
    )
    response = render(request, "reports/calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def promises(request: HttpRequest, secret: str) -> HttpResponse:
    """Asked by a calendar program, which has no account: the address is the key."""
    row = by_secret(secret)
    if row is None:
        raise Http404
    with translation.override(row.project.language):
        content = of_promises(row.project, now=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="promises.ics"'
    response["Cache-Control"] = "no-store"
    return response
