"""Told without a letter: a list to tick in the room, the poster, and the slips that come back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from withus.charter.models import Charter
from withus.live.models import GONE, Contribution
from withus.loop import actions, asks, letters, refusals
from withus.loop.holding import untold
from withus.loop.models import FIVE, SIXTH, STILL_SO, Telling
from withus.loop.models_of_closing import Showing
from withus.loop.pages.held import held, hold
from withus.loop.pages.themes import boxes, frame
from withus.people import tries
from withus.people.called import name_of
from withus.people.models import Person
from withus.people.staying import staying
from withus.projects import day
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.table.models import Seat, Workshop

A_LIST = 200
A_SLIP = timedelta(minutes=30)
"""So long the numbers on a letter that was made to look a slip up are taken where too many did not fit (D)."""
LOOKED_UP = "slip_looked_up"


@require_http_methods(["GET", "POST"])
@team_page()
def in_person(request: HttpRequest, project: Project) -> HttpResponse:
    """Whoever waits for an answer and may be in the room. Each is told by somebody; the tick says so, and by whom."""
    now, refusal = timezone.now(), ""
    workshops = list(Workshop.objects.filter(project=project).order_by("-on", "-starts"))
    chosen = next((one for one in workshops if str(one.uid) == request.GET.get("workshop")), None)
    if request.method == "POST":
        persons = list(Person.objects.filter(staying(), project=project, uid__in=ticked(request)))
        try:
            _note(request, project, persons, chosen)
            return redirect(request.get_full_path())
        except Refused as refused:
            refusal = str(refused.sentence)
    rows = _waiting(project, chosen)
    context = frame(project) | {
        "rows": rows[:A_LIST],
        "more": max(0, len(rows) - A_LIST),
        "workshops": workshops,
        "chosen": chosen,
        "today": day.of(project, now),
        "refusal": refusal,
        "who": request.POST.get("who", by(request).name),
        "ticked": request.POST.getlist("person"),
    }
    paper = request.GET.get("paper") == "yes"
    template = "loop/in_person_paper.html" if paper else "loop/in_person.html"
    return render(request, template, context, status=409 if refusal else 200)


def ticked(request: HttpRequest) -> list[UUID]:
    """The people whose boxes were ticked."""
    return boxes(request, "person", most=A_LIST)


def _note(request: HttpRequest, project: Project, persons: list[Person], workshop: Workshop | None) -> None:
    who = request.POST.get("who", "").strip()[:120]
    if not persons:
        raise Refused(_("Tick somebody first."))
    if not who:
        raise Refused(_("Say who told them."))
    where = workshop.title[:120] if workshop else _("Face to face")
    how = _("%(where)s, by %(who)s") % {"where": where, "who": who}
    count = actions.told_in_the_room(project, persons=persons, how=how, by=by(request), now=timezone.now())
    messages.success(request, _("%(count)s noted as told. Whether they heard is theirs to say.") % {"count": count})


def _waiting(project: Project, workshop: Workshop | None) -> list[dict[str, Any]]:  # Any: a template's rows
    """People with an answer that did not reach them yet: name or marks, and what to tell them. Four queries."""
    rows = untold(project).select_related("version__answer__theme")
    if workshop is not None:
        rows = rows.filter(person__in=Seat.objects.filter(workshop=workshop).values("person"))
    people: dict[int, dict[str, Any]] = {}
    for telling in rows:
        person = telling.person
        row = people.setdefault(
            person.pk, {"person": person, "uid": str(person.uid), "name": name_of(person), "versions": [], "marks": []}
        )
        row["versions"].append(telling.version)
    cards = Contribution.objects.filter(person__in=people).exclude(state__in=GONE).order_by("seq")
    for number, mark in cards.values_list("person", "mark"):
        people[number]["marks"].append(mark)
    return sorted(people.values(), key=lambda row: (not row["name"], row["name"].casefold(), row["marks"]))


@require_http_methods(["GET", "POST"])
@team_page()
def poster(request: HttpRequest, project: Project) -> HttpResponse:
    """Every answer with its cards' marks, A to Z, to hang up. A mark opens nothing: only who holds the card knows that it is theirs."""
    refusal = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "down":
                actions.take_down(project, by=by(request), now=timezone.now())
                messages.success(request, _("Noted: they hang there no more."))
            else:
                actions.hang_up(project, by=by(request), now=timezone.now())
                messages.success(request, _("Noted. The eight weeks begin today for those who left no way."))
            return redirect("loop:poster", project.address)
        except Refused as refused:
            refusal = str(refused.sentence)
    place = Charter.objects.filter(project=project).values_list("shown_where", flat=True).first() or ""
    versions = asks.current_versions(project)
    hangs = dict(Showing.objects.filter(answer__project=project, place=place).values_list("answer", "since"))
    context = {
        "project": project,
        "rows": [
            {
                "version": one,
                "marks": sorted(card.mark for card in actions.cards_of(one.answer)),
            }  # query -- an answer each
            for one in versions
            if one.answer.theme is None or one.answer.theme.removed_at is None
        ],
        "shown_where": place,
        "since": min(hangs.values(), default=None),
        "missing": sum(1 for one in versions if one.answer_id not in hangs),
        "refusal": refusal,
    }
    return render(request, "loop/poster.html", context, status=409 if refusal else 200)


