"""How cards lie in themes now: counts that cost the same however many cards there are, and the themes of some cards."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from withus.live.asks import taken_back
from withus.live.models import GONE, Contribution
from withus.loop.models import Placement, Theme
from withus.projects.models import Project


@dataclass(frozen=True)
class Filled:
    """A theme and how many cards lie in it."""

    theme: Theme
    cards: int


def themes_of(project: Project) -> list[Filled]:
    """Themes in sight with their answers, the largest first: the same few queries, however many cards."""
    rows = list(Theme.objects.filter(project=project, removed_at=None).prefetch_related("answers__versions"))
    return filled(rows, cards_in(project, [one.pk for one in rows]))


def filled(themes: Iterable[Theme], numbers: Mapping[int, int]) -> list[Filled]:
    return sorted((Filled(one, numbers.get(one.pk, 0)) for one in themes), key=lambda row: (-row.cards, row.theme.pk))


def cards_in(project: Project, themes: list[int]) -> Counter[int]:
    """How many cards lie in each theme. Those taken back are few, so they are taken off: a look at each card would cost far more."""
    lie = Placement.objects.filter(theme__in=themes).order_by()
    counted = Counter({row["theme"]: row["n"] for row in lie.values("theme").annotate(n=Count("pk"))})
    there = Contribution.objects.filter(project=project)
    gone = there.filter(state__in=GONE)
    hidden = there.exclude(state__in=GONE).filter(pk__in=taken_back().values("pk"))
    for off in (gone, hidden):
        for row in lie.filter(contribution__in=off.order_by().values("pk")).values("theme").annotate(n=Count("pk")):
            counted[row["theme"]] -= row["n"]
    return counted


def lies_in(cards: list[Contribution]) -> dict[int, list[Theme]]:
    """In which themes in sight each card lies: one query."""
    rows = Placement.objects.filter(contribution__pk__among=[card.pk for card in cards], theme__removed_at=None)
    lies: dict[int, list[Theme]] = {}
    for one in rows.select_related("theme").order_by("pk"):
        lies.setdefault(one.contribution_id, []).append(one.theme)
    return lies
