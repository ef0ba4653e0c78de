"""Who was told by which way, who waits, whom nobody could reach; and the letters to print."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from withus.loop import actions, asks
from withus.loop.by_hand import count_to_tell
from withus.loop.models import Answer, Telling, Told
from withus.loop.models_of_telling import Try
from withus.loop.pages.themes import frame
from withus.people.called import name_of
from withus.people.models import Person, Way, WayKind
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.post.models import LetterState, Outgoing
from withus.projects import sending
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused

AT_ONCE = 200
A_PAGE = 100
MOST_MARKS = 8
"""Of somebody without a name: enough to be told from the next row."""
LONGEST_FIND = 100


@team_page()
def telling(request: HttpRequest, project: Project) -> HttpResponse:
    """A list of people and where their answer is. Says who was told; never who has heard: that is theirs to say."""
    tellings = Telling.objects.filter(staying("person__"), person__project=project)
    everybody = Person.objects.filter(pk__in=tellings.values("person")).select_related("name").order_by("pk")
    find = request.GET.get("find", "").replace("\x00", "").strip()[:LONGEST_FIND]
    page = Paginator(_found(everybody, find) if find else everybody, A_PAGE).get_page(request.GET.get("page"))
    rows: dict[int, dict[str, Any]] = {  # Any: a template's rows
        one.pk: {"person": one, "name": name_of(one), "counts": Counter()} for one in page
    }
    for told in tellings.filter(person__in=list(rows)).order_by("person", "-at"):
        on = timezone.localdate(told.told_at) if told.told_at else None
        rows[told.person_id]["counts"][told.for_the_team, on] += 1
    marks = asks.marks_of(number for number, row in rows.items() if not row["name"])
    for number, row in rows.items():
        row["marks"] = marks.get(number, [])[:MOST_MARKS]
        row["more"] = len(marks.get(number, [])) - len(row["marks"])
        row["told"] = [(how, on, count) for (how, on), count in row.pop("counts").items()]
    by_post = tellings.filter(way=WayKind.POST, state__in=(Told.WAITING, Told.FAILED))
    waiting = by_post.values("person").distinct().count()
    not_gone = Outgoing.objects.filter(belongs_to=project.uid, state=LetterState.FAILED).count()
    context = frame(project) | {"rows": list(rows.values()), "letters": waiting, "not_gone": not_gone}
    context["by_hand"] = count_to_tell(project)
    context |= {"page": page, "find": find, "who_told": asks.who_told(project)}
    return render(request, "loop/telling.html", context)


def _found(everybody: QuerySet[Person], find: str) -> list[Person]:
    """By the mark of a card, or by name. Names lie sealed, so each is opened: only where somebody looks for one."""
    with_card = set(everybody.filter(contributions__mark=find.upper()).values_list("pk", flat=True))
    sought = find.casefold()
    return [one for one in everybody if one.pk in with_card or sought in name_of(one).casefold()]


@require_http_methods(["GET", "POST"])
@team_page()
def note(request: HttpRequest, project: Project, person: UUID) -> HttpResponse:
    """Note that somebody was told face to face or rung up, or a try that did not reach them: three over two ways are enough."""
    row = Person.objects.filter(staying(), project=project, uid=person).select_related("name").first()
    if row is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        how, now = request.POST.get("how", "")[:300], timezone.now()
        try:
            if request.POST.get("do") == "tried":
                way, seen = request.POST.get("way", ""), sending.counted(request, "seen")
                done = actions.note_try(row, way=way, because=how, by=by(request), now=now, seen=seen)
                messages.success(
                    request, _("That is written down: they could not be reached.") if done else _("Noted.")
                )
                return redirect("loop:note", project.address, row.uid)
            else:
                answers = Answer.objects.filter(versions__tellings__person=row).distinct()
                actions.note_told(row, answers=list(answers), how=how, by=by(request), now=now)
            return redirect("loop:telling", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    chosen = Way.objects.filter(person=row, chosen=True).first()
    context = frame(project) | {
        "seen": Try.objects.filter(person=row).count(),
        "person": row,
        "name": name_of(row),
        "way": chosen,
        "reach": unseal_text(chosen.sealed) if chosen else "",
        "tries": [(one, WayKind(one.way).label) for one in Try.objects.filter(person=row, over=False).order_by("at")],
        "kinds": [one for one in WayKind.choices if one[0] != WayKind.NONE],
        "chosen": request.POST.get("way", ""),
        "tellings": Telling.objects.filter(person=row).select_related("version__answer__theme").order_by("-at"),
        "refusal": refusal,
        "typed": request.POST.get("how", ""),
    }
    return render(request, "loop/note.html", context, status=409 if refusal else 200)
