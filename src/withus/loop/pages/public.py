"""The project's page for everybody: what can change, what came of it, what is late, and who says that they heard."""

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from withus.charter import asks as charter
from withus.facts import small
from withus.findings import asks as findings
from withus.live.models import CardState
from withus.loop import asks, counting
from withus.loop.models import Confirmation, Placement, Says
from withus.projects import day
from withus.projects.access import open_page
from withus.projects.models import Project, ProjectState
from withus.record.chain import head_code
from withus.record.models import Entry, Opening

INDEX = "index, follow"
GONE = (CardState.WITHDRAWN, CardState.ERASED)


@open_page
def public(request: HttpRequest, project: Project) -> HttpResponse:
    now = timezone.now()
    counts = asks.counters(project, now=now)
    context = {
        "project": project,
        "place": project.title,
        "part": charter.part(project),
        "counts": counts,
        "four": counting.four(counts),
        "no_address": counting.number(small.beside(counts.no_address, counts.people)),
        "step": _step(project, counts),
        "came_of_it": _came_of_it(project, counts.cards),
        "owned": findings.owned(project),
        "seen": len(findings.shown_to_all(project)),
        "code": last_midnight(project, now=now),
        "is_closed": project.state == ProjectState.CLOSED,
        "rests": project.state == ProjectState.RESTING,
    }
    response = render(request, "loop/public.html", context)
    response["X-Robots-Tag"] = INDEX
    return response


def last_midnight(project: Project, *, now: datetime) -> str:
    """The record's head as it was at the project's last midnight: a count of today's acts would tell who was here."""
    midnight = day.instant(project, day.of(project, now), time(0))
    newest = Opening.objects.filter(entry__project=project, at__lt=midnight).order_by("-entry__seq").values("entry")[:1]
    entry = Entry.objects.filter(pk__in=newest).first()
    return head_code(entry.seq, entry.hash) if entry else ""


def _step(project: Project, counts: asks.Counters) -> int:
    """How far round the loop: asked, heard, decided, answered. The fifth is the people's own."""
    if not counts.cards:
        return 1
    if not counts.answered:
        return 2
    return 4 if not counts.owed else 3


def _came_of_it(project: Project, cards_given: int) -> list[dict[str, Any]]:  # Any: a template's rows
    """Each answer with what its people said of it, where they want it to stand beside it."""
    versions = asks.current_versions(project)
    beside: dict[int, list[Confirmation]] = {}
    rows = Confirmation.objects.filter(answer__project=project, beside_the_answer=True, says=Says.DISAGREES)
    rows = rows.filter(person__erasing_at=None)
    for one in rows.exclude(because="").order_by("at"):
        beside.setdefault(one.answer_id, []).append(one)
    cards = _cards_of_themes(project, cards_given)
    return [
        {
            "version": one,
            "said": one.answer.theme.name if one.answer.theme else one.we_heard,
            "cards": cards.get(str(one.answer.theme_id)),
            "disagree": beside.get(one.answer_id, []),
        }
        for one in versions
        if one.answer.theme is None or one.answer.theme.removed_at is None
    ]


def _cards_of_themes(project: Project, cards: int) -> dict[str, int | None]:
    """How many cards each theme speaks for. Small ones are hidden, and others with them where the whole would give them away."""
    counts: dict[str, int] = {}
    placed = Placement.objects.filter(theme__project=project, theme__removed_at=None)
    rows = list(placed.exclude(contribution__state__in=GONE).values_list("theme", "contribution"))
    for theme, _card in rows:
        counts[str(theme)] = counts.get(str(theme), 0) + 1
    return small.shown({**counts, "in none": cards - len({card for _theme, card in rows})})
