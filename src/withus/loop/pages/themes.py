"""The workbench: cards beside themes, put together by hand. Works with checkboxes and without a script."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from withus.accounts.models import Staff
from withus.findings import asks as findings
from withus.live.asks import seen
from withus.live.models import CardState, Contribution
from withus.loop import actions, asks
from withus.loop.alike import NEARLY_THE_SAME
from withus.loop.alike import like_this as alike_to
from withus.loop.models import Answer, Theme
from withus.projects.access import staff_of, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sections import sections

A_PAGE = 50
MOST_TICKED = 1000
FILTERS = ("open", "all", "held", "nothing")


@require_http_methods(["GET", "POST"])
@team_page()
def themes(request: HttpRequest, project: Project) -> HttpResponse:
    """All themes, and the cards that are in none yet. Ticked cards go into a theme, or make a new one."""
    refusal = ""
    if request.method == "POST":
        try:
            _sort(request, project)
            query = {key: request.GET[key] for key in ("show", "find", "page", "like") if key in request.GET}
            return redirect(f"{request.path}?{urlencode(query)}" if query else request.path)
        except Refused as refused:
            refusal = str(refused.sentence)
    show = request.GET.get("show", "open")
    find = request.GET.get("find", "")[:200].replace("\x00", "").strip()
    like = _like(request, project)
    alike = alike_to(like, project, most=A_PAGE) if like else []
    cards = [card for card, _likeness in alike] if like else _cards(project, show, find)
    page = Paginator(cards, A_PAGE).get_page(request.GET.get("page"))
    context = frame(project) | {
        "themes": themes_of(project),
        "page": page,
        "like": like,
        "nearly_the_same": [card.uid for card, likeness in alike if likeness >= NEARLY_THE_SAME],
        "not_meant": asks.not_meant(page),
        "show": show,
        "find": find,
        "refusal": refusal,
        "typed": request.POST.get("name", "") if refusal else "",
        "ticked": request.POST.getlist("card") if refusal else [],
        "counts": asks.counters(project, now=timezone.now()),
        "beside": findings.beside(project, traps=(5,)),
        "removed": Theme.objects.filter(project=project, removed_at__isnull=False).select_related("merged_into"),
    }
    return render(request, "loop/themes.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def theme(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """One theme with its cards: rename it, take cards out, remove it, put it back."""
    row = theme_of(project, uid)
    refusal = ""
    if request.method == "POST":
        try:
            return _change(request, project, row)
        except Refused as refused:
            refusal = str(refused.sentence)
    cards = seen(Contribution.objects.filter(placements__theme=row)).exclude(state=CardState.ERASED).order_by("seq")
    context = frame(project) | {
        "theme": row,
        "page": Paginator(cards, A_PAGE).get_page(request.GET.get("page")),
        "answer": Answer.objects.filter(theme=row).first(),
        "others": Theme.objects.filter(project=project, removed_at=None).exclude(pk=row.pk),
        "refusal": refusal,
        "typed": request.POST.get("split_name", "") if refusal else "",
        "ticked": request.POST.getlist("card") if refusal else [],
    }
    return render(request, "loop/theme.html", context, status=409 if refusal else 200)


def theme_of(project: Project, uid: UUID) -> Theme:
    row = Theme.objects.filter(project=project, uid=uid).first()
    if row is None:
        raise Http404
    return row


def themes_of(project: Project) -> QuerySet[Theme]:
    """Themes with how many cards each has, and their answer."""
    rows = Theme.objects.filter(project=project, removed_at=None).annotate(cards=Count("placements"))
    return rows.prefetch_related("answers__versions").order_by("-cards", "pk")


def frame(project: Project) -> dict[str, Any]:  # Any: a template context
    return {"project": project, "sections": sections(project, here="loop"), "section": "loop"}


def by(request: HttpRequest) -> Staff:
    staff = staff_of(request)
    if staff is None:
        raise Http404
    return staff


def _cards(project: Project, show: str, find: str) -> QuerySet[Contribution]:
    rows = seen(Contribution.objects.filter(project=project))
    rows = rows.exclude(state__in=(CardState.ERASED, CardState.WITHDRAWN))
    match show:
        case "all":
            rows = rows.exclude(state=CardState.NO_CONTENT)
        case "held":
            rows = rows.filter(state=CardState.HELD_BACK)
        case "nothing":
            rows = rows.filter(state=CardState.NO_CONTENT)
        case _:
            rows = rows.filter(placements=None).exclude(state=CardState.NO_CONTENT)
    if find:
        rows = rows.filter(words__icontains=find)
    return rows.select_related("workshop", "media").order_by("seq")


def _like(request: HttpRequest, project: Project) -> Contribution | None:
    """The card whose like is asked for; one that is not here, or is gone, asks for nothing."""
    try:
        uid = UUID(request.GET.get("like", ""))
    except ValueError:
        return None
    rows = Contribution.objects.filter(project=project, uid=uid)
    return rows.exclude(state__in=(CardState.ERASED, CardState.WITHDRAWN)).first()


def _ticked(request: HttpRequest, project: Project) -> list[Contribution]:
    uids = []
    for text in request.POST.getlist("card")[:MOST_TICKED]:
        try:
            uids.append(UUID(text))
        except ValueError:
            continue
    return list(Contribution.objects.filter(project=project, uid__in=uids))


def _sort(request: HttpRequest, project: Project) -> None:
    cards, now = _ticked(request, project), timezone.now()
    into = request.POST.get("into", "")
    if request.POST.get("back"):
        actions.put_back_theme(_by_text(project, request.POST["back"]), by=by(request), now=now)
    elif into and into != "new":
        actions.place(_by_text(project, into), contributions=cards, by=by(request), now=now)
    else:
        actions.make_theme(project, name=request.POST.get("name", ""), contributions=cards, by=by(request), now=now)


def _by_text(project: Project, text: str) -> Theme:
    try:
        return theme_of(project, UUID(text))
    except ValueError:
        raise Http404 from None


def _change(request: HttpRequest, project: Project, row: Theme) -> HttpResponse:
    now = timezone.now()
    match request.POST.get("do"):
        case "rename":
            actions.rename_theme(row, name=request.POST.get("name", ""), by=by(request), now=now)
        case "out":
            actions.take_out(row, contributions=_ticked(request, project), by=by(request), now=now)
        case "merge":
            into = _by_text(project, request.POST.get("into", ""))
            actions.merge_themes(row, into=into, by=by(request), now=now)
            return redirect("loop:theme", project.address, into.uid)
        case "split":
            cards, name = _ticked(request, project), request.POST.get("split_name", "")
            off = actions.split_theme(row, name=name, contributions=cards, by=by(request), now=now)
            return redirect("loop:theme", project.address, off.uid)
        case "remove":
            actions.remove_theme(row, by=by(request), now=now)
            return redirect("loop:themes", project.address)
    return redirect("loop:theme", project.address, row.uid)
