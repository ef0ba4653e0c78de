"""Reports for the team to write and hand on: GRIPP2's short form, a page for funders, and the data."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from withus.live.models import Use
from withus.loop.pages.minding import mind_words
from withus.loop.pages.themes import frame
from withus.projects.access import team_page
from withus.projects.models import Project
from withus.reports import actions, paper, refusals
from withus.reports.archive import archive
from withus.reports.forms import ReportForm
from withus.reports.models import Report
from withus.reports.paper import Paper
from withus.ui import pdf

SOURCE = "reports/typst/report.typ"


@require_http_methods(["GET", "POST"])
@team_page()
def report(request: HttpRequest, project: Project) -> HttpResponse:
    """The draft: each part with its facts beside the field. What somebody else wrote meanwhile is shown, and nothing is lost."""
    now, kept, theirs = timezone.now(), paper.report_of(project), None
    form = ReportForm(request.POST if request.method == "POST" else None, initial=_texts(kept))
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.write_report(project, texts=form.cleaned_data, version=version, now=now)
            messages.success(request, _("Kept as a draft. Only the team reads it."))
            mind_words(request, project, *(str(form.cleaned_data[name]) for name in actions.TEXTS), use=Use.REPORT)
            return redirect("reports:report", project.address)
        except refusals.WrittenMeanwhile as refused:
            theirs = refused.theirs
            form = _again(request, theirs)
    made = paper.gripp(project, kept, now=now)
    context = frame(project) | {
        "form": form,
        "parts": [(section, form[section.key]) for section in made.sections],
        "theirs": _changed(theirs, form) if theirs else [],
        "refusal": theirs is not None,
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "reports/report.html", context, status=status)


@require_safe
@team_page()
def funder(request: HttpRequest, project: Project) -> HttpResponse:
    made = paper.funder(project, paper.report_of(project), now=timezone.now())
    return render(request, "reports/funder.html", frame(project) | {"paper": made})


@require_safe
@team_page()
def printed(request: HttpRequest, project: Project, which: str) -> HttpResponse:
    """The same as PDF that a screen reader reads in order."""
    make = paper.gripp if which == "gripp2" else paper.funder
    made = make(project, paper.report_of(project), now=timezone.now())
    return _file(_pdf(made), "application/pdf", f"{project.address}-{which}.pdf")


@require_safe
@team_page()
def data(request: HttpRequest, project: Project) -> HttpResponse:
    """Everything that may leave the project, as tables with a codebook."""
    return _file(archive(project, now=timezone.now()), "application/zip", f"{project.address}.zip")


def _again(request: HttpRequest, theirs: Report) -> ReportForm:
    """What was typed, ready to be kept in place of theirs by whoever has read it."""
    typed = request.POST.copy()
    typed["version"] = str(theirs.version)
    form = ReportForm(typed)
    form.is_valid()
    return form


def _pdf(made: Paper) -> bytes:
    return pdf.pdf(SOURCE, asdict(made))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _texts(kept: Report) -> dict[str, object]:
    return {name: getattr(kept, name) for name in (*actions.TEXTS, "version")}


def _changed(theirs: Report, form: ReportForm) -> list[tuple[str, str]]:
    """Their text of each part where it is not what this one typed."""
    typed = {name: form.cleaned_data.get(name, "") for name in actions.TEXTS}
    labels = {name: str(form.fields[name].label) for name in actions.TEXTS}
    return [(labels[name], getattr(theirs, name)) for name in actions.TEXTS if getattr(theirs, name) != typed[name]]
