"""
Somebody rings. With their words and their yes a facilitator opens their page and reads it to them. That it was read is recorded, and
stands on the person's own page. What they say of the answer cannot be pressed here: that is theirs.
"""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.live.models import GONE, Contribution
from withus.loop import actions, asks
from withus.loop.models import Answer, AnswerVersion
from withus.loop.pages.held import held, hold
from withus.loop.pages.themes import frame
from withus.loop.pages.whole import as_read
from withus.people import link, tries
from withus.people.called import name_of
from withus.people.models import Person
from withus.people.pages.link import LONGEST_WORDS
from withus.projects import day
from withus.projects.access import by, team_page
from withus.projects.lasting import lasting
from withus.projects.models import Project
from withus.projects.refused import Refused

A_CALL = timedelta(minutes=30)
"""So long a page stays open to be read out; then the words and the yes are asked for again (D)."""
HELD = "on_the_telephone"


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def telephone(request: HttpRequest, project: Project) -> HttpResponse:
    """Type the four words that they say. Guessing is limited, for the team too."""
    now = timezone.now()
    context = frame(project) | {"typed": "", "trouble": "", "agreed": request.POST.get("agreed") == "yes"}
    if request.method == "GET":
        return render(request, "loop/telephone.html", context)
    typed = request.POST.get("words", "")[:LONGEST_WORDS].replace("\x00", "")
    context["typed"], block = typed, f"staff:{by(request).uid}"
    closed = tries.closed_until(project, block=block, device="", now=now)
    if closed is not None:
        at = day.local(project, closed).strftime("%H:%M")
        context["trouble"] = _("Too many words did not fit. Try again after %(at)s.") % {"at": at}
        return render(request, "loop/telephone.html", context, status=429)
    if not context["agreed"]:
        context["trouble"] = _("Ask them first whether you may open their page, and tick that they said yes.")
        return render(request, "loop/telephone.html", context, status=422)
    person = link.by_words(project, typed)
    if person is None or person.erasing_at is not None:
        tries.note_miss(project, block=block, device="", now=now)
        context["trouble"] = _("These words open nothing here. Ask them to spell the first three letters of each.")
        return render(request, "loop/telephone.html", context, status=422)
    actions.read_out(person, by=by(request), now=now)
    hold(request, HELD, person, now=now)
    return redirect("loop:read_out", project.address)


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def read_out(request: HttpRequest, project: Project) -> HttpResponse:
    """What stands on their page, to be read to them. Noting that they were told is all that can be pressed."""
    now, refusal = timezone.now(), ""
    on_the_line = held(request, HELD, project, most=A_CALL, now=now)
    person = on_the_line.select_related("name", "project").first()
    if person is None:
        return redirect("loop:telephone", project.address)
    answers = _answers(project, person)
    if request.method == "POST":
        if request.POST.get("do") == "told":
            try:
                how = _("By telephone, by %(name)s") % {"name": by(request).name}
                rows = [one.answer for one in answers]
                actions.note_told(person, answers=rows, how=how, by=by(request), now=now)
                messages.success(request, _("Noted as told by telephone. Whether they heard is theirs to say."))
            except Refused as refused:
                refusal = str(refused.sentence)
        if not refusal:
            request.session.pop(HELD, None)
            return redirect("loop:telephone", project.address)
    cards = Contribution.objects.filter(Q(person=person) | Q(with_persons=person), project=project)
    cards = cards.exclude(state__in=GONE)
    address = lasting(project.organisation)
    context = frame(project) | {
        "name": name_of(person),
        "cards": cards.select_related("due").distinct().order_by("seq"),
        "rows": [as_read(one, person) for one in answers],
        "today": day.of(project, now),
        "short_address": f"{address}/at/{project.address}/words" if address else "",
        "refusal": refusal,
    }
    return render(request, "loop/read_out.html", context, status=409 if refusal else 200)


def _answers(project: Project, person: Person) -> list[AnswerVersion]:
    """The newest wording of each answer that is theirs."""
    rows = Answer.objects.filter(project=project, versions__tellings__person=person).distinct().order_by("pk")
    found = [asks.published(one) for one in rows]  # query -- a person's few answers
    return [one for one in found if one is not None]
