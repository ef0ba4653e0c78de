"""The table of a project: who is asked, in which part, with what say; adding people; inviting them."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.charter import asks as charter
from withus.charter.refusals import NotReadyToAsk
from withus.findings import asks as findings
from withus.findings import proposal
from withus.findings.gate import ClosedByFindings
from withus.people.called import name_of
from withus.people.models import Person, WayKind
from withus.people.sealed import unseal, unseal_text
from withus.people.staying import staying
from withus.projects import sending
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sections import sections
from withus.table import actions, asks
from withus.table.forms import BookedForm, PayForm, PersonForm, PlaceForm
from withus.table.models import Role, Seat


@team_page()
def table(request: HttpRequest, project: Project) -> HttpResponse:
    """Everybody at the table by part. Never an address, and never who has lived through what."""
    people = list(people_of(project))
    roles = Counter(person.place.role for person in people)
    context = frame(project) | {
        "people": [_row(person) for person in people],
        "roles": [(Role(role).label, count) for role, count in sorted(roles.items())],
        "uninvited": sum(1 for person in people if person.place.invited_at is None),
        "mix": asks.mix_in_words(people),
        "beside": findings.beside(project, traps=(3,)),
    }
    return render(request, "table/table.html", context)


@require_http_methods(["GET", "POST"])
@team_page()
def add(request: HttpRequest, project: Project) -> HttpResponse:
    proposed = proposal.of(request, project)
    form = PersonForm(request.POST or None, project=project, initial=proposal.fields(proposed))
    if request.method == "POST" and form.is_valid():
        try:
            now, number = timezone.now(), sending.number(request, project)
            added = actions.add_to_table(project, by=by(request), now=now, uid=number, **form.for_action())
            twice = _("This came twice. They are at the table once. For somebody else, choose “Add somebody” again.")
            messages.success(request, _("At the table. Nothing has been sent yet.") if added.made_at == now else twice)
            return redirect("table:table", project.address)
        except Refused as refusal:
            form.add_error("address" if isinstance(refusal, actions.NoAddress) else None, str(refusal.sentence))
    context = frame(project) | {"form": form, "proposed": proposed, "sent_once": sending.once(request)}
    return render(request, "table/person_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def person(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """One person, as the team knows them: their place, what is booked for them and their pay, each in a form of its own."""
    row = person_of(project, uid)
    seats = list(Seat.objects.filter(person=row).select_related("workshop"))
    proposed = proposal.of(request, project)
    need, kept, way = getattr(row, "need", None), getattr(row, "pay", None), row.ways.filter(chosen=True).first()
    sent, is_booked, is_pay = request.POST or None, "booked" in request.POST, "state" in request.POST
    lines = "\n".join((unseal(need.booked) or []) if need else [])
    booked = BookedForm(sent if is_booked else None, initial={"booked": lines})
    offered = ((unseal(kept.sealed) or {}) if kept else {}) | proposal.fields(proposed)
    pay = PayForm(sent if is_pay else None, initial=offered)
    known = _place(row, seats) | proposal.fields(proposed)
    form = PlaceForm(None if is_booked or is_pay else sent, project=project, initial=known)
    if booked.is_bound and booked.is_valid():
        each = booked.cleaned_data["booked"].splitlines()
        return _saved(request, row, lambda: actions.book(row, booked=each, by=by(request), now=timezone.now()))
    if pay.is_bound and pay.is_valid():
        said = pay.cleaned_data
        return _saved(request, row, lambda: actions.offer_pay(row, by=by(request), now=timezone.now(), **said))
    if form.is_bound and form.is_valid():
        try:
            actions.change_place(row, by=by(request), now=timezone.now(), **form.for_action())
            messages.success(request, _("Saved."))
            return redirect("table:person", project.address, uid)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    context = frame(project) | {
        "person": row,
        "name": name_of(row),
        "form": form,
        "pay": pay,
        "booked": booked,
        "seats": seats,
        "way": way,
        "reach": unseal_text(way.sealed) if way else "",
        "needs": (unseal(need.sealed) or []) if need else [],
        "proposed": proposed,
        "beside": findings.of_workshops(project, [seat.workshop_id for seat in seats], traps=(3,)),
    }
    wrong = form.errors or pay.errors or booked.errors
    return render(request, "table/person.html", context, status=422 if wrong else 200)


def _place(person: Person, seats: list[Seat]) -> dict[str, Any]:  # Any: what a form begins with
    """Where they sit and with what say, as the team has put it down; of several seats the first one's."""
    place, first = person.place, seats[0] if seats else None
    return {
        "role": place.role,
        "group": place.group,
        "power": place.power,
        "workshops": [seat.workshop.uid for seat in seats],
        "vote": {True: "yes", False: "no"}.get(first.vote, "") if first and first.vote is not None else "",
        "chair": bool(first and first.chair),
    }


