"""Closing a project: what still holds it, each with the next step; or letting it rest. Two different people press."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from withus.findings import asks as findings
from withus.live.models import Contribution
from withus.loop import actions, asks, refusals
from withus.loop.actions.turning import SECOND_WITHIN
from withus.loop.by_hand import count_to_tell
from withus.loop.holding import Held, Holds, Why, grouped, holds
from withus.loop.models_of_closing import Turn
from withus.loop.pages.key import press_second
from withus.loop.pages.minding import mind_words
from withus.loop.pages.themes import frame
from withus.people.called import name_of
from withus.projects import day
from withus.projects.access import by, team_page
from withus.projects.models import Project, ProjectState
from withus.projects.refused import Refused
from withus.table.models import Workshop, WorkshopState
from withus.ui.day_field import DayField

SHOWN = 50
REASONS: dict[Why, tuple[str | Promise, str | Promise]] = {
    Why.FAILED: (
        gettext_lazy("What we sent did not arrive"),
        gettext_lazy("Try another way, or write down that nobody could reach them."),
    ),
    Why.POST: (gettext_lazy("They chose post, and the letter is not printed"), gettext_lazy("Print the letters.")),
    Why.TELEPHONE: (
        gettext_lazy("They chose the telephone, and nobody has rung them"),
        gettext_lazy("Ring them, and note it."),
    ),
    Why.NOT_SHOWN: (
        gettext_lazy("They left no way, and their answer does not hang where their receipt says"),
        gettext_lazy("Hang the poster up, and note it."),
    ),
    Why.HELD: (
        gettext_lazy("Their answer waits for its day"),
        gettext_lazy("At most one telling in a fortnight; who wants to hear once hears when all is done."),
    ),
    Why.ON_ITS_WAY: (gettext_lazy("Their letter is on its way"), gettext_lazy("Look again in an hour.")),
    Why.WAITS: (
        gettext_lazy("They left no way. Their answer waits for eight weeks where they can find it"),
        gettext_lazy("You need do nothing. If you meet them, tell them."),
    ),
}
"""For each reason: what it is, and what to do."""


class RestForm(forms.Form):
    not_answered = forms.CharField(
        label=gettext_lazy("What will not be answered for now? One sentence."), max_length=300
    )
    keeper = forms.CharField(label=gettext_lazy("Who keeps people's words?"), max_length=200)
    until = DayField(label=gettext_lazy("Till when?"))


@require_http_methods(["GET", "POST"])
@team_page()
def close(request: HttpRequest, project: Project) -> HttpResponse:
    now, refusal = timezone.now(), ""
    if request.method == "POST":
        try:
            _press(request, project)
            return redirect("loop:close", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    found = holds(project, now=now)
    waits = actions.waiting(project, now=now)
    hand = actions.Hand(staff=by(request))
    context = frame(project) | {
        "holds": found,
        "groups": groups(project, found),
        "refusal": refusal,
        "nobody_gave": not Contribution.objects.filter(project=project).exists(),
        "still_planned": _still_planned(project, day.of(project, now)),
        "beside": [one for one in findings.beside(project, traps=(5,)) if one.is_stop],
        "is_closed": project.state == ProjectState.CLOSED,
        "rests": project.state == ProjectState.RESTING,
        "rest": actions.under_way(project, Turn.REST),
        "goes": actions.under_way(project, Turn.HAND_OVER),
        "waits": waits,
        "by_hand": count_to_tell(project),
        "waits_for": name_of(waits.asked_by_person) if waits else "",
        "waits_until": waits.asked_at + SECOND_WITHIN if waits else None,
        "may_second": (may := waits is not None and actions.may_press_second(project, waits, hand)),
        "alone": actions.why_alone(project, waits, hand) if waits is not None and may else "",
        "co_leads": actions.co_leads_can_press(project),
        "by_page": actions.only_by_page(project),
        "can_answer": waits is not None and actions.can_answer(project, waits.asked_by),
    }
    return render(request, "loop/close.html", context, status=409 if refusal else 200)


def _still_planned(project: Project, today: date) -> list[Workshop]:
    return list(
        Workshop.objects.filter(project=project, state=WorkshopState.PLANNED, on__gte=today).order_by("on", "pk")
    )


def _press(request: HttpRequest, project: Project) -> None:
    now, staff = timezone.now(), by(request)
    hand = actions.Hand(staff=staff)
    match request.POST.get("do"):
        case "wake":
            actions.wake(project, by=staff, now=now)
        case "second" | "back":
            press_second(request, project, hand, now=now)
        case "stay":
            goes = actions.under_way(project, Turn.HAND_OVER)
            if goes is not None:
                actions.call_off(goes, by=staff, now=now)
                messages.success(request, _("It stays. Tell those whom you had told already."))
        case _:
            actions.first_key(project, what=Turn.CLOSE, by=hand, now=now)
            messages.success(request, _("The first key is turned. Nothing has changed yet: it waits for the second."))


def groups(project: Project, found: Holds) -> list[dict[str, Any]]:  # Any: a template's rows
    """Those who wait, by reason, each with the next step."""
    return [_group(project, why, rows) for why, rows in grouped(found.people).items()]


def _group(project: Project, why: Why, rows: list[Held]) -> dict[str, Any]:  # Any: a template's row
    what, then = REASONS[why]
    steps = {Why.POST: ("loop:letters", _("Letters")), Why.NOT_SHOWN: ("loop:poster", _("The poster"))}
    step, label = steps.get(why, ("", ""))
    marks = asks.marks_of(one.person.pk for one in rows[:SHOWN] if not name_of(one.person))
    return {
        "what": what,
        "then": then,
        "count": len(rows),
        "more": max(0, len(rows) - SHOWN),
        "step": reverse(step, args=[project.address]) if step else "",
        "label": label,
        "people": [
            {
                "name": name_of(one.person),
                "marks": marks.get(one.person.pk, []),
                "until": one.until,
                "url": reverse("loop:note", args=[project.address, one.person.uid]),
            }
            for one in rows[:SHOWN]
        ],
    }


@require_http_methods(["GET", "POST"])
@team_page()
def rest(request: HttpRequest, project: Project) -> HttpResponse:
    """No worker, or no money: what everybody is told, in one sentence, before the second key is turned."""
    form = RestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        terms = actions.Terms(**form.cleaned_data)
        try:
            hand, now = actions.Hand(staff=by(request)), timezone.now()
            actions.first_key(project, what=Turn.REST, by=hand, now=now, terms=terms)
            messages.success(request, _("The first key is turned. Nothing has changed yet: it waits for the second."))
            mind_words(request, project, terms.not_answered)
            return redirect("loop:close", project.address)
        except Refused as refused:
            form.add_error("until" if isinstance(refused, refusals.SayTillWhen) else None, str(refused.sentence))
    return render(request, "loop/rest.html", frame(project) | {"form": form}, status=422 if form.errors else 200)
