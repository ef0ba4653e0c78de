"""Letters that did not go out: a person looks at each, and says what happens now."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.loop.not_gone import state_of
from withus.loop.pages.themes import frame
from withus.post import actions as post
from withus.post.models import Outgoing
from withus.projects.access import team_page
from withus.projects.models import Project


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def not_gone(request: HttpRequest, project: Project) -> HttpResponse:
    """Try it again, or be done with it. Only letters of this project; pressed twice, it happens once."""
    if request.method == "POST":
        letter = _letter(request, project)
        if request.POST.get("do") == "again":
            if post.try_again(letter, now=timezone.now()):
                messages.success(request, _("It is tried again within a minute."))
        elif post.give_up(letter):
            messages.success(request, _("It is off this list. Their answer still waits at their own words."))
        return redirect("loop:not_gone", project.address)
    return render(request, "loop/not_gone.html", frame(project) | {"state": state_of(project, now=timezone.now())})


def _letter(request: HttpRequest, project: Project) -> Outgoing:
    try:
        uid = UUID(request.POST.get("letter", ""))
    except ValueError:
        raise Http404 from None
    letter = Outgoing.objects.filter(belongs_to=project.uid, uid=uid).first()
    if letter is None:
        raise Http404
    return letter
