"""Handing a project over: to whom, who was told, and the page of whoever takes it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from withus.charter.models import Charter
from withus.loop import actions, refusals
from withus.loop.actions.turning import LEAST_DAYS, MOST_DAYS, SECOND_WITHIN
from withus.loop.envelope import lines_of
from withus.loop.models import NOTHING_LEFT_TO_TRY, REACHED, Told
from withus.loop.models_of_closing import Notice, Turn, Turning
from withus.loop.pages.in_person import ticked
from withus.loop.pages.themes import frame
from withus.people import link
from withus.people.called import name_of
from withus.people.models import Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import tongue_of
from withus.projects import day
from withus.projects.access import by, project_at, signed_in, team_page
from withus.projects.lasting import lasting
from withus.projects.models import Organisation, Project
from withus.projects.refused import Refused

A_PAGE = 200


class HandOverForm(forms.Form):
    """Any address: whether it has an account here is for its owner to know."""

    to = forms.EmailField(
        label=gettext_lazy("Who takes it over?"),
        help_text=gettext_lazy("Their e-mail address. We ask them, and they say for which organisation."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("How many days do people have to take their words out?"),
        help_text=gettext_lazy("28 at least. They count from the second key."),
        initial=LEAST_DAYS,
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
    )


class TakeOverForm(forms.Form):
    """Empty on purpose: a name that was there before would be kept by a press, and be wrong."""

    safe_person = forms.CharField(
        label=gettext_lazy("Who is the safe person from now on?"),
        help_text=gettext_lazy(
            "Somebody of yours who can be talked to when it gets too much. Their name stands on every page."
        ),
        max_length=120,
    )
    safe_person_how = forms.CharField(label=gettext_lazy("How can they be reached?"), max_length=200, required=False)


@require_http_methods(["GET", "POST"])
@team_page()
def hand_over(request: HttpRequest, project: Project) -> HttpResponse:
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        terms = actions.Terms(address=said["to"], days=said["days"])
        try:
            hand, now = actions.Hand(staff=by(request)), timezone.now()
            actions.first_key(project, what=Turn.HAND_OVER, by=hand, now=now, terms=terms)
            messages.success(request, _("The first key is turned. Nothing has changed yet. We wrote to them."))
            return redirect("loop:close", project.address)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
    return render(request, "loop/hand_over.html", frame(project) | {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def notices(request: HttpRequest, project: Project) -> HttpResponse:
    """Who was told that it rests or goes elsewhere; a tick for each whom somebody told, with how. 404 while there is nothing to tell."""
    turning = actions.under_way(project, Turn.HAND_OVER) or actions.under_way(project, Turn.REST)
    if turning is None:
        raise Http404
    refusal, now = "", timezone.now()
    if request.method == "POST":
        persons = list(Person.objects.filter(notices__turning=turning, uid__in=ticked(request)))
        try:
            if not persons:
                raise Refused(_("Tick somebody first."))
            reached = request.POST.get("do") != "unreachable"
            how = request.POST.get("how", "")[:300]
            count = actions.note_noticed(turning, persons=persons, how=how, reached=reached, by=by(request), now=now)
            messages.success(request, _("%(count)s noted.") % {"count": count})
            return redirect("loop:notices", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    rows = Notice.objects.filter(staying("person__"), turning=turning)
    told = rows.filter(state__in=REACHED).count()
    open_ = rows.exclude(state__in=NOTHING_LEFT_TO_TRY)
    context = frame(project) | {
        "turning": turning,
        "rests": turning.what == Turn.REST,
        "told": told,
        "post": open_.filter(way=WayKind.POST).count(),
        "count": open_.count(),
        "rows": [_row(one) for one in open_.select_related("person__name").order_by("way", "pk")[:A_PAGE]],
        "refusal": refusal,
        "typed": request.POST.get("how", ""),
        "ticked": request.POST.getlist("person"),
    }
    return render(request, "loop/notices.html", context, status=409 if refusal else 200)


@never_cache
@require_POST
@team_page()
def notice_letters(request: HttpRequest, project: Project) -> HttpResponse:
    """A letter for each who chose post and was not told yet: the same sentences as in the mail."""
    turning = actions.under_way(project, Turn.HAND_OVER) or actions.under_way(project, Turn.REST)
    if turning is None:
        raise Http404
    rows = Notice.objects.filter(turning=turning, way=WayKind.POST, state__in=(Told.WAITING, Told.FAILED))
    rows = rows.filter(staying("person__")).select_related("person__name")
    told = list(rows.prefetch_related("person__ways").order_by("pk")[:A_PAGE])
    letters = [_letter(one, project) for one in told]
    actions.letters_printed(project, persons=[one.person for one in told], by=by(request), now=timezone.now())
    address = lasting(project.organisation)
    context = {
        "project": project,
        "turning": turning,
        "rests": turning.what == Turn.REST,
        "letters": letters,
        "short_address": f"{address}/at/{project.address}/words" if address else "",
    }
    return render(request, "loop/notice_letters.html", context)


def _letter(notice: Notice, project: Project) -> dict[str, Any]:  # Any: a template's row
    person = notice.person
    person.project = project
    way = next((one for one in person.ways.all() if one.kind == WayKind.POST), None)
    return {
        "to": lines_of(unseal_text(way.sealed) if way else "", person),
        "language": tongue_of(person),
        "words": link.speakable(person),
        "link": link.taken_home(person),
    }


def _row(notice: Notice) -> dict[str, Any]:  # Any: a template's row
    way = Way.objects.filter(person=notice.person, kind=notice.way).first() if notice.way != WayKind.NONE else None
    return {
        "notice": notice,
        "uid": str(notice.person.uid),
        "name": name_of(notice.person),
        "reach": unseal_text(way.sealed) if way else "",
        "way": WayKind(notice.way).label,
    }


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def take_over(request: HttpRequest, address: str) -> HttpResponse:
    """For whoever is asked to take it, and for nobody else. Until it has moved it shows nothing that anybody gave."""
    project = project_at(address)
    waits = actions.waiting(project, now=timezone.now())
    if waits is not None and actions.asked_to_take(waits, by(request)):
        return _willing(request, project, waits)
    turning = actions.under_way(project, Turn.HAND_OVER)
    if turning is None or turning.to is None or turning.to != by(request):
        raise Http404
    now, refusal, ready = timezone.now(), "", _ready(turning)
    form = TakeOverForm(request.POST if request.method == "POST" and ready else None)
    if request.method == "POST" and not ready:
        refusal = str(refusals.NotYetYours.sentence)
    elif form.is_valid():
        try:
            actions.take_over(turning, by=by(request), now=now, **form.cleaned_data)
            messages.success(request, _("It is yours now. Put your team on it."))
            return redirect("table:team", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    context = {
        "project": project,
        "turning": turning,
        "refusal": refusal,
        "ready": ready,
        "form": form,
        "charter": Charter.objects.get(project=project),
    }
    return render(request, "loop/take_over.html", context, status=409 if refusal else 422 if form.errors else 200)


def _willing(request: HttpRequest, project: Project, turning: Turning) -> HttpResponse:
    """The first of their two answers: whether they would take it at all, and for whom."""
    refusal, staff = "", by(request)
    theirs = {str(one.uid): one for one in Organisation.objects.filter(memberships__staff=staff).order_by("name")}
    chosen = request.POST.get("organisation") or (next(iter(theirs)) if len(theirs) == 1 else "")
    if request.method == "POST":
        try:
            actions.say_willing(turning, organisation=theirs.get(chosen), by=staff, now=timezone.now())
            messages.success(request, _("Thank you. Now they decide, and we write to you."))
            return redirect("loop:take_over", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    context = {
        "project": project,
        "turning": turning,
        "refusal": refusal,
        "organisations": theirs,
        "chosen": chosen,
        "until": turning.asked_at + SECOND_WITHIN,
    }
    return render(request, "loop/willing.html", context, status=409 if refusal else 200)


def _ready(turning: Turning) -> bool:
    now = timezone.now()
    on = turning.until is not None and day.of(turning.project, now) >= turning.until
    return on and not actions.untold(turning, now=now)
