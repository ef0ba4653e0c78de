"""The console: what is now, what is next, what waits to be looked at, what is parked. Every button is a form that posts."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from withus.accounts.models import Staff
from withus.charter.refusals import NotReadyToAsk
from withus.findings import asks as findings
from withus.findings.gate import ClosedByFindings
from withus.live import actions
from withus.live.asks import seen, seen_parked
from withus.live.models import CardState, Contribution, Learned, ParkedSubject, Running
from withus.live.pages.care import listen, waiting_calls
from withus.plan import asks as plan
from withus.plan.asks import Timed
from withus.projects import day, sending
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sections import sections
from withus.stream import Audience, Topic, give
from withus.table.models import Workshop, WorkshopState
from withus.table.pages.workshops import workshop_of
from withus.ui.day_field import DayField

STAFF_TICKET_HOURS = 1
DO: dict[str, Callable[..., object]] = {
    "start": actions.start,
    "end": actions.end,
    "bring_plan_back": actions.bring_plan_back,
}
"""Buttons that need nothing but to be pressed."""
DO_NEXT: dict[str, Callable[..., object]] = {
    "move_on": actions.move_on,
    "skip_next": actions.skip_next,
    "open_time": actions.open_time,
    "call_break": actions.call_break,
}
"""Buttons about the part that the page showed."""


@dataclass(frozen=True)
class Now:
    """The block that runs now and how it stands with the time, in minutes that nobody counts down aloud."""

    timed: Timed | None
    since: datetime | None
    until: datetime | None
    left: int
    share: int

    @property
    def has_clock(self) -> bool:
        """Open time has none."""
        return self.timed is not None and self.timed.block.kind != "venting"


@team_page()
def console(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    workshop = workshop_of(project, uid)
    response = render(request, "live/console.html", _context(project, workshop, timezone.now()))
    topic = Topic(workshop.uid, Audience.CONSOLE, get_language() or "en")
    give(
        response,
        topic,
        series=project.uid,
        number=project.stream_number,
        hours=STAFF_TICKET_HOURS,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    listen(response, project, workshop)
    return response


@require_POST
@team_page()
def act(request: HttpRequest, project: Project, uid: UUID, what: str) -> HttpResponse:
    """One press on the console."""
    workshop = workshop_of(project, uid)
    staff, now = by(request), timezone.now()
    try:
        _do(request, workshop, what, by=staff, now=now)
    except ClosedByFindings as closed:
        closed_by = findings.ready(project, closed.findings)
        context = _context(project, workshop, now) | {"closed_by": closed_by, "refusal": closed.sentence}
        return render(request, "live/console.html", context, status=409)
    except NotReadyToAsk as waiting:
        context = _context(project, workshop, now) | {"first": waiting.ways_out, "refusal": waiting.sentence}
        return render(request, "live/console.html", context, status=409)
    except actions.PressedBefore as twice:
        messages.info(request, str(twice.sentence))
    except Refused as refusal:
        typed = {key: request.POST.get(key, "") for key in ("went_to", "words", "who")}
        context = _context(project, workshop, now) | {"refusal": refusal.sentence, "typed": typed}
        return render(request, "live/console.html", context, status=409)
    return redirect("live:console", project.address, workshop.uid)


@require_POST
@team_page()
def card(request: HttpRequest, project: Project, uid: UUID, card: UUID) -> HttpResponse:
    """Let a card through, or hold it back with a reason and a word to its author."""
    workshop = workshop_of(project, uid)
    row = Contribution.objects.filter(project=project, workshop=workshop, uid=card).first()
    if row is None:
        raise Http404
    staff, now = by(request), timezone.now()
    try:
        if request.POST.get("do") == "hold":
            words = request.POST.get("tell", "")[:1000]
            actions.hold_back(row, because=request.POST.get("why", ""), words=words, by=staff, now=now)
        else:
            actions.let_through(row, by=staff, now=now)
    except Refused as refusal:
        context = _context(project, workshop, now) | {
            "refusal": refusal.sentence,
            "held": {"uid": row.uid, "why": request.POST.get("why", ""), "tell": request.POST.get("tell", "")},
        }
        return render(request, "live/console.html", context, status=409)
    return redirect("live:console", project.address, workshop.uid)


@require_POST
@team_page()
def parked(request: HttpRequest, project: Project, uid: UUID, subject: UUID) -> HttpResponse:
    """Settle a parked subject: now, later today or another day, with an owner who said yes; or note that it came back."""
    workshop = workshop_of(project, uid)
    row = ParkedSubject.objects.filter(workshop__project=project, uid=subject).first()
    if row is None:
        raise Http404
    staff, now = by(request), timezone.now()
    try:
        if request.POST.get("do") == "back":
            actions.bring_back(row, on=day.of(project, now), by=staff, now=now)
        else:
            when = request.POST.get("when", "")
            owner = request.POST.get("owner", "").strip()[:120]
            actions.settle_parked(
                row,
                when=when,
                owner=owner,
                owner_agreed=bool(owner) and request.POST.get("agreed") == "yes",
                return_on=_return_on(request, project, when, now),
                by=staff,
                now=now,
            )
    except Refused as refusal:
        context = _context(project, workshop, now) | {"refusal": refusal.sentence}
        return render(request, "live/console.html", context, status=409)
    return redirect("live:console", project.address, workshop.uid)


def now_of(workshop: Workshop, running: Running | None, timed: list[Timed], now: datetime) -> Now:
    """How the current block stands with the time. A block's planned minutes count from when it really began."""
    if running is None or running.block is None or running.block_since is None:
        return Now(None, None, None, 0, 0)
    current = next((one for one in timed if one.block.pk == running.block_id), None)
    minutes = running.block.minutes + running.extra_minutes
    until = running.block_since + timedelta(minutes=minutes)
    left = max(0, round((until - now).total_seconds() / 60))
    gone = min(1.0, max(0.0, (now - running.block_since) / timedelta(minutes=minutes)))
    return Now(
        current or Timed(running.block, workshop.starts, workshop.ends),
        running.block_since,
        until,
        left,
        round(gone * 100),
    )


