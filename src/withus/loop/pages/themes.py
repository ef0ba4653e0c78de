"""The workbench: cards beside themes, put together by hand, by several at once. Works with checkboxes and without a script."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.findings import asks as findings
from withus.live.asks import taken_back
from withus.live.models import GONE, Contribution
from withus.live.pages.console import STAFF_TICKET_HOURS
from withus.loop import actions, asks, found, refusals, story
from withus.loop.alike import NEARLY_THE_SAME, goes_by_meaning
from withus.loop.alike import like_this as alike_to
from withus.loop.models import Act, Sorter, Theme
from withus.loop.norm import countdown
from withus.loop.open_again import answers_open_again
from withus.loop.pages.minding import mind_name
from withus.loop.placed import lies_in, themes_of
from withus.loop.repeats import Beside, together
from withus.loop.sortable import waiting
from withus.projects import sending
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sections import sections
from withus.record.models import Head
from withus.stream import Audience, Topic, give

MOST_TICKED = 1000
LATE_PROMISE = "T517"


@require_http_methods(["GET", "POST"])
@team_page()
def themes(request: HttpRequest, project: Project) -> HttpResponse:
    """All themes, and the cards that are asked for. Ticked cards go into a theme, or make a new one; each press can be taken back."""
    refusal = ""
    if request.method == "POST":
        try:
            _press(request, project)
            query = request.GET.urlencode()
            return redirect(f"{request.path}?{query}" if query else request.path)
        except Refused as refused:
            refusal = str(refused.sentence)
    part = bool(request.headers.get("HX-Request"))
    upto = 0 if part else number_of(project)
    context = _cards(request, project) | {"refusal": refusal} | _typed(request, refused=bool(refusal))
    if part:
        return _part(request, context | {"project": project})
    context |= frame(project) | _beside(request, project) | {"stream": topic(project).address(upto)}
    context["sent_once"] = sending.once(request)
    response = render(request, "loop/themes.html", context, status=409 if refusal else 200)
    patch_vary_headers(response, ["HX-Request"])
    listen(response, project)
    return response


def _part(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:  # Any: a template context
    """The cards alone, for a search. Never kept: Back would show a page that is only a part of one."""
    response = render(request, "loop/cards.html", context)
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _cards(request: HttpRequest, project: Project) -> dict[str, Any]:  # Any: a template context
    """The cards of this page, near-repeats together, each with the themes that it lies in."""
    ask = found.ask_of(request.GET, project)
    like = _like(request, project)
    page = found.page(project, ask) if like is None else None
    alike = alike_to(like, project) if like is not None else []
    if page is not None:
        cards = together(page.cards, lies_in(page.cards))
    elif like is not None:
        lies = lies_in([like, *(card for card, _likeness in alike)])
        cards = [
            Beside(card, likeness >= NEARLY_THE_SAME, tuple(lies.get(card.pk, ())))
            for card, likeness in ((like, 0.0), *alike)
        ]
    return {
        "ask": ask,
        "none_yet": page is not None and not cards and not Contribution.objects.filter(project=project).exists(),
        "like": like,
        "by_meaning": like is not None and goes_by_meaning(like, project),
        "page": page,
        "cards": cards,
        "not_meant": asks.not_meant([one.card for one in cards]),
        "kinds": found.KINDS,
        "most": found.MOST_FOUND,
    }


def _beside(request: HttpRequest, project: Project) -> dict[str, Any]:  # Any: a template context
    """
    What stands beside the cards: the themes, what was done last, who sorts, and what is owed. A promise that is late has a line of its own,
    with its days as they are now and the way to its answer: it is not said a second time as a finding.
    """
    now = timezone.now()
    counts, beside = asks.standing(project, now=now), findings.beside(project, traps=(5,))
    late = {one.version.answer_id for one in counts.overdue}
    return {
        "open_again": [one for one in answers_open_again(project) if one.pk not in late],
        "themes": themes_of(project),
        "last": story.newest_of(project, by(request)),
        "counts": counts,
        "norm": countdown(project, now=now, owed=counts.owed),
        "beside": but_late_promises(beside) if counts.overdue else beside,
        "suggestions": waiting(project)[:20],
        "sorters": Sorter.objects.filter(person__project=project, ended_at=None).count(),
        "removed": Theme.objects.filter(project=project, removed_at__isnull=False).select_related("merged_into")[:20],
    }


def but_late_promises(found: list[findings.Finding]) -> list[findings.Finding]:
    """For where the promises that are late stand by themselves, or are not what the page is about."""
    return [one for one in found if one.rule != LATE_PROMISE]


def _typed(request: HttpRequest, *, refused: bool) -> dict[str, Any]:  # Any: a template context
    """What was typed and ticked is still there after a no."""
    return {
        "typed": request.POST.get("name", "") if refused else "",
        "ticked": request.POST.getlist("card") if refused else [],
        "all_found": refused and bool(request.POST.get("upto_all")),
    }


def theme_of(project: Project, uid: UUID) -> Theme:
    row = Theme.objects.filter(project=project, uid=uid).first()
    if row is None:
        raise Http404
    return row


def frame(project: Project) -> dict[str, Any]:  # Any: a template context
    return {"project": project, "sections": sections(project, here="loop"), "section": "loop"}


def listen(response: HttpResponse, project: Project) -> None:
    """This page hears what others of the team do at the workbench."""
    give(
        response,
        topic(project),
        series=project.uid,
        number=project.stream_number,
        hours=STAFF_TICKET_HOURS,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def number_of(project: Project) -> int:
    """The record's number now: what is done after it is heard over the stream. Asked before anything is read."""
    return Head.objects.values_list("seq", flat=True).get(project=project)