@never_cache
@require_POST
@team_page()
def letter(request: HttpRequest, project: Project, person: UUID) -> HttpResponse:
    """
    One person's answers on paper, each with a slip to tick: to hand over, or to post after a telephone call. By a press, which stands on
    the record and on their own page: the letter opens it.
    """
    rows = Telling.objects.filter(staying("person__"), person__project=project, person__uid=person)
    rows = rows.select_related("person__name", "version__answer__theme")
    newest = {one.version.answer_id: one for one in rows.order_by("version__number", "pk")}
    if not newest and not Person.objects.filter(staying(), project=project, uid=person).exists():
        raise Http404
    tellings = tuple(newest.values())
    if tellings:
        now, tellings[0].person.project = timezone.now(), project
        actions.letters_printed(project, persons=[tellings[0].person], by=by(request), now=now)
        hold(request, LOOKED_UP, tellings[0].person, now=now)
    made = letters.sheets(project, [letters.Round(tellings[0].person, tellings, "")] if tellings else [])
    return render(request, "loop/letters_page.html", {"project": project, "letters": made, "of": person})


SLIPS = {
    actions.Slip.ENTERED: gettext_lazy("The slip is entered. Keep the paper till the project is closed."),
    actions.Slip.THERE: gettext_lazy(
        "This slip was entered before, just like this. It counts once, and nothing is lost. Go on with the next."
    ),
}


class SlipForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("The number on the slip"), max_length=20)
    says = forms.ChoiceField(
        label=gettext_lazy("What did they tick?"), choices=[*FIVE, SIXTH, *STILL_SO], widget=forms.RadioSelect
    )
    because = forms.CharField(
        label=gettext_lazy("What did they write? Word for word."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    beside = forms.BooleanField(
        label=gettext_lazy("They ticked that their words may stand beside the answer"), required=False
    )


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def slips(request: HttpRequest, project: Project) -> HttpResponse:
    """
    A slip that came back is the person's own press. Whose it was, and what others have said, this page never shows. A number that fits
    nothing is a guess, and counts; a wrong tick on a slip that there is, is none. Whoever guessed too often has a way on: one person's
    letter, made by a press that stands on the record, shows their numbers, and those are taken.
    """
    form, now = SlipForm(request.POST or None), timezone.now()
    block, closed = f"staff:{by(request).uid}", None
    if request.method == "POST" and form.is_valid():
        closed = tries.closed_until(project, block=block, device="", now=now)
        looked_up = held(request, LOOKED_UP, project, most=A_SLIP, now=now).first() if closed else None
        if closed is None or looked_up is not None:
            try:
                slip = actions.enter_slip(project, by=by(request), now=now, of=looked_up, **form.cleaned_data)
                if slip:
                    messages.success(request, SLIPS[slip])
                    return redirect("loop:slips", project.address)
                if closed is None:
                    tries.note_miss(project, block=block, device="", now=now)
                    form.add_error("code", _("No letter of this project has this number. Look at it again."))
            except Refused as refused:
                closed, about_words = None, isinstance(refused, refusals.NoWordsWithThis)
                form.add_error("because" if about_words else "says", str(refused.sentence))
    if closed is not None:
        at = day.local(project, closed).strftime("%H:%M")
        form.add_error(
            "code", _("Too many numbers did not fit. Numbers are looked at again after %(at)s.") % {"at": at}
        )
    context = frame(project) | {"form": form, "closed": closed}
    status = 429 if closed is not None else 422 if form.errors else 200
    return render(request, "loop/slips.html", context, status=status)
