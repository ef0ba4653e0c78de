"""Opinion groups: what all agree on first, then what marks each group; in words, and never who is in which."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from withus.facts.small import in_words
from withus.live.asks import seen
from withus.live.models import GONE, CardState, Contribution, Use
from withus.live.uses import with_words_for
from withus.loop import actions, asks
from withus.loop.counting import IN_WORDS
from withus.loop.in_public import publicity_of
from withus.loop.models_of_suggesting import OpinionGroups
from withus.loop.opinions import LEAST_PEOPLE, standing
from withus.loop.pages.themes import frame
from withus.projects.access import by, open_page, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sole import sole

SURE = (
    (
        0.9,
        gettext_lazy(
            "The groups are clear: looked for again and again among most of the people, they come out the same."
        ),
    ),
    (
        0.6,
        gettext_lazy(
            "The groups are fairly clear: looked for again among most of the people, they mostly come out the same."
        ),
    ),
    (
        0.0,
        gettext_lazy(
            "These groups are not sure. Looked for again among most of the people, they often come out otherwise."
        ),
    ),
)


@dataclass(frozen=True)
class Line:
    """A card with how many of each group are for it (or against it), in words."""

    card: Contribution
    agree: bool
    groups: list[str | Promise]


@require_http_methods(["GET", "POST"])
@team_page()
def opinions(request: HttpRequest, project: Project) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            _do(request, project)
            return redirect("loop:opinions", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    row = sole(OpinionGroups.objects.filter(project=project, on=True))
    context = frame(project) | {
        "row": row,
        "least": LEAST_PEOPLE,
        "voters": asks.voters(project),
        "refusal": refusal,
        "asked_by": request.POST.get("asked_by", ""),
    }
    if row and row.found and standing.stands(row):
        context |= {"stands": True} | read(project, row.found, public=False)
    return render(request, "loop/opinions.html", context, status=409 if refusal else 200)


@never_cache
@require_safe
@open_page
def shown(request: HttpRequest, project: Project) -> HttpResponse:
    """
    For everybody, once it is shown and while the project's page is; only with words whose authors let them stand in public. Where too few
    people are left it says so in place of the groups.
    """
    row = standing.shown(project)
    if row is None or publicity_of(project).hidden_since:
        raise Http404
    context: dict[str, Any] = {"project": project, "place": project.title, "row": row, "least": LEAST_PEOPLE}
    if row.shown and row.found and standing.stands(row):
        context |= {"stands": True} | read(project, row.found, public=True)
    return render(request, "loop/opinions_shown.html", context)


def read(
    project: Project, found: dict[str, Any], *, public: bool
) -> dict[str, Any]:  # Any: stored JSON, a template's rows
    """What was found, for a page. A card that was taken back since then is left out."""
    kept = [*found["all"], *(one for group in found["marks"] for one in group)]
    of_kept = Contribution.objects.filter(project=project, pk__in=[one["card"] for one in kept])
    shown, team = of_kept.filter(state=CardState.SHOWN), seen(of_kept).exclude(state__in=GONE)
    cards = {card.pk: card for card in (with_words_for(shown, Use.PUBLIC) if public else team)}

    def lines(some: list[dict[str, Any]]) -> list[Line]:
        return [
            Line(cards[one["card"]], one["agree"], [IN_WORDS[in_words(part, whole)] for part, whole in one["groups"]])
            for one in some
            if one["card"] in cards
        ]

    return {
        "sure": _sure(found["again"]),
        "all": lines(found["all"]),
        "groups": [
            {"size": IN_WORDS[in_words(size, sum(found["sizes"]))], "lines": lines(group)}
            for size, group in zip(found["sizes"], found["marks"], strict=True)
        ],
        "left_out": sum(one["card"] not in cards for one in kept),
    }


def _sure(again: float) -> str | Promise:
    return next(sentence for least, sentence in SURE if again >= least)


def _do(request: HttpRequest, project: Project) -> None:
    now = timezone.now()
    match request.POST.get("do"):
        case "on":
            actions.switch_on_opinions(project, asked_by=request.POST.get("asked_by", ""), by=by(request), now=now)
            actions.look_for_opinions(project, now=now)
        case "look":
            actions.look_for_opinions(project, now=now)
            messages.success(request, _("It is being worked out. It takes a moment."))
        case "show":
            actions.show_opinions(project, shown=True, by=by(request), now=now)
            messages.success(request, _("Everybody can read it now. A link to it stands on the project's page."))
        case "hide":
            actions.show_opinions(project, shown=False, by=by(request), now=now)
        case "off":
            actions.switch_off_opinions(project, by=by(request), now=now)
            messages.success(request, _("Opinion groups are off, and what was found is deleted."))
        case _:
            raise Refused
