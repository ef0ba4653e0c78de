"""A participant's page in a workshop: one question, four ways to answer it, and what else there is to ask for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from withus.live import actions
from withus.live.forms import NoteForm, SayForm
from withus.live.pages.guest import Guest, frame, fresh_id, guest_of
from withus.methods import deck
from withus.projects.access import open_page
from withus.projects.models import Project

MOST_TURNS = 1000


@never_cache
@require_safe
@open_page
def room(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    guest = guest_of(request, project, uid)
    if guest.person is not None and guest.person.erasing_at is not None:
        return redirect("loop:me", project.address)
    return page(request, guest)


@never_cache
@require_POST
@open_page
def ask_break(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    guest = guest_of(request, project, uid)
    actions.ask_break(guest.workshop, now=timezone.now())
    messages.success(request, _("Whoever leads sees that a break would be good. Nobody sees who asked."))
    return redirect("live:room", project.address, uid)


def page(
    request: HttpRequest,
    guest: Guest,
    *,
    say: SayForm | None = None,
    note: NoteForm | None = None,
    turn: int | None = None,
) -> HttpResponse:
    """The page with a fresh form, or with `say` as it was sent and what is wrong with it. After the end: with the form for a note."""
    known = frame(guest.workshop.project, guest.workshop, guest.person)
    wrong = bool((say and say.errors) or (note and note.errors))
    if known["has_ended"]:
        kept = say["words"].value() if say else ""
        note = note or NoteForm(initial={"sent_once": fresh_id(), "words": kept})
        context = known | {"form": note, "owner": guest.owner, "refused": say.errors if say else None}
        return render(request, "live/ended.html", context, status=422 if wrong else 200)
    say = say or SayForm(initial={"sent_once": fresh_id()})
    context = known | _cards(guest, say, turn if turn is not None else _turn(request.GET.get("more", "")))
    context |= {"form": say, "owner": guest.owner, "prompt": _prompt(known)}
    return render(request, "live/room.html", context, status=422 if wrong else 200)


def turn_of(request: HttpRequest) -> int | None:
    """Which eight pictures somebody asked to see, with the button that keeps what they wrote."""
    return _turn(request.POST["more"]) if "more" in request.POST else None


def _turn(asked: str) -> int:
    return int(asked) % MOST_TURNS if asked.isdecimal() and len(asked) < 9 else 0


def _prompt(known: dict[str, Any]) -> str:  # Any: a template context
    running = known["running"]
    if running is None:
        return ""
    if running.scrapped_at:
        return str(running.went_to)
    return running.block.prompt if running.block else ""


def _cards(guest: Guest, form: SayForm, turn: int) -> dict[str, Any]:  # Any: a template context
    """Eight pictures in this person's own order; the one that they chose is always among them."""
    chosen = str(form["picture"].value() or "")
    hand = deck.hand(deck.starter(), seed=guest.owner, turn=turn)
    picked = deck.starter().card(chosen) if chosen else None
    if picked is not None and picked not in hand:
        hand = (picked, *hand)
    shown = [(card, card.id == chosen) for card in hand]
    return {"hand": shown, "turn": turn + 1, "chosen": chosen, "look_first": guest.workshop.look_first}
