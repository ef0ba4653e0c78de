""" "We got this wrong", for those who are told by post or telephone: letters to print, and whom to ring. Prints and notes nothing."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from withus.findings.models import Answered
from withus.people.called import name_of
from withus.people.models import HowOften, Person, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.projects.access import team_page
from withus.projects.models import Project

BY_HAND = (WayKind.POST, WayKind.PHONE, WayKind.SMS)


@never_cache
@require_safe
@team_page()
def owned(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Those who said "never" or "once, at the end" are left in peace, as with e-mail."""
    answered = Answered.objects.filter(project=project, uid=uid, kind="owned").first()
    if answered is None:
        raise Http404
    rows = Person.objects.filter(staying(), project=project, ways__chosen=True, ways__kind__in=BY_HAND).exclude(
        wish__how_often__in=(HowOften.NEVER, HowOften.ONCE)
    )
    letters: list[dict[str, object]] = []
    rung: list[dict[str, object]] = []
    for person in rows.select_related("name").prefetch_related("ways").distinct().order_by("pk"):
        way = next(one for one in person.ways.all() if one.chosen and one.kind in BY_HAND)
        row = {"name": name_of(person), "way": way, "address": unseal_text(way.sealed)}
        (letters if way.kind == WayKind.POST else rung).append(row)
    context = {"project": project, "answered": answered, "letters": letters, "rung": rung}
    return render(request, "findings/owned_paper.html", context)
