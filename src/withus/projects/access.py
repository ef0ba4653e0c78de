"""Who may open which page of a project. The wrong person gets the same 404 as for a project that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from withus.accounts.models import Staff
from withus.projects import day
from withus.projects.models import Membership, Part, Project, Team
from withus.projects.question import Question

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Project, P], HttpResponseBase]

RUNS_IT = (Part.FACILITATOR, Part.CO_LEAD)


class SignedOut(PermissionDenied):
    """Somebody sent a form and is signed in no more: what they typed is on the page that says so."""


PROJECTS = Question(Project.objects.select_related("organisation"), "address")


def staff_of(request: HttpRequest) -> Staff | None:
    """The signed-in account, if there is one."""
    return request.user if isinstance(request.user, Staff) and request.user.is_active else None


def by(request: HttpRequest) -> Staff:
    """Whose act it is on a page that only the team opens."""
    staff = staff_of(request)
    if staff is None:
        raise Http404
    return staff


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """
    Who asks for a page comes back to it after signing in. Who sent something has it given back: no sign-in page would keep it. Who asks for
    a part of a page goes there with the whole of it: the sign-in page would stand in the place of that part.
    """
    if request.method == "POST":
        raise SignedOut
    there = redirect_to_login(request.get_full_path())
    return (
        HttpResponse(headers={"HX-Redirect": there.url, "Cache-Control": "no-store"})
        if request.headers.get("HX-Request")
        else there
    )


def parts_of(staff: Staff, project: Project) -> frozenset[str]:
    """What this account is in this project; empty for everybody who is not on its team."""
    return frozenset(Team.objects.filter(project=project, staff=staff).values_list("part", flat=True))


def runs(staff: Staff, project: Project) -> bool:
    """Facilitators and co-leads; not who only decides."""
    return bool(parts_of(staff, project) & frozenset(RUNS_IT))


def project_at(address: str) -> Project:
    project = PROJECTS.one(address)
    if project is None:
        raise Http404
    return project


def team_page(*parts: str) -> Callable[[Page[P]], Callable[..., HttpResponseBase]]:
    """
    A page for the team: `@team_page()` for facilitators and co-leads, `@team_page(Part.DECISION_MAKER)` for them and decision makers.
    Nobody signed in is sent to sign in; everybody else gets 404. The page receives the project in place of its address.
    """
    allowed = frozenset((*RUNS_IT, *parts))

    def decorate(page: Page[P]) -> Callable[..., HttpResponseBase]:
        @wraps(page)
        def checked(request: HttpRequest, address: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            staff = staff_of(request)
            if staff is None:
                return to_sign_in(request)
            project = project_at(address)
            if not parts_of(staff, project) & allowed:
                raise Http404
            with day.clocks_of(project):
                return page(request, project, *args, **kwargs)

        return checked

    return decorate


def open_page(page: Page[P]) -> Callable[..., HttpResponseBase]:
    """A page that anybody with the project's address may open. Receives the project."""

    @wraps(page)
    def opened(request: HttpRequest, address: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        project = project_at(address)
        with day.clocks_of(project):
            return page(request, project, *args, **kwargs)

    return opened


def signed_in(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(page)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if staff_of(request) is None:
            return to_sign_in(request)
        return page(request, *args, **kwargs)

    return checked


def is_admin_somewhere(staff: Staff) -> bool:
    return Membership.objects.filter(staff=staff, admin=True).exists()
