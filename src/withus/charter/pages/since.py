"""What happened since people were asked: acts that closed ways, and whether what people gave was weighed again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.charter import actions
from withus.charter.forms import ActForm
from withus.charter.models import Change, Decision
from withus.charter.pages.charter import frame
from withus.charter.said import in_words
from withus.findings import proposal
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused

LONGEST_NUMBER = 16


@require_http_methods(["GET", "POST"])
@team_page()
def acts(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """A lease, an advert, a recommendation lodged: noted with its day, and taken out again where it was a mistake."""
    row = Decision.objects.filter(project=project, uid=uid, removed_at=None).select_related("project").first()
    if row is None:
        raise Http404
    taking_out = request.POST.get("out", "")
    form = ActForm(request.POST if request.POST and not taking_out else None, decision=row)
    if taking_out:
        number, version = _number(taking_out), _number(request.POST.get("version", ""))
        actions.take_out_act(row, number=number, version=version, by=by(request), now=timezone.now())
        return redirect("charter:acts", project.address, uid)
    if request.method == "POST" and form.is_valid() and form.may_be_read(request, project, form.cleaned_data["act"]):
        said = form.cleaned_data
        try:
            actions.note_act(
                row, on=said["on"], what=said["act"], closes=said["closes"], by=by(request), now=timezone.now()
            )
            messages.success(request, _("Noted. Everybody can read it."))
            return redirect("charter:decision", project.address, uid)
        except Refused as refusal:
            form.add_error("act", str(refusal.sentence))
    context = frame(project) | {"form": form, "decision": row}
    return render(request, "charter/acts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def weighed(request: HttpRequest, project: Project) -> HttpResponse:
    """Each change that left people less say, and whether what they had given was looked at again."""
    rows = (
        Change.objects.filter(project=project, narrows=True)
        .select_related("decision", "project")
        .order_by("-at", "-pk")
    )
    if request.method == "POST":
        row = rows.filter(pk=_number(request.POST.get("change", ""))).first()
        if row is None or request.POST.get("weighed") not in ("yes", "no"):
            raise Http404
        actions.weigh(row, reconsidered=request.POST["weighed"] == "yes", by=by(request), now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("charter:weighed", project.address)
    proposed = proposal.of(request, project)
    return render(request, "charter/weighed.html", frame(project) | {"changes": in_words(rows), "proposed": proposed})


def _number(text: str) -> int:
    """What our own forms send; -1, which is never one, for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else -1