def _do(request: HttpRequest, workshop: Workshop, what: str, *, by: Staff, now: datetime) -> None:
    if what in DO:
        DO[what](workshop, by=by, now=now)
    elif what in DO_NEXT:
        DO_NEXT[what](workshop, by=by, now=now, seen=request.POST.get("seen"))
    elif what == "minutes":
        had = sending.counted(request, "had")
        actions.add_minutes(workshop, minutes=5, seen=request.POST.get("seen", ""), had=had, by=by, now=now)
    elif what == "scrap":
        actions.scrap_plan(workshop, went_to=request.POST.get("went_to", ""), by=by, now=now)
        messages.success(request, _("The plan is kept. You can come back to it."))
    elif what == "on_duty":
        actions.set_on_duty(workshop, who=request.POST.get("who", ""), by=by, now=now)
    elif what == "learned":
        actions.keep_learned(workshop, words=request.POST.get("words", ""), by=by, now=now)
        messages.success(request, _("Kept."))
    else:
        raise Http404


def _context(project: Project, workshop: Workshop, now: datetime) -> dict[str, Any]:  # Any: a template context
    running = Running.objects.filter(workshop=workshop).select_related("block").first()
    timed = plan.timed(workshop)
    at = now_of(workshop, running, timed, now)
    order = running.block.order if running and running.block else 0
    waiting = seen(Contribution.objects.filter(workshop=workshop, state=CardState.WAITING, may_see="wall"))
    topic = Topic(workshop.uid, Audience.CONSOLE, get_language() or "en")
    parked = seen_parked(ParkedSubject.objects.filter(workshop__project=project, returned_on=None))
    parked = parked.select_related("contribution")
    instead = [one for one in parked if one.instead and not one.when and one.workshop_id == workshop.pk]
    return {
        "project": project,
        "sections": sections(project, here="live"),
        "section": "live",
        "workshop": workshop,
        "running": running,
        "on_duty": running.on_duty if running else "",
        "is_open": workshop.state == WorkshopState.OPEN,
        "has_ended": workshop.state == WorkshopState.ENDED,
        "now": at,
        "clock": day.local(project, now),
        "following": [one for one in timed if one.block.order > order],
        "waiting": waiting.select_related("media").order_by("seq")[:20],
        "parked": parked,
        "parked_many": sum(not one.when for one in parked) > 1,
        "learned": Learned.objects.filter(workshop=workshop).order_by("-at")[:5],
        "beside": findings.beside(project, traps=(1, 2, 3, 4, 5)) if workshop.state == WorkshopState.PLANNED else (),
        "stream": topic.address(workshop.shown),
        "reasons": actions.HELD_BECAUSE,
        "instead": instead,
    } | waiting_calls(project, workshop, now=now)


def _return_on(request: HttpRequest, project: Project, when: str, now: datetime) -> date | None:
    if when != "another day":
        return day.of(project, now)
    on: date | None = None
    with suppress(ValidationError):
        on = DayField(required=False).clean(request.POST.get("return_on", ""))
    return on
