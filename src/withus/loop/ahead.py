"""What the first to ask for cards like one, or for a rare word, would wait for after each start of the server: read before anybody asks."""

from django.db.models import Count

from withus.live.models import Contribution
from withus.loop import pairs
from withus.loop.models_of_suggesting import Vector
from withus.projects.models import Project


def read_ahead() -> None:
    """The projects with most cards, as many as are kept at hand. Where all are small and no program may suggest, this takes no memory."""
    cards = Contribution.objects.order_by().values("project").annotate(cards=Count("pk")).filter(cards__gt=pairs.FROM)
    for project in reversed(list(cards.order_by("-cards").values_list("project", flat=True)[: pairs.KEPT])):
        pairs.read_all(project)
    _read_vectors()


def _read_vectors() -> None:
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
