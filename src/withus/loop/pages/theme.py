"""One theme: its cards, its name, its story, and what can be done with it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.findings import asks as findings
from withus.loop import actions, as_read, asks, found, refusals, story
from withus.loop.models import Answer, Theme
from withus.loop.pages.minding import mind_name
from withus.loop.pages.themes import but_late_promises, frame, theme_of, ticked
from withus.loop.placed import lies_in
from withus.loop.repeats import together
from withus.loop.sortable import waiting
from withus.loop.spoken_to import came_later
from withus.projects import sending
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused


@require_http_methods(["GET", "POST"])
@team_page()
def theme(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Rename it, take cards out, move or split them off, merge it, remove it; and read how it came to be."""
    row = theme_of(project, uid)
    refusal, typed = "", {}
    if request.method == "POST":
        try:
            return _change(request, project, row)
        except refusals.RenamedMeanwhile as refused:
            refusal, typed = str(refused.sentence), {"theirs": refused.name}
        except Refused as refused:
            refusal = str(refused.sentence)
        row.refresh_from_db()
    page = found.page(project, replace(found.ask_of(request.GET, project), show="all", find="", theme=row))
    context = frame(project) | {
        "theme": row,
        "page": page,
        "cards": together(page.cards, lies_in(page.cards)),
        "answer": (answer := Answer.objects.filter(theme=row).first()),
        "came_later": came_later(answer).count() if answer and asks.published(answer) else 0,
        "beside": [] if answer else _beside(project),
        "others": Theme.objects.filter(project=project, removed_at=None).exclude(pk=row.pk).order_by("name"),
        "story": story.of_theme(row),
        "read_as": as_read.one(row) if page.cards else None,
        "suggestions": waiting(project).filter(theme=row)[:20],
        "refusal": refusal,
        "ticked": request.POST.getlist("card") if refusal else [],
        "name": request.POST.get("name", row.name) if refusal else row.name,
        "split_name": request.POST.get("split_name", "") if refusal else "",
        "into": request.POST.get("into", "") if refusal else "",
        "most": found.MOST_FOUND,
        "sent_once": sending.once(request),
    }
    return render(request, "loop/theme.html", context | typed, status=409 if refusal else 200)


def _beside(project: Project) -> list[findings.Finding]:
    """What is found where an answer is missing. A promise that is late was made in an answer: it is not about this theme."""
    return but_late_promises(findings.beside(project, traps=(5,), where="feedback"))


def _change(request: HttpRequest, project: Project, row: Theme) -> HttpResponse:
    now, me, cards = timezone.now(), by(request), ticked(request, project)
    into = found.theme_named(project, request.POST.get("into", ""))
    match request.POST.get("do"):
        case "rename":
            version = request.POST.get("version", "")
            known = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
            actions.rename_theme(row, name=request.POST.get("name", ""), by=me, now=now, version=known)
            mind_name(request, row)
        case "out":
            if not actions.take_out(row, contributions=cards, by=me, now=now):
                raise refusals.TickSomeCards
        case "move":
            if into is None:
                raise refusals.MergeIntoAnother
            if not actions.move(row, into=into, contributions=cards, by=me, now=now, read=True):
                raise refusals.TickSomeCards
        case "merge":
            if into is None:
                raise refusals.MergeIntoAnother
            actions.merge_themes(row, into=into, by=me, now=now)
            messages.success(request, _("Merged. It can be undone on the page of all themes."))
            return redirect("loop:theme", project.address, into.uid)
        case "split":
            name = request.POST.get("split_name", "")
            uid = sending.number(request, project)
            off = actions.split_theme(row, name=name, contributions=cards, by=me, now=now, read=True, uid=uid)
            mind_name(request, off)
            return redirect("loop:theme", project.address, off.uid)
        case "remove":
            actions.remove_theme(row, by=me, now=now)
            return redirect("loop:themes", project.address)
        case "use" | "leave" as what:
            row = _settle(request, row, use=what == "use")
    return redirect("loop:theme", project.address, row.uid)


def _settle(request: HttpRequest, row: Theme, *, use: bool) -> Theme:
    """What somebody at the sorting table suggested: taken, or left. The theme to go on with."""
    there: dict[str, Any] = {str(one.uid): one for one in waiting(row.project).filter(theme=row)}
    suggestion = there.get(request.POST.get("suggestion", ""))
    if suggestion is not None and use:
        there_now = actions.use_suggestion(suggestion, by=by(request), now=timezone.now())
        mind_name(request, there_now)
        return there_now
    if suggestion is not None:
        actions.leave_suggestion(suggestion, by=by(request), now=timezone.now())
    return row
