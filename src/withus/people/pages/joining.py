"""Whoever is asked to join an organisation says yes or no, on their list of projects."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from withus.people import actions
from withus.projects.access import by, signed_in
from withus.projects.refused import Refused


@require_POST
@signed_in
def joining(request: HttpRequest) -> HttpResponse:
    says = request.POST.get("says", "")
    if says not in ("yes", "no"):
        raise Http404
    try:
        actions.answer_asked(by(request), uid=_uid(request), yes=says == "yes")
        messages.success(request, _("You have joined them.") if says == "yes" else _("You are not asked any more."))
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    return redirect("charter:projects")


def _uid(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("asked", ""))
    except ValueError:
        raise Http404 from None
