"""Closing a project: what still holds it, by name of the card; or letting it rest."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.findings import asks as findings
from withus.findings.gate import ClosedByFindings
from withus.live.pages.guest import name_of
from withus.loop import actions
from withus.loop.pages.themes import by, frame
from withus.projects.access import team_page
from withus.projects.models import Project, ProjectState
from withus.projects.refused import Refused


@require_http_methods(["GET", "POST"])
@team_page()
def close(request: HttpRequest, project: Project) -> HttpResponse:
    now, refusal = timezone.now(), ""
    if request.method == "POST":
        try:
            match request.POST.get("do"):
                case "rest":
                    actions.rest(project, rests=True, by=by(request), now=now)
                    messages.success(request, _("It rests, and says so on its page."))
                case "wake":
                    actions.rest(project, rests=False, by=by(request), now=now)
                case _:
                    actions.close(project, by=by(request), now=now)
                    messages.success(request, _("The project is closed. A “no” opens it again."))
            return redirect("loop:close", project.address)
        except ClosedByFindings as closed:
            refusal = str(closed.sentence)
        except Refused as refused:
            refusal = str(refused.sentence)
    dues, untold = actions.what_holds_it(project, now=now)
    context = frame(project) | {
        "dues": dues,
        "untold": [(person, name_of(person)) for person in untold],
        "refusal": refusal,
        "beside": [one for one in findings.beside(project, traps=(5,)) if one.is_stop],
        "is_closed": project.state == ProjectState.CLOSED,
        "rests": project.state == ProjectState.RESTING,
    }
    return render(request, "loop/close.html", context, status=409 if refusal else 200)
