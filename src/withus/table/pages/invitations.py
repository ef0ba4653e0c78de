"""Invitations on paper: a slip for each person, with QR, four words, the short address, a telephone number and the record's head."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.accounts.models import Staff
from withus.charter import asks as charter
from withus.people import link
from withus.people.called import name_of
from withus.people.models import Person
from withus.projects import actions as projects
from withus.projects.access import by, team_page
from withus.projects.lasting import lasting
from withus.projects.models import Project
from withus.record.chain import head_code
from withus.record.models import Head, Opening
from withus.table import actions
from withus.table.forms import LastingForm
from withus.table.models import Seat
from withus.table.pages.table import frame, people_of


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def invitations(request: HttpRequest, project: Project) -> HttpResponse:
    """
    Whose slips are to be made, and by a press the slips: whoever holds one can open its person's page, so it stands on the record before it
    is shown. What people take home never carries a laptop's address: a lasting one or a telephone number is asked for first.
    """
    organisation = project.organisation
    if not lasting(organisation) and not organisation.telephone:
        return _asked_where(request, project)
    people = [person for person in people_of(project) if person.place.invited_at is not None]
    if request.method == "POST":
        ticked = set(request.POST.getlist("person"))
        chosen = [person for person in people if str(person.uid) in ticked]
        made = {one.pk for one in actions.slips_made(project, persons=chosen, by=by(request), now=timezone.now())}
        if made:
            return _slips(request, project, [person for person in chosen if person.pk in made])
    printed = _printed(project)
    context = frame(project) | {
        "people": [(person, name_of(person), printed.get(str(person.uid), [])) for person in people],
        "refusal": _("Choose whose slips to make.") if request.method == "POST" else "",
    }
    return render(request, "table/invitations.html", context, status=422 if context["refusal"] else 200)


def _asked_where(request: HttpRequest, project: Project) -> HttpResponse:
    form = LastingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        projects.change_organisation(project.organisation, **form.cleaned_data)
        return redirect("table:invitations", project.address)
    return render(request, "table/lasting.html", frame(project) | {"form": form}, status=422 if form.errors else 200)


def _slips(request: HttpRequest, project: Project, people: list[Person]) -> HttpResponse:
    address = lasting(project.organisation)
    head = Head.objects.get(project=project)
    seats: dict[int, list[Seat]] = {}
    for seat in Seat.objects.filter(workshop__project=project).select_related("workshop"):
        seats.setdefault(seat.person_id, []).append(seat)
    parts = {decides: charter.labels(project, decides=decides) for decides in (True, False)}
    context = {
        "project": project,
        "slips": [
            {
                "name": name_of(one),
                "words": link.speakable(one),
                "link": f"{address}{link.path(one)}" if address else "",
                "seats": seats.get(one.pk, []),
                "part": parts[any(seat.vote for seat in seats.get(one.pk, []))],
            }
            for one in people
        ],
        "short_address": f"{address}/at/{project.address}/words" if address else "",
        "code": head_code(head.seq, head.hash),
    }
    return render(request, "table/slips.html", context)


def _printed(project: Project) -> dict[str, list[dict[str, Any]]]:  # Any: a template's row
    """When a slip of each person was made, and by whom, the newest first: two queries."""
    openings = Opening.objects.filter(entry__project=project, kind="slip.printed").order_by("-entry__seq")
    rows = list(openings.values_list("about", "at", "by"))
    staff = Staff.objects.filter(uid__in={by.removeprefix("staff:") for _about, _at, by in rows})
    called = {f"staff:{one.uid}": one.name or one.email for one in staff}
    found: dict[str, list[dict[str, Any]]] = {}
    for about, at, made_by in rows:
        found.setdefault(about, []).append({"at": at, "by": called.get(made_by, "")})
    return found
