"""A worker, or a co-lead, says whether their own name may stand under answers. Nobody says it for them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from withus.loop import actions
from withus.loop.models_of_answers import MayName
from withus.loop.pages.themes import frame
from withus.people import here
from withus.projects.access import by, open_page, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused


@require_http_methods(["GET", "POST"])
@team_page()
def my_name(request: HttpRequest, project: Project) -> HttpResponse:
    staff = by(request)
    if request.method == "POST" and request.POST.get("yes") in ("yes", "no"):
        actions.allow_name(project, who=staff, yes=request.POST["yes"] == "yes", now=timezone.now())
        messages.success(request, _("Your choice is kept."))
        return redirect("loop:my_name", project.address)
    said = MayName.objects.filter(project=project, staff=staff).exists()
    return render(request, "loop/my_name.html", frame(project) | {"said": said, "name": staff.name})


@never_cache
@require_POST
@open_page
def me_name(request: HttpRequest, project: Project) -> HttpResponse:
    """A co-lead's, on their own page."""
    person = here.person_here(request, project)
    if person is None:
        return redirect("people:words", project.address)
    if request.POST.get("yes") in ("yes", "no"):
        try:
            actions.allow_name(project, who=person, yes=request.POST["yes"] == "yes", now=timezone.now())
            messages.success(request, _("Your choice is kept."))
        except Refused as refusal:
            return render(request, "ui/refused.html", {"sentence": refusal.sentence}, status=409)
    return redirect("loop:me", project.address)
