"""What is late or waits in several projects at once, for the list of projects: three queries, however many they are."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Exists, OuterRef

from withus.charter.owed import Owed
from withus.loop.asks import still_owed
from withus.loop.models import AnswerVersion
from withus.projects import day
from withus.projects.models import Project
from withus.table.models import Workshop, WorkshopState


def owed(projects: Sequence[Project], now: datetime) -> dict[int, Owed]:
    """As the page of themes counts: the newest published version of each answer, and every card that is owed more than a receipt."""
    days = {one.pk: day.of(one, now) for one in projects}
    published = AnswerVersion.objects.filter(answer__project__in=days, published_at__isnull=False)
    newer = published.filter(answer=OuterRef("answer"), number__gt=OuterRef("number"))
    promised = published.filter(promised_on__isnull=False, kept_on=None).exclude(Exists(newer))
    late = Counter(
        project for project, on in promised.values_list("answer__project", "promised_on") if on and on < days[project]
    )
    past: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    dues = still_owed().filter(project__in=days).order_by()
    for project, on, number in dues.values_list("project", "on").annotate(n=Count("pk")):
        past[project] += number if on < days[project] else 0
        waiting[project] += number
    running = Workshop.objects.filter(project__in=days, state=WorkshopState.OPEN).order_by("pk")
    open_now = dict(running.values_list("project", "uid"))
    return {
        one: Owed(late=late[one], past=past[one], waiting=waiting[one], open_now=open_now.get(one))
        for one in days
        if late[one] or waiting[one] or one in open_now
    }
