"""All that was done at the workbench, the newest first. Each step can be taken back, or everything since one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from withus.loop import actions, refusals, story
from withus.loop.models import Act
from withus.loop.pages.themes import frame
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused

A_PAGE = 50


@require_http_methods(["GET", "POST"])
@team_page()
def steps(request: HttpRequest, project: Project) -> HttpResponse:
    """`since` asks before it takes back everything from one step on: how many that is, and which the first of them was."""
    refusal = ""
    if request.method == "POST":
        try:
            _take_back(request, project)
            return redirect("loop:steps", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    since = _act(project, request.GET.get("since", ""))
    before = request.GET.get("before", "")
    told = story.of_project(
        project,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None,
        most=A_PAGE + 1,
    )
    later = Act.objects.filter(project=project, pk__gte=since.pk, undone_at=None).count() if since else 0
    context = frame(project) | {
        "told": told[:A_PAGE],
        "more": told[A_PAGE - 1].act.pk if len(told) > A_PAGE else None,
        "since": story.tell([since])[0] if since else None,
        "later": later,
        "refusal": refusal,
    }
    return render(request, "loop/steps.html", context, status=409 if refusal else 200)


def _take_back(request: HttpRequest, project: Project) -> None:
    one, since = _act(project, request.POST.get("undo", "")), _act(project, request.POST.get("since", ""))
    if one is not None:
        actions.undo(one, by=by(request), now=timezone.now())
        messages.success(request, _("Taken back."))
    elif since is not None:
        done = actions.undo_since(project, since=since, by=by(request), now=timezone.now())
        if not done:
            raise refusals.UndoneAlready
        said = ngettext("%(n)s step is taken back.", "%(n)s steps are taken back.", done)
        messages.success(request, said % {"n": done})
    else:
        raise Http404


def _act(project: Project, text: str) -> Act | None:
    try:
        uid = UUID(text)
    except ValueError:
        return None
    return Act.objects.filter(project=project, uid=uid).select_related("project", "theme", "other", "by").first()
