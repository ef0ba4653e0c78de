"""The workshops of a project, with their console, wall and room code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from withus.projects.access import team_page
from withus.projects.models import Project
from withus.projects.sections import sections
from withus.table.models import Workshop


@team_page()
def workshops(request: HttpRequest, project: Project) -> HttpResponse:
    context = {
        "project": project,
        "sections": sections(project, here="live"),
        "section": "live",
        "workshops": Workshop.objects.filter(project=project).order_by("-on", "-starts"),
    }
    return render(request, "live/workshops.html", context)
