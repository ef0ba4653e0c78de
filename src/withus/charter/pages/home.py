"""The front page, and the projects of whoever has signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.charter import asks
from withus.charter.owed import owed
from withus.people.models import ColleagueAsked
from withus.projects.access import RUNS_IT, signed_in, staff_of
from withus.projects.models import Membership, Project, ProjectState, Team

IN_ORDER = (ProjectState.RUNNING, ProjectState.PLANNED, ProjectState.RESTING, ProjectState.CLOSED)
"""What is going on comes first."""


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and a box for the short address on somebody's slip."""
    typed = request.POST.get("address", "")[:200]
    trouble = ""
    if request.method == "POST":
        address = slugify(typed.rstrip("/").rsplit("/", maxsplit=1)[-1])
        if Project.objects.filter(address=address).exists():
            return redirect("people:words", address)
        trouble = _("No project has this address. Look at your slip again.")
    context = {"typed": typed, "trouble": trouble}
    return render(request, "charter/home.html", context, status=422 if trouble else 200)


@signed_in
def projects(request: HttpRequest) -> HttpResponse:
    """Only projects whose team they are on. An admin sees the names of the others, and nothing in them."""
    staff = staff_of(request)
    mine = list(
        Project.objects.filter(team__staff=staff).distinct().select_related("organisation", "charter").order_by("-pk")
    )
    mine.sort(key=lambda project: IN_ORDER.index(project.state))
    places = Team.objects.filter(staff=staff, part__in=RUNS_IT)
    running = set(places.values_list("project", flat=True))
    admin_of = Membership.objects.filter(staff=staff, admin=True).values("organisation")
    others = (
        Project.objects.filter(organisation__in=admin_of).exclude(pk__in=[one.pk for one in mine]).order_by("title")
    )
    waits = owed([one for one in mine if one.pk in running], now=timezone.now())
    context = {
        "asked": ColleagueAsked.objects.filter(staff=staff).select_related("organisation").order_by("pk"),
        "rows": [(project, asks.labels(project), project.pk in running, waits.get(project.pk)) for project in mine],
        "admin": Membership.objects.filter(staff=staff, admin=True).exists(),
        "others": others,
        "may_begin": Membership.objects.filter(staff=staff).exists(),
    }
    return render(request, "charter/projects.html", context)
