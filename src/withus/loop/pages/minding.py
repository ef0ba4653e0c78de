"""A text of the team's that others may read, and that says somebody's own words: it is kept as it is, and whoever wrote it is told."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from withus.live.models import Contribution, Use
from withus.loop.models import Placement, Theme
from withus.loop.quoting import MOST, own_words
from withus.projects.models import Project

MOST_SAID = 3
IN_A_THEME = 300
"""Cards that a theme's name is held against, its own first: renaming must stay quick."""


def mind_words(request: HttpRequest, project: Project, *texts: str, use: Use = Use.PUBLIC) -> None:
    _say(request, project, texts, use=use)


def mind_name(request: HttpRequest, theme: Theme) -> None:
    lie = Placement.objects.filter(theme=theme).order_by("-contribution_id")[:IN_A_THEME]
    first = Contribution.objects.filter(pk__in=list(lie.values_list("contribution_id", flat=True)))
    _say(request, theme.project, [theme.name], first=first, most=IN_A_THEME)


def _say(
    request: HttpRequest,
    project: Project,
    texts: Sequence[str],
    *,
    use: Use = Use.PUBLIC,
    first: QuerySet[Contribution] | None = None,
    most: int = MOST,
) -> None:
    for one in own_words(project, texts, use=use, first=first, most=most)[:MOST_SAID]:
        said = {"words": one.words, "marks": ", ".join(one.marks)}
        sentence = _(
            "“%(words)s”: so it stands on %(marks)s, and whoever wrote it has not said yes to their words standing there. Others may know "
            "whose they are. Write it in your own words, or ask them first."
        )
        messages.warning(request, sentence % said)
