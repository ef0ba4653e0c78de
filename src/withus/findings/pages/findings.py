"""What the checker found, trap by trap; the two answers to a finding; and what everybody may read of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from withus.findings import actions, asks, places, proposal
from withus.findings.forms import ReasonForm, WrongForm
from withus.findings.models import Found
from withus.projects.access import by, open_page, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sections import sections

MOST_DIGITS = 3


@team_page()
def findings(request: HttpRequest, project: Project) -> HttpResponse:
    """All findings by trap. A trap without one says so, and how much is not known; never a tick or a score."""
    context = {
        "project": project,
        "sections": sections(project, here="charter"),
        "section": "charter",
        "traps": asks.by_trap(project),
        "owned": [one for one in asks.owned(project) if not one.rule],
        "on_paper": True,
    }
    return render(request, "findings/findings.html", context)


@require_http_methods(["GET", "POST"])
@team_page()
def explain(request: HttpRequest, project: Project, rule: str) -> HttpResponse:
    where, finding = finding_here(request, project, rule)
    form = ReasonForm(request.POST or None, initial=proposal.fields(proposal.of(request, project)))
    if request.method == "POST" and form.is_valid() and _may_be_read(request, project, form):
        because = form.cleaned_data["because"]
        try:
            actions.explain(project, rule=rule, where=where, because=because, by=by(request), now=timezone.now())
            return redirect("findings:findings", project.address)
        except Refused as refusal:
            form.add_error("because", str(refusal.sentence))
    return _form(request, project, form, finding, "findings/explain.html")


@require_http_methods(["GET", "POST"])
@team_page()
def own(request: HttpRequest, project: Project, rule: str) -> HttpResponse:
    where, finding = finding_here(request, project, rule)
    form = WrongForm(request.POST or None, initial=proposal.fields(proposal.of(request, project)))
    if request.method == "POST" and form.is_valid() and _may_be_read(request, project, form):
        try:
            actions.own(project, rule=rule, where=where, **form.cleaned_data, by=by(request), now=timezone.now())
            return redirect("findings:findings", project.address)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    return _form(request, project, form, finding, "findings/own.html")


@require_http_methods(["GET", "POST"])
@team_page()
def own_project(request: HttpRequest, project: Project) -> HttpResponse:
    """Something that no rule has seen, and that people should hear from us."""
    form = WrongForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _may_be_read(request, project, form):
        try:
            actions.own(project, rule="", where="project", **form.cleaned_data, by=by(request), now=timezone.now())
            return redirect("findings:findings", project.address)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    return _form(request, project, form, None, "findings/own.html")


@team_page()
def mend(request: HttpRequest, project: Project, rule: str) -> HttpResponse:
    """Leads to the page on which the thing can be changed; with `way`, to that way out, its change proposed. Changes nothing."""
    where, finding = finding_here(request, project, rule)
    way = request.GET.get("way", "")
    if not way:
        return redirect(places.address_of(project, where))
    if not way.isdecimal() or len(way) > MOST_DIGITS or int(way) >= len(finding.ways_out):
        raise Http404
    row = Found.objects.get(project=project, rule=rule, where=where)
    return redirect(places.opened_by(project, row, int(way)))


@open_page
def wrong(request: HttpRequest, project: Project) -> HttpResponse:
    """What we are getting wrong, and what we do about it: for everybody, in plain words."""
    context = {
        "project": project,
        "place": project.title,
        "found": asks.shown_to_all(project),
        "owned": asks.owned(project),
    }
    return render(request, "findings/wrong.html", context)


def finding_here(request: HttpRequest, project: Project, rule: str) -> tuple[str, asks.Finding]:
    where = request.GET.get("where", "")
    if not Found.objects.filter(project=project, rule=rule, where=where).exists():
        raise Http404
    return where, next(one for one in asks.beside(project) if (one.rule, one.where) == (rule, where))


def _may_be_read(request: HttpRequest, project: Project, form: ReasonForm | WrongForm) -> bool:
    return form.may_be_read(request, project, *form.cleaned_data.values())


def _form(
    request: HttpRequest, project: Project, form: ReasonForm | WrongForm, finding: asks.Finding | None, template: str
) -> HttpResponse:
    context = {
        "project": project,
        "sections": sections(project, here="charter"),
        "section": "charter",
        "form": form,
        "found": [finding] if finding else [],
        "read_only": True,
        "proposed": proposal.of(request, project),
    }
    return render(request, template, context, status=422 if form.errors else 200)
