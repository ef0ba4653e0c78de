"""The charter: what it is for, what can and cannot change, who decides; the label; what to look at."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.charter import actions, asks, refusals
from withus.charter.forms import CharterForm, DecisionForm
from withus.charter.models import Change, Charter, Decision, Signature
from withus.charter.said import in_words
from withus.findings import asks as findings
from withus.findings import proposal
from withus.people import here
from withus.projects import day, sending
from withus.projects.access import by, open_page, runs, team_page
from withus.projects.models import Part, Project
from withus.projects.refused import Refused
from withus.projects.sections import sections
from withus.record.models import Opening

OPEN_TO_DECIDERS = frozenset({"projects", "charter"})
LANES = {
    "project.begun": ("dec", gettext_lazy("The project began.")),
    "charter.frozen": ("ppl", gettext_lazy("People were invited. The charter froze.")),
    "decision.settled": ("dec", gettext_lazy("Something was decided.")),
    "decision.reopened": ("dec", gettext_lazy("Something was opened again.")),
    "workshop.opened": ("ppl", gettext_lazy("A workshop.")),
    "answer.published": ("dec", gettext_lazy("An answer was published.")),
    "project.closed": ("dec", gettext_lazy("The project was closed.")),
}

BESIDE = (1, 5)
"""The traps that a charter falls into; the other three stand beside the table and the plans."""


@require_http_methods(["GET", "POST"])
@team_page(Part.DECISION_MAKER)
def charter(request: HttpRequest, project: Project) -> HttpResponse:
    """Who decides reads it, too, without what only those who run the project see and do."""
    may_write = runs(by(request), project)
    if request.method == "POST" and not may_write:
        raise Http404
    own = Charter.objects.get(project=project)
    proposed = proposal.of(request, project)
    form = CharterForm(request.POST or None, initial=CharterForm.initial_of(own) | proposal.fields(proposed))
    theirs = None
    if request.method == "POST" and form.is_valid() and form.may_be_read(request, project, *form.written(own)):
        version = form.cleaned_data["version"]
        try:
            actions.change_charter(own, by=by(request), now=timezone.now(), version=version, **form.for_action())
            messages.success(request, _("Saved."))
            return redirect("charter:charter", project.address)
        except refusals.CharterChangedMeanwhile as clash:
            theirs = clash.theirs
            form.data = {**request.POST.dict(), "version": str(theirs.version)}
            form.add_error(None, str(clash.sentence))
        except Refused as refusal:
            form.add_error(
                "because" if isinstance(refusal, refusals.NarrowingNeedsAReason) else None, str(refusal.sentence)
            )
    known = frame(project)
    traps = findings.by_trap(project) if may_write else []
    context = known | {
        "may_write": may_write,
        "sections": known["sections"]
        if may_write
        else [one for one in known["sections"] if one.key in OPEN_TO_DECIDERS],
        "form": form,
        "proposed": proposed,
        "theirs": theirs,
        "part": asks.labels(project),
        "traps": traps,
        "beside": [one for trap in traps if trap.number in BESIDE for one in trap.found],
        "signatures": Signature.objects.filter(project=project, taken_back_at=None).count(),
        "lanes": lanes(project),
    }
    return render(request, "charter/charter.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def decision_new(request: HttpRequest, project: Project) -> HttpResponse:
    form = DecisionForm(request.POST or None, initial=proposal.fields(proposal.of(request, project)))
    if request.method == "POST" and form.is_valid() and form.may_be_read(request, project, *form.written(None)):
        try:
            number = sending.number(request, project)
            actions.add_decision(project, by=by(request), now=timezone.now(), uid=number, **form.for_action())
            return redirect("charter:charter", project.address)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    return _decision_page(request, project, form, None, None)


@require_http_methods(["GET", "POST"])
@team_page()
def decision(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    row = Decision.objects.filter(project=project, uid=uid, removed_at=None).select_related("project").first()
    if row is None:
        raise Http404
    initial = {name: getattr(row, name, "") for name in DecisionForm.base_fields}
    initial |= {
        "options": "\n".join(row.options),
        "people_were_asked": {True: "yes", False: "no"}.get(row.people_were_asked, "")
        if row.people_were_asked is not None
        else "",
    }
    form = DecisionForm(request.POST or None, initial=initial | proposal.fields(proposal.of(request, project)))
    theirs = None
    if request.method == "POST" and form.is_valid() and form.may_be_read(request, project, *form.written(row)):
        said, now = form.for_action(), timezone.now()
        try:
            match request.POST.get("do"):
                case "remove":
                    actions.remove_decision(row, by=by(request), now=now, because=said["because"])
                case "reopen":
                    actions.reopen(row, because=said["because"], until=said["decide_by"], by=by(request), now=now)
                case _:
                    version = form.cleaned_data["version"] or 0
                    actions.change_decision(row, by=by(request), now=now, version=version, **said)
            return redirect("charter:charter", project.address)
        except refusals.CharterChangedMeanwhile as clash:
            theirs = clash.theirs
            form.data = {**request.POST.dict(), "version": str(theirs.version)}
            form.add_error(None, str(clash.sentence))
        except Refused as refusal:
            form.add_error(
                "because" if isinstance(refusal, refusals.NarrowingNeedsAReason) else None, str(refusal.sentence)
            )
    return _decision_page(request, project, form, row, theirs)


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def sign(request: HttpRequest, project: Project) -> HttpResponse:
    """A co-lead signs on their own page, and may take it back without a reason."""
    person = here.person_here(request, project)
    if person is None or not person.co_lead:
        raise Http404
    now = timezone.now()
    if request.method == "POST":
        if request.POST.get("do") == "back":
            actions.take_back(project, person=person, now=now)
            messages.success(request, _("Your signature is taken back."))
        else:
            try:
                actions.sign(project, person=person, now=now)
                messages.success(request, _("You have signed."))
            except Refused as refusal:
                messages.error(request, str(refusal.sentence))
        return redirect("charter:sign", project.address)
    context = {
        "project": project,
        "place": project.title,
        "part": asks.part(project, person),
        "signed": Signature.objects.filter(project=project, person=person, taken_back_at=None).exists(),
    }
    return render(request, "charter/sign.html", context)


@open_page
def changes(request: HttpRequest, project: Project) -> HttpResponse:
    """What has changed since people were invited, for everybody, with the reasons."""
    rows = Change.objects.filter(project=project).select_related("decision").order_by("-at", "-pk")
    acting = [one for one in Decision.objects.filter(project=project, removed_at=None) if one.acts]
    context = {
        "project": project,
        "place": project.title,
        "changes": in_words(rows),
        "acting": acting,
        "lanes": lanes(project),
    }
    return render(request, "charter/changes.html", context)


def lanes(project: Project) -> list[dict[str, Any]]:  # Any: a template's rows
    """People on one side, decisions on the other, time running down; one query."""
    rows = (
        Opening.objects.filter(entry__project=project, kind__in=LANES).order_by("entry__seq").values_list("kind", "at")
    )
    return [{"side": LANES[kind][0], "what": LANES[kind][1], "on": day.of(project, at)} for kind, at in rows]


def frame(project: Project) -> dict[str, Any]:  # Any: a template context
    return {"project": project, "sections": sections(project, here="charter"), "section": "charter"}


def _decision_page(
    request: HttpRequest, project: Project, form: DecisionForm, row: Decision | None, theirs: Any
) -> HttpResponse:
    frozen = Charter.objects.filter(project=project, frozen_at__isnull=False).exists()
    context = frame(project) | {
        "form": form,
        "decision": row,
        "theirs": theirs,
        "frozen": frozen,
        "sent_once": sending.once(request),
        "proposed": proposal.of(request, project),
        "beside": findings.beside(project, where=f"decision:d{row.pk}") if row else [],
    }
    return render(request, "charter/decision.html", context, status=422 if form.errors else 200)
