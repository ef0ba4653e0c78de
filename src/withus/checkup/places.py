"""Which page changes the thing that a finding speaks of."""

from django.urls import reverse

from withus.charter.models import Decision
from withus.projects.models import Project
from withus.table.models import Workshop


def address_of(project: Project, where: str) -> str:
    """A decision's page, a workshop's plan, the table, or the charter. What is gone meanwhile leads to the charter."""
    kind, _, name = where.partition(":")
    number = int(name[1:]) if name[1:].isdecimal() else 0
    match kind:
        case "decision" if row := Decision.objects.filter(project=project, pk=number, removed_at=None).first():
            return reverse("charter:decision", args=[project.address, row.uid])
        case "workshop" if workshop := Workshop.objects.filter(project=project, pk=number).first():
            return reverse("plan:workshop", args=[project.address, workshop.uid])
        case "table":
            return reverse("table:table", args=[project.address])
        case "feedback":
            return reverse("loop:themes", args=[project.address])
    return reverse("charter:charter", args=[project.address])
