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

from withus.accounts.models import Staff
from withus.live.pages.guest import name_of
from withus.loop import actions
from withus.loop.actions.turning import LEAST_DAYS, MOST_DAYS
from withus.loop.envelope import lines_of
from withus.loop.models import NOTHING_LEFT_TO_TRY, REACHED, Told
from withus.loop.models_of_closing import Notice, Turn, Turning
from withus.loop.pages.in_person import ticked
from withus.loop.pages.themes import frame
from withus.people import link
from withus.people.models import Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.people.tongue import tongue_of
from withus.projects import day
from withus.projects.access import by, project_at, signed_in, team_page
from withus.projects.lasting import lasting
from withus.projects.models import Membership, Organisation, Project
from withus.projects.refused import Refused

A_PAGE = 200


class HandOverForm(forms.Form):
    """`to` is found by the address that they sign in with; their organisation by name, where they are in several."""

    to = forms.EmailField(
        label=gettext_lazy("Who takes it over?"),
        help_text=gettext_lazy("The e-mail address that they sign in with here."),
    )
    organisation = forms.CharField(
        label=gettext_lazy("For which organisation?"),
        help_text=gettext_lazy("Only needed if they are in several: its name."),
        max_length=200,
        required=False,
    )
    days = forms.IntegerField(
        label=gettext_lazy("How many days do people have to take their words out?"),
        help_text=gettext_lazy("28 at least. They count from the second key."),
        initial=LEAST_DAYS,
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
    )

    def clean(self) -> dict[str, Any]:  # Any: a form's own data
        said: dict[str, Any] = super().clean() or {}
        to = Staff.objects.filter(email__iexact=said.get("to", ""), is_active=True).first()
        rows = Membership.objects.filter(staff=to).select_related("organisation")
        name = said.get("organisation", "").strip()
        fits: list[Organisation] = [
            one.organisation for one in rows if not name or one.organisation.name.casefold() == name.casefold()
        ]
        if "to" in said and not fits:
            self.add_error("to", _("Nobody with this address has an account in that organisation here."))
        elif len(fits) > 1:
            self.add_error(
                "organisation", _("They are in several organisations. Write the name of the one that takes it.")
            )
        return said | {"staff": to, "takes": fits[0] if len(fits) == 1 else None}


@require_http_methods(["GET", "POST"])
@team_page()
def hand_over(request: HttpRequest, project: Project) -> HttpResponse:
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        terms = actions.Terms(to=said["staff"], organisation=said["takes"], days=said["days"])
        try:
            hand, now = actions.Hand(staff=by(request)), timezone.now()
            actions.first_key(project, what=Turn.HAND_OVER, by=hand, now=now, terms=terms)
            messages.success(request, _("The first key is turned. Nothing has changed yet: it waits for the second."))
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
    letters = [_letter(one, project) for one in rows.prefetch_related("person__ways").order_by("pk")[:A_PAGE]]
    actions.letters_printed(project, letters=len(letters), by=by(request), now=timezone.now())
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
    turning = actions.under_way(project, Turn.HAND_OVER)
    if turning is None or turning.to is None or turning.to != by(request):
        raise Http404
    now, refusal = timezone.now(), ""
    if request.method == "POST":
        try:
            actions.take_over(turning, by=by(request), now=now)
            messages.success(request, _("It is yours now. Put your team on it, and write who the safe person is."))
            return redirect("table:team", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    context = {"project": project, "turning": turning, "refusal": refusal, "ready": _ready(turning)}
    return render(request, "loop/take_over.html", context, status=409 if refusal else 200)


def _ready(turning: Turning) -> bool:
    now = timezone.now()
    on = turning.until is not None and day.of(turning.project, now) >= turning.until
    return on and not actions.untold(turning, now=now)
