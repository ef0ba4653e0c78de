"""Who was told by which way, who waits, whom nobody could reach; and the letters to print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.live.pages.guest import name_of
from withus.loop import actions
from withus.loop.models import FIVE, Answer, Telling, Told
from withus.loop.pages.themes import by, frame
from withus.people import link
from withus.people.models import Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.projects.access import team_page
from withus.projects.lasting import lasting
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.record.chain import head_code
from withus.record.models import Head

AT_ONCE = 200


@team_page()
def telling(request: HttpRequest, project: Project) -> HttpResponse:
    """A list of people and where their answer is. Says who was told; never who has heard: that is theirs to say."""
    rows: dict[int, dict[str, Any]] = {}  # Any: a template's rows
    tellings = Telling.objects.filter(person__project=project, person__erased_at=None)
    for one in tellings.select_related("person__name").order_by("person", "-at"):
        row = rows.setdefault(one.person_id, {"person": one.person, "name": name_of(one.person), "tellings": []})
        row["tellings"].append(one)
    waiting = sum(
        1 for row in rows.values() for one in row["tellings"] if one.state == Told.WAITING and one.way == WayKind.POST
    )
    context = frame(project) | {"rows": list(rows.values()), "letters": waiting}
    return render(request, "loop/telling.html", context)


@require_http_methods(["GET", "POST"])
@team_page()
def note(request: HttpRequest, project: Project, person: UUID) -> HttpResponse:
    """Note that somebody was told face to face or rung up, or that nobody could reach them."""
    row = Person.objects.filter(project=project, uid=person, erased_at=None).select_related("name").first()
    if row is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        how, now = request.POST.get("how", "")[:300], timezone.now()
        try:
            if request.POST.get("do") == "unreachable":
                actions.could_not_reach(row, because=how, by=by(request), now=now)
            else:
                answers = Answer.objects.filter(versions__tellings__person=row).distinct()
                actions.note_told(row, answers=list(answers), how=how, by=by(request), now=now)
            return redirect("loop:telling", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    way = Way.objects.filter(person=row, chosen=True).first()
    context = frame(project) | {
        "person": row,
        "name": name_of(row),
        "way": way,
        "reach": unseal_text(way.sealed) if way else "",
        "tellings": Telling.objects.filter(person=row).select_related("version__answer__theme").order_by("-at"),
        "refusal": refusal,
        "typed": request.POST.get("how", ""),
    }
    return render(request, "loop/note.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
@team_page()
def letters(request: HttpRequest, project: Project) -> HttpResponse:
    """Letters for those who chose post: one page each, with their own words, the answer, link and four words."""
    waiting = Telling.objects.filter(
        person__project=project, person__erased_at=None, way=WayKind.POST, state__in=(Told.WAITING, Told.FAILED)
    ).select_related("person__name", "version__answer__theme", "version__answer__contribution")[:AT_ONCE]
    if request.method == "POST":
        count = actions.mark_printed(list(waiting), by=by(request), now=timezone.now())
        messages.success(request, _("%(count)s noted as posted.") % {"count": count})
        return redirect("loop:telling", project.address)
    head = Head.objects.get(project=project)
    address = lasting(project.organisation)
    context = {
        "project": project,
        "letters": [_letter(one, address) for one in waiting],
        "short_address": f"{address}/at/{project.address}/words" if address else "",
        "code": head_code(head.seq, head.hash),
        "says": FIVE,
    }
    return render(request, "loop/letters.html", context)


def _letter(telling: Telling, address: str) -> dict[str, Any]:  # Any: a template's row
    person = telling.person
    way = Way.objects.filter(person=person, kind=WayKind.POST).first()
    answer = telling.version.answer
    mine = [card for card in actions.cards_of(answer) if card.person_id == person.pk]
    return {
        "name": name_of(person),
        "address": unseal_text(way.sealed) if way else "",
        "version": telling.version,
        "reply": link.reply(telling.uid),
        "words": link.speakable(person),
        "link": link.taken_home(person),
        "mine": [card for card in mine if card.words],
    }
