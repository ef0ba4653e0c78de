"""What of the project is in public, on one page for the team: the page itself, news, data, badge, calendar and reports."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.loop import actions
from withus.loop import in_public as loop
from withus.loop.pages.themes import frame
from withus.projects.access import by, team_page
from withus.projects.lasting import lasting
from withus.projects.models import Project
from withus.reports.forms import FeedsForm, HideForm
from withus.reports.pages.hiding import hidden_or_shown


@require_http_methods(["GET", "POST"])
@team_page()
def in_public(request: HttpRequest, project: Project) -> HttpResponse:
    do = request.POST.get("do", "") if request.method == "POST" else ""
    publicity = loop.publicity_of(project)
    hide = HideForm(request.POST if do == "hide" else None)
    switch = FeedsForm(
        request.POST if do == "switch" else None, initial={"feeds": publicity.feeds, "badge": publicity.badge}
    )
    if do and _did(request, project, do, switch, hide):
        return redirect("reports:in_public", project.address)
    base = lasting(project.organisation)
    context = frame(project) | {
        "publicity": publicity,
        "switch": switch,
        "hide": hide,
        "base": base,
        "snippet": render_to_string("reports/snippet.html", {"project": project, "base": base}).strip(),
    }
    return render(request, "reports/in_public.html", context, status=422 if hide.errors or switch.errors else 200)


def _did(request: HttpRequest, project: Project, do: str, switch: FeedsForm, hide: HideForm) -> bool:
    if do == "switch" and switch.is_valid():
        actions.switch_feeds(project, **switch.cleaned_data, by=by(request), now=timezone.now())
        messages.success(request, _("Kept."))
        return True
    return hidden_or_shown(request, project, do, hide)
