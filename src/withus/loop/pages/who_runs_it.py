"""Who runs the project now, and who came and went, for those who take part in it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from withus.loop.named import who_may_be_named
from withus.loop.pages.mine import framed
from withus.people import here
from withus.people.models import Person
from withus.projects.access import open_page
from withus.projects.models import Project, Team
from withus.table.on_the_team import came_and_went, on_it_now


@never_cache
@require_safe
@open_page
def who_runs_it(request: HttpRequest, project: Project) -> HttpResponse:
    """A co-lead reads whom they run it with. Everybody else reads parts and days, and a name where its bearer said yes to that."""
    person = here.person_here(request, project)
    if person is None:
        return redirect("people:words", project.address)
    if person.erasing_at is not None:
        return redirect("loop:me", project.address)
    named = _named(project, person)
    context = framed(project, person) | {
        "now": on_it_now(project, named=named),
        "came_and_went": came_and_went(project, named=named),
    }
    return render(request, "loop/who_runs_it.html", context)


def _named(project: Project, reader: Person) -> frozenset[UUID]:
    """Only accounts that are on the team now: whoever has left is nobody's to name here."""
    if reader.co_lead:
        rows = Team.objects.filter(project=project, staff__is_active=True)
        return frozenset(rows.values_list("staff__uid", flat=True))
    return frozenset(one.staff.uid for one, _name in who_may_be_named(project) if one.staff is not None)
