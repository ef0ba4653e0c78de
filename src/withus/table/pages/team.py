"""Who of the organisation runs this project, and in which part. Only this opens a project to an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.accounts.models import Staff
from withus.projects.access import by, is_admin_somewhere, team_page
from withus.projects.models import Part, Project, Team
from withus.projects.refused import Refused
from withus.table import actions
from withus.table.forms import TeamForm
from withus.table.on_the_team import came_and_went
from withus.table.pages.table import frame


@require_http_methods(["GET", "POST"])
@team_page()
def team(request: HttpRequest, project: Project) -> HttpResponse:
    """Put somebody on the team, or take them off; the last facilitator stays."""
    leaves = request.POST.get("leave", "")
    form = TeamForm(request.POST if request.method == "POST" and not leaves else None, project=project)
    refusal = ""
    if leaves:
        try:
            _take_off(project, leaves, by=by(request))
            return redirect("table:team", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    elif request.method == "POST" and form.is_valid():
        actions.put_on_the_team(project, **form.cleaned_data, by=by(request), now=timezone.now())
        messages.success(request, _("On the team."))
        return redirect("table:team", project.address)
    places = Team.objects.filter(project=project).select_related("staff").order_by("staff__name", "part")
    context = frame(project) | {
        "form": form,
        "places": [(place, Part(place.part).label) for place in places],
        "came_and_went": came_and_went(project),
        "refusal": refusal,
        "may_add_accounts": is_admin_somewhere(by(request)),
    }
    return render(request, "table/team.html", context, status=422 if form.errors else 409 if refusal else 200)


def _take_off(project: Project, leaves: str, *, by: Staff) -> None:
    """`leaves` is what the button sends: the account's uid and the part."""
    for place in Team.objects.filter(project=project).select_related("staff"):
        if f"{place.staff.uid} {place.part}" == leaves:
            actions.take_off_the_team(project, staff=place.staff, part=place.part, by=by, now=timezone.now())
