"""Whom to ring or write to, where others get a mail; a tick for each who was told, with how."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.loop import actions
from withus.loop.by_hand import A_PAGE, to_tell
from withus.loop.pages.themes import frame
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def by_hand(request: HttpRequest, project: Project) -> HttpResponse:
    refusal, now, how = "", timezone.now(), request.POST.get("how", "")[:300].replace("\x00", "")
    if request.method == "POST":
        uids = _uids(request)
        reached = request.POST.get("do") != "unreachable"
        try:
            if not uids:
                raise Refused(_("Tick somebody first."))
            count = actions.note_told_by_hand(project, uids=uids, how=how, reached=reached, by=by(request), now=now)
            messages.success(request, _("%(count)s noted.") % {"count": count})
            return redirect("loop:by_hand", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    context = frame(project) | {
        "rows": to_tell(project, now=now),
        "refusal": refusal,
        "typed": how,
        "ticked": request.POST.getlist("row"),
    }
    return render(request, "loop/by_hand.html", context, status=409 if refusal else 200)


def _uids(request: HttpRequest) -> list[UUID]:
    found = []
    for one in request.POST.getlist("row")[:A_PAGE]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
