"""What a program suggests to the team: which cards may belong together. People read them, and put together what does."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from withus.live.models import Contribution
from withus.loop import actions, refusals, suggesting
from withus.loop.alike import beside_theme
from withus.loop.models import Theme
from withus.loop.models_of_suggesting import Grouping
from withus.loop.pages.minding import mind_name
from withus.loop.pages.themes import boxes, frame
from withus.projects import sending
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused

A_PAGE = 30
"""Few enough to read each."""
MOVES_SHOWN = 20
LONGEST_NUMBER = 3
UNSORTED = -1


@dataclass(frozen=True)
class Moved:
    """Cards that would lie in another group: how many, some of their sentences, and what the two groups are about."""

    count: int
    was: str
    now: str
    says: list[str]


@require_http_methods(["GET", "POST"])
@team_page()
def suggestions(request: HttpRequest, project: Project) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            return _do(request, project)
        except Refused as refused:
            refusal = str(refused.sentence)
    size = _size(request)
    few = len(suggesting.readable(project).values_list("pk")[: suggesting.LEAST_CARDS]) < suggesting.LEAST_CARDS
    grouping = suggesting.shown(project) if project.suggests and not few else None
    found = suggesting.groups(grouping, size) if grouping else None
    context = frame(project) | {
        "cards": 0 if project.suggests and not few else suggesting.readable(project).count(),
        "few": few,
        "least": suggesting.LEAST_CARDS,
        "grouping": grouping,
        "groups": found.groups if found else (),
        "unsorted": found.unsorted if found else 0,
        "offered": suggesting.offered(project) if grouping else None,
        "waiting": project.suggests and suggesting.is_waiting(project),
        **_sizes(size),
        "refusal": refusal,
    }
    return render(request, "loop/suggestions.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def group(request: HttpRequest, project: Project, number: int) -> HttpResponse:
    """The cards of one group that are in no theme yet, whole, to be read and ticked."""
    grouping = suggesting.shown(project) if project.suggests else None
    size = _size(request)
    refusal = _refusal(request, project) if grouping is not None else ""
    if refusal is None:
        return redirect(request.get_full_path())
    cells: tuple[int, ...] = ()
    if grouping is not None:
        cells = (UNSORTED,) if number == UNSORTED else suggesting.cells_of(grouping, size, number)
    if grouping is None or not cells:
        messages.info(request, _("That group is not there any more. These are the groups now."))
        return redirect("loop:suggestions", project.address)
    page = Paginator(suggesting.beside(grouping, cells), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "is_unsorted": number == UNSORTED, "put_into": suggesting.put_into(grouping, cells)}
    return _to_tick(request, project, [one.contribution for one in page], context | {"size": size}, refusal)


@require_http_methods(["GET", "POST"])
@team_page()
def beside(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Cards in no theme yet that a program lays beside this theme."""
    theme = _theme(project, str(uid))
    if not project.suggests or theme.removed_at is not None:
        return redirect("loop:theme", project.address, uid)
    refusal = _refusal(request, project)
    if refusal is None:
        return redirect(request.get_full_path())
    return _to_tick(request, project, beside_theme(theme, most=A_PAGE), {"theme": theme, "into": str(uid)}, refusal)


def _refusal(request: HttpRequest, project: Project) -> str | None:
    """What a press was told; None where it was done. Before the page is put together: a press need not wait for what it does not show."""
    if request.method != "POST":
        return ""
    try:
        _put_together(request, project)
    except Refused as refused:
        return str(refused.sentence)
    return None


