"""Who reads what comes in, and when; and a call of somebody who wants to talk. For the team."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.live import actions
from withus.live.models import Call, Duty
from withus.people.sealed import unseal_text
from withus.projects import day
from withus.projects.access import staff_of, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sections import sections
from withus.stream import Audience, Topic, give
from withus.table.models import Workshop
from withus.ui.day_field import DayField

TICKET_HOURS = 1


class DutyForm(forms.Form):
    who = forms.CharField(
        label=_("Who reads, and how they are known"), max_length=200, help_text=_("Priya. She answers the telephone.")
    )
    on = DayField(label=_("On which day?"))
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}))


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def care(request: HttpRequest, project: Project) -> HttpResponse:
    """The hours in which somebody reads. While this page is open, a call from outside a workshop reaches it."""
    now = timezone.now()
    form = DutyForm(request.POST if request.POST.get("do") == "add" else None)
    if request.method == "POST" and request.POST.get("do") == "remove":
        actions.remove_duty(project, uid=_uid(request.POST.get("duty", "")))
        return redirect("live:care", project.address)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        begins, ends = (day.instant(project, said["on"], said[name]) for name in ("begins", "ends"))
        try:
            actions.add_duty(project, who=said["who"], begins=begins, ends=ends, now=now)
            return redirect("live:care", project.address)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    context = {
        "project": project,
        "sections": sections(project, here="live"),
        "section": "live",
        "form": form,
        "duties": [
            {"duty": one, "begins": day.local(project, one.begins), "ends": day.local(project, one.ends)}
            for one in Duty.objects.filter(project=project, ends__gt=now)
        ],
    } | waiting_calls(project, None, now=now)
    response = render(request, "live/care.html", context, status=422 if form.errors else 200)
    listen(response, project, None)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def call(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Where to find them, and one button that tells them that you come."""
    now = timezone.now()
    row = Call.objects.filter(project=project, uid=uid).select_related("workshop", "answered_by").first()
    staff = staff_of(request)
    if row is None or staff is None:
        raise Http404
    if request.method == "POST":
        actions.answer_call(row, by=staff, now=now)
        return redirect("live:call", project.address, uid)
    context = {
        "project": project,
        "sections": sections(project, here="live"),
        "section": "live",
        "call": row,
        "where": unseal_text(row.sealed),
        "standing": row.answered_at is None and row.until > now,
    }
    return render(request, "live/call.html", context)


def waiting_calls(project: Project, workshop: Workshop | None, *, now: datetime) -> dict[str, Any]:  # Any: a context
    """The calls that stand, and where the page listens for the next."""
    rows = Call.objects.filter(project=project, workshop=workshop, answered_at=None, until__gt=now).order_by("-at")
    return {"calls": rows, "care_stream": topic(project, workshop).address()}


def topic(project: Project, workshop: Workshop | None) -> Topic:
    return Topic(workshop.uid if workshop else project.uid, Audience.CARE, get_language() or "en")


def listen(response: HttpResponse, project: Project, workshop: Workshop | None) -> None:
    give(
        response,
        topic(project, workshop),
        series=project.uid,
        number=project.stream_number,
        hours=TICKET_HOURS,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _uid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise Http404 from None
