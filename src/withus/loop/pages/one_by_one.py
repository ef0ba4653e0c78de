"""What is answered by itself: cards in no theme, subjects that were parked, and what nobody expected to learn."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from withus.live.asks import seen
from withus.live.models import NOTHING_TO_READ, Contribution, Learned
from withus.loop import actions, asks
from withus.loop.models import Answer, AnswerVersion, Placement
from withus.loop.models_of_answers import Fit
from withus.loop.norm import countdown
from withus.loop.pages.minding import mind_words
from withus.loop.pages.themes import frame
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused

A_PAGE = 50
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
        "said_no": asks.said_no_to(one for one, _public in answers.values()) if show == "learned" else set(),
        "norm": countdown(project, now=timezone.now()),
        "not_meant": asks.not_meant([one for one in page if isinstance(one, Contribution)]),
    }
    return render(request, "loop/one_by_one.html", context)


@require_http_methods(["GET", "POST"])
@team_page()
def late(request: HttpRequest, project: Project) -> HttpResponse:
    """Twelve weeks have passed: say why, in public."""
    now, refusal = timezone.now(), ""
    typed = request.POST.get("because", "")[:4000].replace("\x00", "")
    if request.method == "POST":
        try:
            actions.explain_late(project, because=typed, by=by(request), now=now)
            messages.success(request, _("Kept. It stands on the public page."))
            mind_words(request, project, typed)
            return redirect("loop:one_by_one", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    context = frame(project) | {"norm": countdown(project, now=now), "refusal": refusal, "typed": typed}
    return render(request, "loop/late.html", context, status=422 if refusal else 200)


def _cards(project: Project) -> QuerySet[Contribution]:
    rows = seen(Contribution.objects.filter(project=project)).exclude(state__in=NOTHING_TO_READ)
    return rows.select_related("due", "workshop").order_by("seq")


def _alone(project: Project) -> QuerySet[Contribution]:
    """Owed an answer, and in no theme that stands, or their author did not mean one of them: then the others' answer is not all."""
    placed = Placement.objects.filter(contribution=OuterRef("pk"), theme__removed_at=None)
    not_meant = Fit.objects.filter(contribution=OuterRef("pk"), right=False)
    owed = _cards(project).filter(due__met_at=None, due__acknowledgement_only=False)
    return owed.filter(~Exists(placed) | Exists(not_meant))


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
