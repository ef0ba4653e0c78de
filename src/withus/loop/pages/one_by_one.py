"""What is answered by itself: cards in no theme, subjects that were parked, and what nobody expected to learn."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from withus.live.asks import seen
from withus.live.models import CardState, Contribution, Learned
from withus.loop import asks
from withus.loop.models import Answer, AnswerVersion, Placement
from withus.loop.pages.themes import frame
from withus.projects.access import team_page
from withus.projects.models import Project

A_PAGE = 50
GONE = (CardState.WITHDRAWN, CardState.ERASED, CardState.NO_CONTENT)
SHOW = ("cards", "parked", "learned")


@require_safe
@team_page()
def one_by_one(request: HttpRequest, project: Project) -> HttpResponse:
    show = request.GET.get("show", "cards")
    show = show if show in SHOW else "cards"
    if show == "learned":
        rows: QuerySet[Contribution] | QuerySet[Learned] = _learned(project)
    else:
        rows = _parked(project) if show == "parked" else _alone(project)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    answers = _answers(project, show, [one.pk for one in page])
    context = frame(project) | {
        "show": show,
        "page": page,
        "rows": [(one, answers.get(one.pk)) for one in page],
        "not_meant": asks.not_meant([one for one in page if isinstance(one, Contribution)]),
    }
    return render(request, "loop/one_by_one.html", context)


def _cards(project: Project) -> QuerySet[Contribution]:
    rows = seen(Contribution.objects.filter(project=project)).exclude(state__in=GONE)
    return rows.select_related("due", "workshop").order_by("seq")


def _alone(project: Project) -> QuerySet[Contribution]:
    """Owed an answer, and in no theme that stands; and what was answered and is open again."""
    placed = Placement.objects.filter(contribution=OuterRef("pk"), theme__removed_at=None)
    return _cards(project).filter(~Exists(placed), due__met_at=None, due__acknowledgement_only=False)


def _parked(project: Project) -> QuerySet[Contribution]:
    return _cards(project).filter(parked__isnull=False)


def _learned(project: Project) -> QuerySet[Learned]:
    return Learned.objects.filter(workshop__project=project).select_related("workshop").order_by("at", "pk")


def _answers(project: Project, show: str, numbers: list[int]) -> dict[int, tuple[Answer, bool]]:
    """The answer to each by itself, and whether people can read it: one query."""
    about = "learned" if show == "learned" else "contribution"
    public = AnswerVersion.objects.filter(answer=OuterRef("pk"), published_at__isnull=False)
    rows = Answer.objects.filter(project=project, **{f"{about}__in": numbers}).annotate(is_public=Exists(public))
    return {getattr(one, f"{about}_id"): (one, one.is_public) for one in rows}
