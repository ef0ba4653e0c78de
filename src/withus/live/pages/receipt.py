"""What somebody holds in their hand after giving: their words back, when they hear, and how to hear it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from withus.charter import hear_back
from withus.charter.models import Charter
from withus.live import actions
from withus.live.cards import card_of
from withus.live.forms import HearForm
from withus.live.models import Contribution, Use
from withus.live.pages.guest import frame
from withus.live.uses import allowed, cannot_be_called_back, printed, stands_by
from withus.people import asked, link
from withus.people.models import Person, Way, Wish
from withus.people.pages.link import whose
from withus.projects import day
from withus.projects.access import open_page
from withus.projects.lasting import lasting
from withus.projects.models import Project
from withus.projects.question import Question
from withus.projects.refused import Refused
from withus.record.chain import head_code
from withus.record.models import Entry
from withus.table import actions as table

CARDS = Question(Contribution.objects.select_related("workshop", "media"), "project", "mark")
CHOSEN = Question(Way.objects.filter(chosen=True), "person")
WISHES = Question(Wish.objects.all(), "person")
ENTRIES = Question(Entry.objects.all(), "project", "seq")


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def receipt(request: HttpRequest, project: Project, mark: str) -> HttpResponse:
    """Only for whose card it is."""
    person = whose(request, project)
    if person.erasing_at is not None:
        return redirect("loop:me", project.address)
    card = card_at(project, person, mark)
    form = HearForm(request.POST or None, initial=_chosen(person))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            way = said["way"] or "none"
            table.choose_way(
                person,
                way=way,
                address=said["where"],
                how_often=said["how_often"],
                now=timezone.now(),
                by_words=person.by_words,
            )
            messages.success(request, _("Your choice is kept."))
            return redirect("live:receipt", project.address, mark)
        except Refused as refusal:
            form.add_error("where", str(refusal.sentence))
    context = _context(project, person, card, form) | {
        "asked": asked.waits(person) if person.by_words else None,
        "may_read": not person.by_words or request.GET.get("show") == "words",
    }
    return render(request, "live/receipt.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@open_page
def slip(request: HttpRequest, project: Project, mark: str) -> HttpResponse:
    """
    A slip to print, with link, words and the record's head. Without the link for who came by words: it could do more than they can, and
    words can be overheard.
    """
    person = whose(request, project)
    context = _context(project, person, card_at(project, person, mark), HearForm())
    if person.by_words:
        context["link_address"] = ""
    return render(request, "live/slip.html", context)


@never_cache
@require_POST
@open_page
def take_back(request: HttpRequest, project: Project, mark: str) -> HttpResponse:
    person = whose(request, project)
    card = card_at(project, person, mark)
    stood = stands_by(card)
    try:
        actions.withdraw(card, person=person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("live:receipt", project.address, mark)
    messages.success(request, _("You took your card back. Nobody sees it any more."))
    for one in stood:
        messages.info(request, cannot_be_called_back(one))
    if printed(card):
        messages.info(request, _("Your words were printed. What is on paper cannot be called back."))
    return redirect("loop:me", project.address)


def card_at(project: Project, person: Person, mark: str) -> Contribution:
    """Their own, or one that they said together with others; 404 for everybody else."""
    card = CARDS.one(project.pk, mark)
    if card is None or not (card.person_id == person.pk or card.with_persons.filter(pk=person.pk).exists()):
        raise Http404
    return card


def answer_by(project: Project, card: Contribution, own: Charter | None) -> date:
    """The day that the charter gave, where it was still to come; else twelve weeks from when it was given."""
    given, promised = day.of(project, card.given_at), own.hear_back_on if own else None
    return promised if promised is not None and promised >= given else given + day.TWELVE_WEEKS


def _chosen(person: Person) -> dict[str, str]:
    way = CHOSEN.one(person.pk)
    wish = WISHES.one(person.pk)
    return {"way": way.kind if way else "", "how_often": wish.how_often if wish else ""}


def _context(project: Project, person: Person, card: Contribution, form: HearForm) -> dict[str, Any]:  # Any: a context
    entry = ENTRIES.one(project.pk, card.seq)
    address = lasting(project.organisation)
    known = frame(project, card.workshop, person)
    by, hear = answer_by(project, card, known["charter"]), hear_back.of(project, known["charter"], now=timezone.now())
    told_first = hear.was is not None and by == hear.on and hear.was >= day.of(project, card.given_at)
    return known | {
        "hear": hear,
        "was": hear.was if told_first else None,
        "passed": by < day.of(project, timezone.now()),
        "person": person,
        "card": card,
        "allowed": sorted(str(Use(use).label) for use in allowed(card)),
        "given_today": day.of(project, card.given_at) == day.of(project, timezone.now()),
        "answer_by": by,
        "shown": card_of(card, address=project.address),
        "form": form,
        "words": link.speakable(person).split(),
        "others": [link.speakable(one).split() for one in card.with_persons.all()]
        if card.person_id == person.pk
        else [],
        "lasting": address,
        "short_address": f"{address}/at/{project.address}/words" if address else "",
        "link_address": link.taken_home(person),
        "code": head_code(entry.seq, entry.hash) if entry else "",
        "pass_url": reverse("live:pass_on", args=[project.address, card.workshop.uid]) if card.workshop else "",
    }
