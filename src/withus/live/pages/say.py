"""Keeping what somebody gives: a card, a note after the end, a subject to park. What was typed is never lost on the way."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.live import actions
from withus.live.forms import NoteForm, ParkForm, SayForm
from withus.live.models import MaySee, Media
from withus.live.pages import room
from withus.live.pages.guest import RUNNING, Guest, frame, fresh_id, guest_of
from withus.live.refusals import NothingGiven, TooLong, WorkshopClosed
from withus.methods import deck
from withus.people import here
from withus.plan.models import Block
from withus.projects.access import open_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.table.models import WorkshopState


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def say(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Keep a card, or a note once the workshop has ended."""
    guest = guest_of(request, project, uid)
    if request.method != "POST":
        return redirect("live:room", project.address, uid)
    now = timezone.now()
    if request.POST.get("note"):
        return _note(request, project, guest, now)
    form = SayForm(request.POST, request.FILES)
    turn = room.turn_of(request)
    if turn is not None:
        return room.page(request, guest, say=SayForm(initial=_as_typed(form)), turn=turn)
    if form.is_valid():
        try:
            return _thanks(request, project, _keep(project, guest, form.cleaned_data, now))
        except Refused as refusal:
            form.add_error(_field_of(refusal), str(refusal.sentence))
            if isinstance(refusal, WorkshopClosed):
                guest.workshop.state = WorkshopState.ENDED
    return room.page(request, guest, say=form)


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def park(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Set a subject aside, so that it comes back; or ask to talk about it instead of what is on now."""
    guest = guest_of(request, project, uid)
    instead = "instead" in request.GET or request.POST.get("instead") == "yes"
    form = ParkForm(request.POST or None, initial={"sent_once": fresh_id()})
    if instead:
        form.fields["words"].label = _("What would you like to talk about?")
    if request.method == "POST" and form.is_valid():
        try:
            receipt = actions.park(
                project,
                workshop=guest.workshop,
                person=guest.person,
                device=guest.device_id,
                words=form.cleaned_data["words"],
                sent_once=form.cleaned_data["sent_once"] or fresh_id(),
                language=get_language() or "",
                may_see=MaySee.WALL,
                instead=instead,
                now=timezone.now(),
            )
            return _thanks(request, project, receipt)
        except Refused as refusal:
            form.add_error("words", str(refusal.sentence))
    context = frame(project, guest.workshop, guest.person) | {"form": form, "owner": guest.owner, "instead": instead}
    return render(request, "live/park.html", context, status=422 if form.errors else 200)


def _note(request: HttpRequest, project: Project, guest: Guest, now: datetime) -> HttpResponse:
    """A note outside a workshop: for those who answer."""
    form = NoteForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            receipt = actions.add_contribution(
                project,
                person=guest.person,
                device=guest.device_id,
                words=said["words"],
                sent_once=said["sent_once"] or fresh_id(),
                language=get_language() or "",
                off_agenda=True,
                now=now,
            )
            return _thanks(request, project, receipt)
        except Refused as refusal:
            form.add_error("words", str(refusal.sentence))
    guest.workshop.state = WorkshopState.ENDED
    return room.page(request, guest, note=form)


def _thanks(request: HttpRequest, project: Project, receipt: actions.Receipt) -> HttpResponse:
    """To the receipt, with the person who gave it held by this phone. Their own words are shown there, since they have just typed them."""
    by_words = here.opened_by_words(request, project)
    address = reverse("live:receipt", args=[project.address, receipt.contribution.mark])
    response = redirect(f"{address}?show=words" if by_words else address)
    here.hold(response, receipt.person, by_words=by_words)
    return response


def _keep(project: Project, guest: Guest, said: dict[str, Any], now: datetime) -> actions.Receipt:  # Any: form data
    drawn = said["strokes"].strip("[] \n")
    if not (said["words"].strip() or said["picture"] or drawn or said["photo"] or said["voice"]):
        raise NothingGiven
    if len(said["words"]) > actions.LONGEST:
        raise TooLong
    if guest.workshop.state != WorkshopState.OPEN:
        actions.refuse_closed(guest.workshop)
    picture = said["picture"] if deck.starter().card(said["picture"]) else ""
    media, way = _media(project, said, bool(drawn), now)
    return actions.add_contribution(
        project,
        workshop=guest.workshop,
        person=guest.person,
        device=guest.device_id,
        given_by=way or ("picture" if picture else "words"),
        words=said["words"],
        picture=picture,
        media=media,
        may_see=said["may_see"] or MaySee.ANSWERERS,
        block=_block_now(guest),
        language=get_language() or "",
        sent_once=said["sent_once"] or fresh_id(),
        together=max(0, (said["together"] or 1) - 1),
        now=now,
    )


def _media(
    project: Project, said: dict[str, Any], drawn: bool, now: datetime
) -> tuple[Media | None, str]:  # Any: form data
    if drawn:
        drawing = actions.add_drawing(project, strokes=said["strokes"], now=now)
        if drawing is not None:
            return drawing, "drawing"
    for kind in ("photo", "voice"):
        if said[kind]:
            return actions.add_upload(project, file=said[kind], kind=kind, now=now), kind
    return None, ""


def _block_now(guest: Guest) -> Block | None:
    running = RUNNING.one(guest.workshop.pk)
    return running.block if running and not running.scrapped_at else None


def _as_typed(form: SayForm) -> dict[str, Any]:  # Any: what a form may hold
    return {name: form[name].value() for name in form.fields if name not in {"photo", "voice"}}


def _field_of(refusal: Refused) -> str | None:
    match refusal:
        case actions.TooBig() | actions.NotAPicture() | actions.DrawingBroken():
            return "photo"
        case actions.NotASound():
            return "voice"
        case NothingGiven() | TooLong():
            return "words"
    return None
