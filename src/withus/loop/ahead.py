"""What the first to ask for cards like one would wait for after each start of the server: read before anybody asks."""

from django.db.models import Count

from withus.loop.models_of_suggesting import Vector
from withus.projects.models import Project


def read_ahead() -> None:
    """The projects with most cards, as many as are kept at hand. Where no project lets a program suggest, this takes no memory."""
    rows = Vector.objects.filter(project__in=Project.objects.filter(suggests=True).values("pk")).order_by()
    projects = list(
        rows.values("project").annotate(cards=Count("pk")).order_by("-cards").values_list("project", flat=True)
    )
    if not projects:
        return
    from withus.loop import shelf  # noqa: PLC0415 -- numpy, only where somebody asked
    from withus.loop.sense import vectors  # noqa: PLC0415 -- numpy, only where somebody asked

    vectors.table()
    for project in reversed(projects[: shelf.KEPT]):
        shelf.of(project)
