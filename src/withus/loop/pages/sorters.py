"""The sorting table: the team asks participants to it; they put cards together by their own link, without an account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.live.cards import card_of
from withus.live.models import Contribution
from withus.live.pages.guest import frame as of_person
from withus.loop import actions, refusals, sortable, story
from withus.loop.models import Act, ActKind, Placement, Sorter, Theme
from withus.loop.pages.themes import frame, ticked
from withus.loop.placed import Filled
from withus.people import here
from withus.people.called import name_of
from withus.people.models import Person
from withus.people.pages.link import to_words
from withus.people.staying import staying
from withus.projects import sending
from withus.projects.access import by, open_page, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused

A_PAGE = 20
A_LOOK = 5
"""Cards of each theme that stand beside the question whether the two are one."""
MOST_PEOPLE = 500


@require_http_methods(["GET", "POST"])
@team_page()
def sorters(request: HttpRequest, project: Project) -> HttpResponse:
    """Who is asked to sort with the team, and who could be: everybody who is at the project's table."""
    if request.method == "POST":
        _ask_or_end(request, project)
        return redirect("loop:sorters", project.address)
    asked = Sorter.objects.filter(staying("person__"), person__project=project, ended_at=None)
    asked = asked.select_related("person__name", "invited_by").order_by("pk")
    context = frame(project) | {
        "asked": [(one, name_of(one.person)) for one in asked],
        "others": [(one, name_of(one)) for one in _could_sort(project)],
        "lie_there": sortable.on_the_table(project).count(),
    }
    return render(request, "loop/sorters.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def sort(request: HttpRequest, project: Project) -> HttpResponse:
    """A participant's own view of the sorting table. 404 for everybody who was not asked to it, or is not any more."""
    person = here.person_here(request, project)
    if person is None:
        return to_words(request, project, "name", "words")
    if person.erasing_at is not None or not Sorter.objects.filter(person=person, ended_at=None).exists():
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            return redirect(_press(request, project, person))
        except Refused as refused:
            refusal = str(refused.sentence)
    themes = sortable.themes_on_the_table(project)
    if request.method == "GET" and "merge" in request.GET and (two := _two(request.GET, themes)) is not None:
        return render(request, "loop/join.html", of_person(project, None, person) | _joining(project, *two))
    chosen = request.POST.get("into", "") if refusal else ""
    context = of_person(project, None, person) | _cards(request, project, themes)
    context |= {
        "themes": themes,
        "mine": story.newest_of_person(person),
        "refusal": refusal,
        "ticked": request.POST.getlist("card") if refusal else [],
        "typed": request.POST.get("name", "") if refusal else "",
        "words": request.POST.get("words", "") if refusal else "",
        "sent_once": sending.once(request),
        "into": chosen if request.POST.get("do") != "suggest" else "",
        "which": chosen if request.POST.get("do") == "suggest" else request.GET.get("theme", ""),
        "first": request.POST.get("merge") or request.GET.get("merge", ""),
        "second": request.POST.get("with") or request.GET.get("with", ""),
        "unlike": request.method == "GET" and "merge" in request.GET,
    }
    return render(request, "loop/sort.html", context, status=409 if refusal else 200)


def _ask_or_end(request: HttpRequest, project: Project) -> None:
    ask, end = request.POST.get("person", ""), request.POST.get("end", "")
    person = _person(project, ask or end)
    if person is None:
        return
    if ask:
        actions.invite_to_sort(person, by=by(request), now=timezone.now())
        messages.success(request, _("Asked. It stands on their own page now."))
    else:
        actions.end_sorting(person, by=by(request), now=timezone.now())
        messages.success(request, _("Ended. What they put together stays, and can be taken back step by step."))


def _could_sort(project: Project) -> QuerySet[Person]:
    rows = Person.objects.filter(staying(), project=project, place__isnull=False)
    rows = rows | Person.objects.filter(staying(), project=project, co_lead=True)
    asked = Sorter.objects.filter(person=OuterRef("pk"), ended_at=None)
    return rows.filter(~Exists(asked)).select_related("name", "place").order_by("pk")[:MOST_PEOPLE]


def _person(project: Project, text: str) -> Person | None:
    try:
        return Person.objects.filter(project=project, uid=UUID(text), erased_at=None).first()
    except ValueError:
        return None


def _cards(request: HttpRequest, project: Project, themes: list[Filled]) -> dict[str, Any]:  # Any: a template context
    """In none of the table's themes, or in one of them; twenty a page, going on from the last card's number."""
    here_ = next((one.theme for one in themes if str(one.theme.uid) == request.GET.get("theme")), None)
    rows = sortable.on_the_table(project).select_related("media").order_by("seq")
    if here_ is not None:
        rows = rows.filter(placements__theme=here_)
    elif request.GET.get("show") != "all":
        rows = rows.filter(~Exists(Placement.objects.filter(contribution=OuterRef("pk"), theme__removed_at=None)))
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 16:
        rows = rows.filter(seq__gt=int(after))
    found = list(rows[: A_PAGE + 1])
    return {
        "cards": [(one, card_of(one, address=project.address)) for one in found[:A_PAGE]],
        "next": found[A_PAGE - 1].seq if len(found) > A_PAGE else None,
        "theme": here_,
        "show": request.GET.get("show", ""),
    }


def _two(asked: QueryDict, themes: list[Filled]) -> tuple[Filled, Filled] | None:
    """The two that they would put together, where they may see both and they are two."""
    there = {str(one.theme.uid): one for one in themes}
    one, other = there.get(asked.get("merge", "")), there.get(asked.get("with", ""))
    return None if one is None or other is None or one is other else (one, other)


def _joining(project: Project, one: Filled, other: Filled) -> dict[str, Any]:  # Any: a template context
    """A look at both, and what would happen, before anything does."""
    rows = sortable.on_the_table(project).select_related("media").order_by("seq")
    of_each = [(two, rows.filter(placements__theme=two.theme)[:A_LOOK]) for two in (one, other)]
    both = [(two, [card_of(card, address=project.address) for card in cards]) for two, cards in of_each]
    at_once, answered = sortable.is_of_the_table(one.theme), actions.is_answered(one.theme)
    return {"one": one.theme, "other": other.theme, "both": both, "at_once": at_once, "answered": answered}


def _press(request: HttpRequest, project: Project, person: Person) -> str:
    """What they pressed; where they go on."""
    now, into = timezone.now(), request.POST.get("into", "")
    match request.POST.get("do", ""):
        case "stop":
            actions.end_sorting(person, by=person, now=now)
            messages.success(request, _("You have stopped sorting. Thank you. What you put together stays."))
            return reverse("loop:me", args=[project.address])
        case "undo":
            act = _mine(person, request.POST.get("act", ""))
            actions.undo(act, by=person, now=now)
            messages.success(request, _("Taken back."))
        case "suggest":
            waits = actions.call_theme(
                _there(project, into), words=request.POST.get("words", ""), person=person, now=now
            )
            thanks = _("Thank you. The team reads it, and takes it or says that it stays as it is.")
            messages.success(request, thanks if waits else _("It is called so now."))
        case "merge":
            return f"{request.path}?theme={_merge(request, project, person).uid}"
        case "move":
            _move(request, project, person, into)
        case _:
            _put(request, project, person, into)
    return request.get_full_path()


def _merge(request: HttpRequest, project: Project, person: Person) -> Theme:
    """The theme that they are together in. Pressed twice, the first one is not on the table any more: it is looked for among all."""
    into = _there(project, request.POST.get("with", ""))
    theme = _merged_before(person, request.POST.get("merge", ""), into)
    theme = theme or _there(project, request.POST.get("merge", ""))
    waits = actions.merge_at_the_table(theme, into=into, person=person, now=timezone.now())
    if waits is None:
        said = _("“%(one)s” and “%(other)s” are one theme now. You can take it back.")
    else:
        said = _(
            "Thank you. The team reads it: “%(one)s” and “%(other)s” are one theme, or it says that they stay two."
        )
    messages.success(request, said % {"one": theme.name, "other": into.name})
    return into


def _merged_before(person: Person, text: str, into: Theme) -> Theme | None:
    """By their own press, which still stands: of what others merged they hear as of any theme that is gone."""
    try:
        mine = Act.objects.filter(kind=ActKind.MERGED, by_person=person, theme__uid=UUID(text), other=into)
    except ValueError:
        return None
    act = mine.filter(undone_at=None, theme__merged_into=into).select_related("theme").first()
    return act.theme if act else None


def _move(request: HttpRequest, project: Project, person: Person, into: str) -> None:
    """Out of the theme that they look at."""
    here_ = _there(project, request.GET.get("theme", ""))
    cards = _on_the_table(request, project)
    other = _there(project, into) if into and into != "new" else None
    name = request.POST.get("name", "")
    moved = actions.move_at_the_table(
        here_, into=other, name=name, contributions=cards, person=person, now=timezone.now()
    )
    if not moved:
        messages.info(request, _("These cards do not lie there any more."))
        return
    said = ngettext("%(n)s card is moved out of “%(name)s”.", "%(n)s cards are moved out of “%(name)s”.", moved)
    messages.success(request, said % {"n": moved, "name": here_.name})


def _on_the_table(request: HttpRequest, project: Project) -> QuerySet[Contribution]:
    """Of the ticked cards only those that lie on the table now, whatever was sent."""
    cards = sortable.on_the_table(project).filter(pk__in=ticked(request, project).values("pk"))
    if not cards.exists():
        raise refusals.TickSomeCards
    return Contribution.objects.filter(pk__in=list(cards.values_list("pk", flat=True)))


def _put(request: HttpRequest, project: Project, person: Person, into: str) -> None:
    numbers = _on_the_table(request, project)
    if into and into != "new":
        theme = _there(project, into)
        put = actions.place(theme, contributions=numbers, by=person, now=timezone.now())
        said = ngettext("%(n)s card is new in “%(name)s”.", "%(n)s cards are new in “%(name)s”.", put)
        messages.success(request, said % {"n": put, "name": theme.name})
    else:
        name = request.POST.get("name", "")
        now, uid = timezone.now(), sending.number(request, project)
        theme = actions.make_theme(project, name=name, contributions=numbers, by=person, now=now, uid=uid)
        messages.success(request, _("“%(name)s” is made.") % {"name": theme.name})


def _theme(themes: list[Filled], text: str) -> Theme:
    """One of those that they may see; another one is not there for them."""
    for one in themes:
        if str(one.theme.uid) == text:
            return one.theme
    raise refusals.ThemeGone


def _there(project: Project, text: str) -> Theme:
    """As `_theme`, for a press: only this one is looked up."""
    try:
        theme = sortable.theme_on_the_table(project, UUID(text))
    except ValueError:
        theme = None
    if theme is None:
        raise refusals.ThemeGone
    return theme


def _mine(person: Person, text: str) -> Act:
    try:
        act = Act.objects.filter(by_person=person, uid=UUID(text)).first()
    except ValueError:
        act = None
    if act is None:
        raise Http404
    return act