def _saved(request: HttpRequest, person: Person, act: Callable[[], object]) -> HttpResponse:
    """Back to the person; to the table where they were taken back in this moment."""
    try:
        act()
        messages.success(request, _("Saved."))
        return redirect("table:person", person.project.address, person.uid)
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("table:table", person.project.address)


@require_http_methods(["GET", "POST"])
@team_page()
def invite(request: HttpRequest, project: Project) -> HttpResponse:
    """Who is invited, with which charter; a stop that nobody answered keeps it closed and shows the way out."""
    everybody = list(people_of(project))
    people = [person for person in everybody if person.place.invited_at is None]
    closed_by: list[findings.Finding] = []
    first: list[tuple[str, str | Promise]] = []
    refusal = ""
    if request.method == "POST":
        chosen = set(request.POST.getlist("person"))
        asked = [one for one in everybody if str(one.uid) in chosen]
        if asked and all(one.place.invited_at for one in asked):
            messages.success(request, _("They are invited already. Nobody is invited twice."))
            return redirect("table:table", project.address)
        try:
            invited = actions.invite(
                project, persons=[one for one in people if str(one.uid) in chosen], by=by(request), now=timezone.now()
            )
            messages.success(
                request, _("%(count)s invited. Print the slips for those without e-mail.") % {"count": len(invited)}
            )
            return redirect("table:table", project.address)
        except ClosedByFindings as closed:
            closed_by, refusal = findings.ready(project, closed.findings), str(closed.sentence)
        except NotReadyToAsk as waiting:
            first, refusal = waiting.ways_out, str(waiting.sentence)
        except Refused as refused:
            refusal = str(refused.sentence)
    context = frame(project) | {
        "people": [(person, name_of(person), _by_mail(person)) for person in people],
        "nobody": not everybody,
        "part": charter.part(project),
        "closed_by": closed_by,
        "first": first,
        "refusal": refusal,
        "ticked": request.POST.getlist("person") if refusal else [str(one.uid) for one in people],
    }
    return render(request, "table/invite.html", context, status=409 if refusal else 200)


def _by_mail(person: Person) -> bool:
    return any(way.chosen and way.kind == WayKind.EMAIL for way in person.ways.all())


def _row(person: Person) -> dict[str, Any]:  # Any: a template's row
    """What the list says of somebody: which way is known, never the address; how many needs, never which."""
    need = getattr(person, "need", None)
    return {
        "person": person,
        "name": name_of(person),
        "way": next((way for way in person.ways.all() if way.chosen), None),
        "needs": len(unseal(need.sealed) or []) if need else 0,
        "votes": list(dict.fromkeys(_vote(seat) for seat in person.seats.all())),
    }


def _vote(seat: Seat) -> str:
    """Said once where it is the same in all workshops."""
    vote = {True: _("yes"), False: _("no"), None: _("not known")}[seat.vote]
    return _("%(vote)s, chairs") % {"vote": vote} if seat.chair else vote


def person_of(project: Project, uid: UUID) -> Person:
    row = people_of(project).filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def frame(project: Project) -> dict[str, Any]:  # Any: a template context
    return {"project": project, "sections": sections(project, here="table"), "section": "table"}


def people_of(project: Project) -> QuerySet[Person]:
    rows = Person.objects.filter(staying(), project=project, place__isnull=False)
    return rows.select_related("name", "place", "need").prefetch_related("seats__workshop", "ways").order_by("pk")
