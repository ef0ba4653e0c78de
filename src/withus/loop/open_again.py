"""Answers after which somebody is owed one again, and what those who are want read of it. Never who, nor how many."""

from datetime import datetime

from django.db.models import Q

from withus.loop import asks
from withus.loop.in_public import midnight
from withus.loop.models import Answer, AnswerVersion, Placement, Says
from withus.people.staying import staying
from withus.projects.models import Project


def answers_open_again(project: Project) -> list[Answer]:
    """Two queries, however many cards are owed."""
    owed = asks.still_owed().filter(project=project, reopened_at__isnull=False)
    cards = owed.order_by().values("contribution")
    themes = Placement.objects.filter(contribution__in=cards, theme__removed_at=None).order_by()
    about = Q(theme__in=list(themes.values_list("theme", flat=True).distinct())) | Q(contribution__in=cards)
    out = AnswerVersion.objects.filter(answer__project=project, published_at__isnull=False).values("answer")
    return list(Answer.objects.filter(about, pk__in=out).select_related("theme", "contribution").order_by("pk"))


def wanted_read(answer: Answer, *, now: datetime) -> list[str]:
    """
    What people wrote who said no or only partly to the newest text, and that their words may stand beside it: until last midnight and by
    letter, so that no step tells who it was. Gone at once where somebody says something else, or takes the yes back.
    """
    version = asks.published(answer)
    if version is None:
        return []
    said = asks.last_words(answer.project).filter(staying("person__"), answer=answer, beside_the_answer=True)
    said = said.filter(
        says__in=(Says.NO, Says.PARTLY), at__gte=version.published_at, at__lt=midnight(answer.project, now=now)
    )
    return sorted(said.exclude(because="").values_list("because", flat=True))