def topic(project: Project) -> Topic:
    return Topic(project.uid, Audience.CONSOLE, get_language() or "en")


def _like(request: HttpRequest, project: Project) -> Contribution | None:
    """The card whose like is asked for; one that is not here, or is gone, asks for nothing."""
    try:
        uid = UUID(request.GET.get("like", ""))
    except ValueError:
        return None
    rows = Contribution.objects.filter(project=project, uid=uid).select_related(*found.WHOLE, "vector")
    return rows.exclude(state__in=GONE).exclude(pk__in=taken_back().values("pk")).first()


def ticked(request: HttpRequest, project: Project) -> QuerySet[Contribution]:
    return Contribution.objects.filter(project=project, uid__in=boxes(request, "card", most=MOST_TICKED))


def boxes(request: HttpRequest, name: str, *, most: int) -> list[UUID]:
    """Of the boxes with this name those that were ticked; what is no such number is left out."""
    found = []
    for text in request.POST.getlist(name)[:most]:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def _chosen(request: HttpRequest, project: Project) -> tuple[QuerySet[Contribution], bool]:
    """The cards that a press is about, and whether each was chosen by itself: all that were found were not."""
    upto = request.POST.get("upto_all", "")
    if not (upto.isascii() and upto.isdigit() and len(upto) < 16):
        return ticked(request, project), True
    numbers = found.numbers(project, found.ask_of(request.GET, project), upto=int(upto))
    if len(numbers) > found.MOST_FOUND:
        raise refusals.TooManyFound
    return Contribution.objects.filter(pk__in=numbers), False


def _press(request: HttpRequest, project: Project) -> None:
    """One press: its button says what it does, a theme's own button where the cards go."""
    me, now, do, into = by(request), timezone.now(), request.POST.get("do", ""), request.POST.get("into", "")
    if request.POST.get("back"):
        actions.put_back_theme(theme_of(project, _uid(request.POST["back"])), by=me, now=now)
        return
    if request.POST.get("undo"):
        _undo(request, project)
        return
    cards, by_itself = _chosen(request, project)
    if do in {"read", "apart", "content"}:
        _handle(request, project, cards, do)
    elif into and into != "new":
        theme = theme_of(project, _uid(into))
        _needs_some(cards)
        put = actions.place(theme, contributions=cards, by=me, now=now, read=by_itself)
        said = ngettext("%(n)s card is new in “%(name)s”.", "%(n)s cards are new in “%(name)s”.", put)
        messages.success(request, said % {"n": put, "name": theme.name})
    else:
        name = request.POST.get("name", "")
        uid = sending.number(request, project)
        theme = actions.make_theme(project, name=name, contributions=cards, by=me, now=now, read=by_itself, uid=uid)
        messages.success(request, _("“%(name)s” is made.") % {"name": theme.name})
        mind_name(request, theme)


def _handle(request: HttpRequest, project: Project, cards: QuerySet[Contribution], do: str) -> None:
    """Read, set apart, brought back: only what was ticked by itself."""
    cards, me, now = ticked(request, project), by(request), timezone.now()
    _needs_some(cards)
    if do == "read":
        actions.cards_read(project, contributions=cards, by=me, now=now)
        messages.success(request, _("Noted: you have read them."))
    elif do == "apart":
        done = actions.set_apart(project, contributions=cards, by=me, now=now)
        said = ngettext("%(n)s card is set apart.", "%(n)s cards are set apart.", done)
        messages.success(request, said % {"n": done})
    else:
        done = actions.bring_back_content(project, contributions=cards, by=me, now=now)
        said = ngettext("%(n)s card is back, and owed an answer.", "%(n)s cards are back, and owed an answer.", done)
        messages.success(request, said % {"n": done})


def _undo(request: HttpRequest, project: Project) -> None:
    act = Act.objects.filter(project=project, uid=_uid(request.POST["undo"])).first()
    if act is None:
        raise Http404
    actions.undo(act, by=by(request), now=timezone.now())
    messages.success(request, _("Taken back."))


def _needs_some(cards: QuerySet[Contribution]) -> None:
    if not cards.exists():
        raise refusals.TickSomeCards


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
