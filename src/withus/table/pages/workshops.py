"""A workshop's day, place and time; its room code; the poster for the door."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from withus.charter import asks as charter
from withus.findings import asks as findings
from withus.findings import proposal
from withus.projects import sending
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.table import actions
from withus.table.forms import WorkshopForm
from withus.table.models import Workshop
from withus.table.pages.table import frame


@require_http_methods(["GET", "POST"])
@team_page()
def new(request: HttpRequest, project: Project) -> HttpResponse:
    proposed = proposal.of(request, project)
    form = WorkshopForm(request.POST or None, initial=proposal.fields(proposed))
    if request.method == "POST" and form.is_valid():
        try:
            now, number = timezone.now(), sending.number(request, project)
            workshop = actions.add_workshop(project, by=by(request), now=now, uid=number, **form.for_action())
            return redirect("plan:workshop", project.address, workshop.uid)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    context = frame(project) | {"form": form, "proposed": proposed, "sent_once": sending.once(request)}
    return render(request, "table/workshop.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def workshop(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    row = workshop_of(project, uid)
    proposed = proposal.of(request, project)
    initial = {"version": row.version} | proposal.fields(proposed)
    form = WorkshopForm(request.POST or None, instance=row, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            fresh = workshop_of(project, uid)
            actions.change_workshop(fresh, version=version, by=by(request), now=timezone.now(), **form.for_action())
            return redirect("plan:workshop", project.address, uid)
        except actions.WorkshopChangedMeanwhile as clash:
            theirs = clash.theirs
            form.data = {**request.POST.dict(), "version": str(theirs.version)}
            form.add_error(None, str(clash.sentence))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    context = frame(project) | {
        "form": form,
        "workshop": workshop_of(project, uid),
        "theirs": theirs,
        "proposed": proposed,
        "beside": findings.of_workshop(project, row.pk, traps=(1, 3, 5)),
    }
    return render(request, "table/workshop.html", context, status=422 if form.errors else 200)


@require_POST
@team_page()
def renew(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    row, seen = workshop_of(project, uid), request.POST.get("seen", "")
    actions.renew_room_code(row, by=by(request), now=timezone.now(), seen=seen)
    return redirect("table:poster", project.address, uid)


@team_page()
def poster(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """For the door of the room: the code, and the lowest part that anybody has in it."""
    row = workshop_of(project, uid)
    context = {
        "project": project,
        "workshop": row,
        "part": charter.part(project),
        "join_address": f"{settings.WITHUS_ADDRESS}/r/{row.room_code}",
    }
    return render(request, "table/poster.html", context)


def workshop_of(project: Project, uid: UUID) -> Workshop:
    """Another project's is not found."""
    row = Workshop.objects.filter(project=project, uid=uid).select_related("project__organisation").first()
    if row is None:
        raise Http404
    return row
