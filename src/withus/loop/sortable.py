"""What lies on the sorting table: cards that their authors let the group see and somebody of the team has looked at, and their themes."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from withus.live.asks import seen
from withus.live.models import CardState, Contribution, MaySee
from withus.loop.models import Act, ActKind, Answer, Placement, Suggestion, Theme
from withus.loop.placed import Filled, filled
from withus.projects.models import Project


def on_the_table(project: Project) -> QuerySet[Contribution]:
    """Never what its author keeps from the group, what is held back, set apart or taken back, or what nobody has looked at yet."""
    looked_at = Q(state=CardState.SHOWN) | Q(state=CardState.WAITING, read__isnull=False)
    rows = Contribution.objects.filter(looked_at, project=project, may_see__in=(MaySee.WALL, MaySee.GROUP))
    return seen(rows)


def themes_on_the_table(project: Project) -> list[Filled]:
    """
    Themes with a card that lies there, new ones without any, and what the table made. A theme of cards that all keep from the group is
    not there: its name could say what was said. Its cards are counted as they lie there.
    """
    counted = Placement.objects.filter(theme__project=project, contribution__in=on_the_table(project).order_by())
    numbers = dict(counted.order_by().values_list("theme").annotate(n=Count("pk")))
    rows = Theme.objects.filter(project=project, removed_at=None)
    return filled(rows.filter(Q(pk__in=list(numbers)) | _without_any()), numbers)


def theme_on_the_table(project: Project, uid: UUID) -> Theme | None:
    """One of these by itself: its own cards are asked for, and no others."""
    lies_there = Exists(on_the_table(project).filter(placements__theme=OuterRef("pk")).order_by())
    rows = Theme.objects.filter(project=project, removed_at=None, uid=uid)
    return rows.filter(lies_there | _without_any()).first()


def _without_any() -> Q:
    """A theme that is there whatever lies in it: made there, or new."""
    made_there = Act.objects.filter(theme=OuterRef("pk"), kind=ActKind.MADE, by_person__isnull=False)
    return Q(Exists(made_there)) | ~Q(Exists(Placement.objects.filter(theme=OuterRef("pk"))))


def waiting(project: Project) -> QuerySet[Suggestion]:
    """What was suggested at the table and the team has not settled: names, and themes that are one. Of themes in sight."""
    rows = Suggestion.objects.filter(theme__project=project, theme__removed_at=None, settled_at=None)
    return rows.filter(into__removed_at=None).select_related("theme", "into").order_by("pk")


def is_of_the_table(theme: Theme) -> bool:
    """Whether participants made it and put all that is in it, and nobody of the team has worked on it or begun an answer to it since."""
    made = Act.objects.filter(Q(kind=ActKind.MADE, theme=theme) | Q(kind=ActKind.SPLIT, other=theme))
    if not made.filter(by_person__isnull=False).exists():
        return False
    acts = Act.objects.filter(Q(theme=theme) | Q(other=theme), undone_at=None)
    of_the_team = acts.filter(by_person=None).exists() or theme.placements.filter(by_person=None).exists()
    return not of_the_team and not Answer.objects.filter(theme=theme).exists()
