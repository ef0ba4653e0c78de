"""A person's own page: what they gave, what became of it, and one question that only they can answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from withus.charter import asks as charter
from withus.charter import hear_back
from withus.charter.models import Change, Charter
from withus.charter.said import in_words
from withus.findings import asks as findings
from withus.live import actions as live
from withus.live import follow as live_follow
from withus.live.duty import reads
from withus.live.models import CardState, Contribution
from withus.live.pages.guest import lines_of
from withus.loop import actions, as_read, asks
from withus.loop.actions.owing import REOPENS_FOR
from withus.loop.actions.turning import waiting
from withus.loop.changes import changed_since_told
from withus.loop.forms import ConfirmForm
from withus.loop.given import Given, given_by, learned_where
from withus.loop.models import FIVE, Answer, AnswerVersion, Confirmation, Sorter, Telling, Theme
from withus.loop.models_of_answers import MayName, StillSo
from withus.loop.models_of_closing import Notice
from withus.loop.named import name_under
from withus.loop.spoken_to import in_or_answered
from withus.loop.wordings import all_of, for_person
from withus.people import actions as people
from withus.people import asked, here
from withus.people.called import name_of
from withus.people.models import Person
from withus.people.pages.link import to_words
from withus.projects import day
from withus.projects.access import open_page
from withus.projects.models import Project, ProjectState
from withus.projects.question import Question
from withus.projects.refused import Refused
from withus.record.models import Opening
from withus.table.models import Seat, Workshop, WorkshopState

SEATS = Question(
    Seat.objects.exclude(workshop__state=WorkshopState.ENDED).select_related("workshop").order_by("pk"), "person"
)
OPENED = Question(
    Opening.objects.filter(kind__in=("page.read_out", "letters.printed", "slip.printed")).order_by("-entry__seq"),
    "entry__project",
    "about",
)
KEYS = Question(Opening.objects.filter(kind="key.turned").order_by("-entry__seq"), "entry__project", "by")
UNREAD = Question(
    Notice.objects.filter(turning__ended_at=None, read_at=None)
    .select_related("turning__to", "turning__to_organisation")
    .order_by("-pk"),
    "person",
)
SORTS = Question(Sorter.objects.filter(ended_at=None), "person")
ASKS = Question(StillSo.objects.filter(so=None).select_related("answer").order_by("pk"), "person")
NARROWED = Question(Change.objects.filter(narrows=True).select_related("decision").order_by("-at", "-pk"), "project")


@never_cache
@open_page
def me(request: HttpRequest, project: Project) -> HttpResponse:
    """Own cards and their answers. Opened by words, own words show after one more press."""
    person = here.person_here(request, project)
    if person is None:
        return redirect("people:words", project.address)
    part = charter.part(project, person)
    cards = [] if person.erasing_at else given_by(person, project)
    now, changes = timezone.now(), NARROWED.all(project.pk)
    hear = hear_back.of(project, part.charter, now=now, changes=changes)
    for one in cards:
        one.moved = hasattr(one.card, "due") and hear.moved_for(one.card.due.on)
    learned = learned_where(cards, project) if cards else []
    seats = SEATS.all(person.pk)
    context = framed(project, person, part.charter) | {
        "cards": cards,
        "room": _room(cards, seats),
        "learned": learned,
        "answers": len({answer.pk for one in cards for answer in one.answers} | {one.pk for one in learned}),
        "may_name": MayName.objects.filter(project=project, person=person).exists() if person.co_lead else False,
        "show_words": not person.by_words or request.GET.get("show") == "words",
        "seats": seats if project.state != ProjectState.CLOSED else [],
        "changes": in_words(changes[:5]),
        "hear": hear,
        "settled_up": hear.passed,
        "owned": findings.owned(project)[:3],
        "still": ASKS.all(person.pk) if learned or any(one.answers for one in cards) else [],
        "sorts": SORTS.one(person.pk) is not None,
        "part": part,
        "erasing": person.erasing_at,
        "gone_soon": person.erasing_at is not None and person.erasing_at <= now,
        "opened": opened_by_the_team(person),
        "turned": keys_turned_as(person) if person.co_lead else [],
        "notice": unread(person),
        "asked": asked.waits(person),
        "key": waiting(project, now=now) if person.co_lead else None,
        "just_turned": actions.just_turned(project, now=now) if person.co_lead else None,
    }
    return render(request, "loop/me.html", context)


def _room(cards: list[Given], seats: list[Seat]) -> Workshop | None:
    """The room that is open now in which they gave something, so that they find back. Those with a seat are led there by it."""
    seated = {seat.workshop_id for seat in seats}
    rooms = (one.card.workshop for one in reversed(cards) if one.card.workshop_id not in seated)
    return next((room for room in rooms if room is not None and room.state == WorkshopState.OPEN), None)


@never_cache
@require_POST
@open_page
def fits(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Whether the team put a card with what its author meant. `uid` is the theme's."""
    person = here.person_here(request, project)
    if person is None:
        return redirect("people:words", project.address)
    theme = Theme.objects.filter(project=project, uid=uid).first()
    card = Contribution.objects.filter(project=project, mark=request.POST.get("card", "")[:8]).first()
    says = request.POST.get("says")
    if theme is None or card is None or says not in ("right", "not meant"):
        return redirect("loop:me", project.address)
    try:
        actions.say_it_fits(card, theme=theme, person=person, right=says == "right", now=timezone.now())
    except Refused as refusal:
        return render(request, "ui/refused.html", {"sentence": refusal.sentence}, status=404)
    if says == "right":
        messages.success(request, _("Thank you. It stays there."))
    else:
        messages.success(request, _("Thank you. We took it out."))
    return redirect("loop:me", project.address)


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def answer(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """One answer to this person, with their own words, and the one question."""
    person = here.person_here(request, project)
    if person is None:
        return to_words(request, project, "because")
    row, version = _answer_to(project, person, uid)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.confirm(
                person,
                answer=row,
                says=said["says"],
                because=said["because"],
                beside=said["beside"],
                now=timezone.now(),
            )
            messages.success(request, _("Thank you. You can change it at any time."))
            return redirect("loop:answer", project.address, uid)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    last = Confirmation.objects.filter(person=person, answer=row).order_by("-at", "-pk").first()
    newer = last is not None and version.published_at is not None and last.at < version.published_at
    mine, texts = _cards_in(row, person), all_of(version)
    context = framed(project, person) | {
        "answer": row,
        "version": version,
        "mine": mine,
        "changes": changed_since_told(version, person),
        "read_as": as_read.one(row.theme, without=mine) if row.theme else None,
        "form": form,
        "says": FIVE,
        "wordings": texts,
        "text": for_person(person, texts, request.GET.get("in", "")),
        "may_end": actions.may_end(person, row),
        "still": StillSo.objects.filter(answer=row, person=person).first(),
        "name": name_under(version),
        "last": None if newer else last,
        "earlier": last if newer else None,
        "again": request.GET.get("again") == "yes",
    }
    return render(request, "loop/answer.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@open_page
def still_so(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Four weeks after a promise was kept: is it still so?"""
    person = here.person_here(request, project)
    if person is None:
        return redirect("people:words", project.address)
    row, _version = _answer_to(project, person, uid)
    if request.POST.get("so") in ("yes", "no"):
        try:
            actions.say_still_so(person, answer=row, so=request.POST["so"] == "yes", now=timezone.now())
            messages.success(request, _("Thank you. You can change it at any time."))
        except Refused as refusal:
            return render(request, "ui/refused.html", {"sentence": refusal.sentence}, status=409)
    return redirect("loop:answer", project.address, uid)


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def erase(request: HttpRequest, project: Project) -> HttpResponse:
    """
    Take everything back. By words it can be undone for 14 days; by the link it is final within a minute, unless our letters have brought
    that link where only the words were known.
    """
    person = here.person_here(request, project)
    if person is None:
        return redirect("people:words", project.address)
    can_undo = person.by_words or asked.by_words_since(person) is not None
    if request.method == "POST":
        if request.POST.get("undo"):
            try:
                live.stop_erasing(person, now=timezone.now())
            except Refused as refusal:
                return render(request, "ui/refused.html", {"sentence": refusal.sentence}, status=409)
            live_follow.show_all_of(person)
            messages.success(request, _("Everything is back."))
        else:
            people.begin_erasing(person, now=timezone.now(), at_once=not can_undo)
            live_follow.hide_all_of(person)
        return redirect("loop:me", project.address)
    return render(request, "loop/erase.html", framed(project, person) | {"can_undo": can_undo})


def opened_by_the_team(person: Person) -> list[Opening]:
    """When somebody of the team opened this page on the telephone, with their yes, or made a letter or a slip that opens it."""
    return OPENED.all(person.project_id, str(person.uid))[:3]


def keys_turned_as(person: Person) -> list[Opening]:
    """Whoever pressed in their place leaves this on their page."""
    return KEYS.all(person.project_id, f"person:{person.uid}")[:3]


def unread(person: Person) -> Notice | None:
    """That it rests or goes into other hands, till they say that they have read it."""
    return UNREAD.one(person.pk)


def _answer_to(project: Project, person: Person, uid: UUID) -> tuple[Answer, AnswerVersion]:
    rows = Answer.objects.filter(project=project, uid=uid)
    row = rows.select_related("theme", "contribution", "learned__workshop", "project").first()
    version = asks.published(row) if row else None
    if row is None or version is None:
        raise Http404
    version.answer = row
    mine = Q(person=person) | Q(with_persons=person)
    if not actions.reached_by(row).filter(mine).exists() and not _was_told(person, row):
        raise Http404
    return row, version


def _was_told(person: Person, row: Answer) -> bool:
    """The letter that they have leads here, also where their card lies elsewhere since. Not while all of theirs is hidden."""
    return person.erasing_at is None and Telling.objects.filter(person=person, version__answer=row).exists()


def _cards_in(row: Answer, person: Person) -> list[Contribution]:
    mine = Q(person=person) | Q(with_persons=person)
    cards = Contribution.objects.filter(mine, project=row.project).exclude(state=CardState.ERASED)
    cards = cards.filter(in_or_answered(row)) if row.theme else cards.filter(answers=row)
    return list(cards.exclude(state=CardState.WITHDRAWN).distinct().order_by("seq"))


def framed(project: Project, person: Person, own: Charter | None = None) -> dict[str, Any]:  # Any: a template context
    own = own or charter.of(project)
    duty = reads(project, None, None, now=timezone.now())
    return {
        "today": day.of(project, timezone.now()),
        "on_duty": duty.who,
        "reads_next": duty.next_at,
        "project": project,
        "place": project.title,
        "person": person,
        "whose_name": name_of(person),
        "charter": own,
        "support_lines": lines_of(own.support_lines),
        "over": project.closed_at is not None and timezone.now() - project.closed_at > REOPENS_FOR,
    }