def _to_tick(
    request: HttpRequest, project: Project, cards: list[Contribution], context: dict[str, object], refusal: str
) -> HttpResponse:
    """Cards, whole, to be read and ticked; what was typed and ticked is still there after a no."""
    if refusal:
        context = context | {"into": request.POST.get("into", "")}
    context = frame(project) | {"cards": cards, "refusal": refusal} | context
    context |= {
        "themes": Theme.objects.filter(project=project, removed_at=None).order_by("name"),
        "typed": request.POST.get("name", "") if refusal else "",
        "ticked": request.POST.getlist("card") if refusal else [],
        "sent_once": sending.once(request),
    }
    return render(request, "loop/suggested.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def new_groups(request: HttpRequest, project: Project) -> HttpResponse:
    """What would be different in the groups that are offered; take them, or leave it as it is."""
    if request.method == "POST":
        try:
            take = request.POST.get("do") == "take"
            actions.answer_regrouping(project, take=take, by=by(request), now=timezone.now())
            done = _("These are the new groups.") if take else _("Everything stays as it was.")
            messages.success(request, done)
        except Refused as refused:
            messages.error(request, str(refused.sentence))
        return redirect("loop:suggestions", project.address)
    shown, offered = suggesting.shown(project), suggesting.offered(project)
    if not project.suggests or shown is None or offered is None:
        return redirect("loop:suggestions", project.address)
    size = _size(request)
    context = frame(project) | _difference(shown, offered, size) | _sizes(size)
    return render(request, "loop/new_groups.html", context)


@require_safe
@team_page()
def on_the_table(request: HttpRequest, project: Project) -> HttpResponse:
    """Every card with words to print and cut out, where there are few enough to sort them on a table."""
    cards = list(suggesting.readable(project).order_by("seq")[: suggesting.LEAST_CARDS])
    if len(cards) >= suggesting.LEAST_CARDS:
        return redirect("loop:suggestions", project.address)
    return render(request, "loop/on_the_table.html", {"project": project, "cards": cards})


def _difference(shown: Grouping, offered: Grouping, size: int) -> dict[str, object]:
    found = suggesting.regrouped(shown, offered, size)
    about = {one.number: one.says[0] for one in suggesting.groups(offered, size).groups if one.says}
    some = [card for move in found.moves[:MOVES_SHOWN] for card in move.cards[: suggesting.TOLD]]
    words = dict(Contribution.objects.filter(pk__in=some).values_list("pk", "words"))
    gone, unsorted = _("a group that is no more"), _("beside no group")

    def name(number: int) -> str:
        return unsorted if number == UNSORTED else about.get(number, gone)

    moves = [
        Moved(
            len(move.cards),
            name(move.was),
            name(move.now),
            [words[card] for card in move.cards[: suggesting.TOLD] if card in words],
        )
        for move in found.moves[:MOVES_SHOWN]
    ]
    return {
        "offered": offered,
        "moves": moves,
        "count": found.count,
        "more": max(len(found.moves) - MOVES_SHOWN, 0),
        "new": [about[number] for number in found.new if number in about],
    }


def _size(request: HttpRequest) -> int:
    asked = request.GET.get("groups", "")
    size = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 0
    return size if suggesting.COARSEST <= size <= suggesting.FINEST else suggesting.USUAL


def _sizes(size: int) -> dict[str, object]:
    return {"sizes": suggesting.SIZES, "size": size, "coarsest": suggesting.COARSEST, "finest": suggesting.FINEST}


def _do(request: HttpRequest, project: Project) -> HttpResponse:
    now = timezone.now()
    match request.POST.get("do"):
        case "on":
            actions.switch_suggestions(project, on=True, by=by(request), now=now)
        case "off":
            actions.switch_suggestions(project, on=False, by=by(request), now=now)
            messages.success(request, _("Suggestions are off, and what the program made is deleted. Your themes stay."))
        case "look" if project.suggests:
            actions.ask_for_new_groups(project, now=now)
            messages.success(request, _("The program looks again. Nothing changes until you have seen what would."))
    return redirect(request.get_full_path())


def _put_together(request: HttpRequest, project: Project) -> None:
    """Only what was ticked, and as read: the words stand there whole."""
    cards, now, into = _ticked(request, project), timezone.now(), request.POST.get("into", "new")
    if not cards:
        raise refusals.TickWhatYouRead
    if into == "new":
        name = request.POST.get("name", "")
        uid = sending.number(request, project)
        theme = actions.make_theme(project, name=name, contributions=cards, by=by(request), now=now, read=True, uid=uid)
        mind_name(request, theme)
        count = len(cards)
    else:
        theme = _theme(project, into)
        count = actions.place(theme, contributions=cards, by=by(request), now=now, read=True)
    said = ngettext("%(n)s card is in “%(theme)s” now.", "%(n)s cards are in “%(theme)s” now.", count)
    messages.success(request, said % {"n": count, "theme": theme.name})


def _ticked(request: HttpRequest, project: Project) -> list[Contribution]:
    """Cards of this project that may still be read; who took theirs back meanwhile is left alone."""
    return list(suggesting.readable(project).filter(uid__in=boxes(request, "card", most=A_PAGE)))


def _theme(project: Project, text: str) -> Theme:
    try:
        theme = Theme.objects.filter(project=project, uid=UUID(text)).first()
    except ValueError:
        theme = None
    if theme is None:
        raise Http404
    return theme
