"""The public pages of an organisation, for its admins: hidden or shown, with the reason, on the record. Shows nothing else of a project."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from withus.loop import actions, in_public
from withus.projects.access import by, project_at, signed_in
from withus.projects.models import Membership, Project
from withus.reports.forms import HideForm


@never_cache
@require_safe
@signed_in
def pages(request: HttpRequest) -> HttpResponse:
    """Every project of the organisations that this account looks after, with whether its page is hidden. Two queries."""
    mine = Membership.objects.filter(staff=by(request), admin=True).values_list("organisation", flat=True)
    if not mine:
        raise Http404
    projects = Project.objects.filter(organisation__in=list(mine)).select_related("publicity", "organisation")
    return render(request, "reports/pages.html", {"projects": projects.order_by("organisation__name", "title")})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def hiding(request: HttpRequest, address: str) -> HttpResponse:
    """An admin of the organisation hides or shows a project's page without being on its team. What is owed to people goes on."""
    project = project_at(address)
    if not Membership.objects.filter(staff=by(request), organisation=project.organisation_id, admin=True).exists():
        raise Http404
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = HideForm(request.POST if do == "hide" else None)
    if hidden_or_shown(request, project, do, form):
        return redirect("reports:hiding", project.address)
    context = {"project": project, "publicity": in_public.publicity_of(project), "hide": form}
    return render(request, "reports/hiding.html", context, status=422 if form.errors else 200)


def hidden_or_shown(request: HttpRequest, project: Project, do: str, form: HideForm) -> bool:
    """Whether this press did it, by the team or by an admin."""
    if do == "hide" and form.is_valid():
        actions.hide_page(project, because=form.cleaned_data["because"], by=by(request), now=timezone.now())
        messages.success(request, _("The page is hidden, and says so."))
        return True
    if do == "show":
        actions.show_page(project, by=by(request), now=timezone.now())
        messages.success(request, _("The page is shown again."))
        return True
    return False
