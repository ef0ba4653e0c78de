"""Letters to post: made as a PDF for window envelopes, and noted as posted only when somebody says that they were."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from withus.loop import actions
from withus.loop import letters as of
from withus.loop.asks import posted_lately
from withus.loop.pages.themes import frame
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.ui.pdf import pdf

WINDOWS: dict[str, dict[str, float]] = {
    "dl": {"left": 22, "top": 57, "bottom": 81, "fold": 99},
    "c5": {"left": 22, "top": 67, "bottom": 88, "fold": 148.5},
}
"""
Millimetres from the sheet's edges: where an address stays in the window however the sheet slips. A long envelope (DL) takes a sheet folded
in three, its window is 20 mm from the left and 35 to 45 mm high, in the United Kingdom as in DIN 680; C5 takes it folded once.
"""


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def letters(request: HttpRequest, project: Project) -> HttpResponse:
    """What waits to be posted. What was shown goes with the press, so that a letter that came in meanwhile is not noted unseen."""
    if request.method == "POST":
        now = timezone.now()
        if request.POST.get("undo"):
            count = actions.take_back_posted(project, at=_instant(request.POST["undo"]), by=by(request), now=now)
            said = ngettext("%(n)s letter waits again.", "%(n)s letters wait again.", count)
        else:
            count = actions.note_posted(project, uids=_uids(request), by=by(request), now=now)
            said = ngettext("%(n)s letter noted as posted.", "%(n)s letters noted as posted.", count)
        messages.success(request, said % {"n": count})
        return redirect("loop:letters", project.address)
    rounds = of.waiting(project)
    context = frame(project) | {
        "rounds": rounds,
        "tellings": [telling.uid for one in rounds for telling in one.tellings],
        "most": of.AT_ONCE if len(rounds) == of.AT_ONCE else 0,
        "posted": posted_lately(project, now=timezone.now()),
    }
    return render(request, "loop/letters.html", context)


@never_cache
@require_POST
@team_page()
def letters_page(request: HttpRequest, project: Project) -> HttpResponse:
    """The same letters as a page to print, for who cannot open a PDF."""
    made = _made(request, project)
    return render(request, "loop/letters_page.html", {"project": project, "letters": made})


@never_cache
@require_POST
@team_page()
def letters_pdf(request: HttpRequest, project: Project) -> HttpResponse:
    """
    Each letter begins on a sheet of its own. On a printer that prints both sides a blank page keeps the next person's letter off the back
    of this one.
    """
    made = _made(request, project)
    if not made:
        return redirect("loop:letters", project.address)
    window = WINDOWS.get(str(request.POST.get("envelope", "")), WINDOWS["dl"])
    said: dict[str, Any] = {  # Any: what goes into JSON
        "title": _("Letters: %(title)s") % {"title": project.title},
        "letters": made,
        "window": window,
        "fold": window["fold"],
        "both_sides": request.POST.get("sides") != "one",
        "qr_alt": _("QR code that opens your page"),
    }
    response = HttpResponse(pdf("loop/paper/letters.typ", said), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="letters.pdf"'
    return response


def _made(request: HttpRequest, project: Project) -> list[dict[str, Any]]:  # Any: what goes into JSON and templates
    """By a press, because it stands on the record: each letter opens its person's page."""
    rounds = of.waiting(project)
    made = of.sheets(project, rounds)
    persons = [one.person for one in rounds]
    actions.letters_printed(project, persons=persons, by=by(request), now=timezone.now())
    return made


def _uids(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(uid) for uid in request.POST.get("tellings", "").split()]
    except ValueError:
        raise Http404 from None


def _instant(text: str) -> datetime:
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Http404
    return at
