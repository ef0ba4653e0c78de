"""A participant's page in a workshop: one question, four ways to answer it, and what else there is to ask for."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from withus.live import actions
from withus.live.forms import MAY_SEE_HINTS, ParkForm, SayForm
from withus.live.models import Media, Running
from withus.live.pages.guest import Guest, frame, fresh_id, guest_of
from withus.live.refusals import NothingGiven
from withus.methods import deck
from withus.people import here
from withus.projects.access import open_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.table.models import WorkshopState


@never_cache
@open_page
def room(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    guest = guest_of(request, project, uid)
    form = SayForm(initial={"sent_once": fresh_id()})
    return render(request, "live/room.html", _context(request, project, guest, form))


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def say(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Keep a card. Whatever goes wrong, what was typed is still in the field."""
    guest = guest_of(request, project, uid)
    if request.method == "GET":
        return redirect("live:room", project.address, uid)
    form = SayForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            receipt = _keep(project, guest, form)
        except Refused as refusal:
            form.add_error(_field_of(refusal), str(refusal.sentence))
        else:
            response = redirect("live:receipt", project.address, receipt.contribution.mark)
            here.hold(response, receipt.person, by_words=here.opened_by_words(request, project))
            return response
    return render(request, "live/room.html", _context(request, project, guest, form), status=422)


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def park(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Set a subject aside, so that it comes back."""
    guest = guest_of(request, project, uid)
    form = ParkForm(request.POST or None, initial={"sent_once": fresh_id()})
    if request.method == "POST" and form.is_valid():
        try:
            receipt = actions.park(
                project,
                workshop=guest.workshop,
                person=guest.person,
                device=guest.device_id,
                words=form.cleaned_data["words"],
                sent_once=form.cleaned_data["sent_once"],
                language=get_language() or "",
                may_see="wall",
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("words", str(refusal.sentence))
        else:
            response = redirect("live:receipt", project.address, receipt.contribution.mark)
            here.hold(response, receipt.person, by_words=here.opened_by_words(request, project))
            return response
    context = frame(project, guest.workshop, guest.person) | {"form": form, "owner": guest.owner}
    return render(request, "live/park.html", context, status=422 if form.errors else 200)


@require_POST
@open_page
def ask_break(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    guest = guest_of(request, project, uid)
    actions.ask_break(guest.workshop, now=timezone.now())
    messages.success(request, _("Whoever leads sees that a break would be good. Nobody sees who asked."))
    return redirect("live:room", project.address, uid)


@never_cache
@open_page
def talk(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """Who can be talked to now, and where to go when nobody is there. Nothing is queued."""
    guest = guest_of(request, project, uid)
    return render(request, "live/talk.html", frame(project, guest.workshop, guest.person))


@never_cache
@require_POST
@open_page
def pass_on(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    """End this person's page on this phone. The next one starts clean, at the room's own page."""
    guest = guest_of(request, project, uid)
    is_open = guest.workshop.state == WorkshopState.OPEN
    target = (
        reverse("live:join", args=[guest.workshop.room_code])
        if is_open
        else reverse("loop:public", args=[project.address])
    )
    response = redirect(target)
    here.forget(response, project)
    response["Clear-Site-Data"] = '"cache"'
    return response


def _keep(project: Project, guest: Guest, form: SayForm) -> actions.Receipt:
    said, now = form.cleaned_data, timezone.now()
    if not (said["words"].strip() or said["picture"] or said["strokes"].strip("[] ") or said["photo"] or said["voice"]):
        raise NothingGiven
    if guest.workshop.state != WorkshopState.OPEN:
        actions.refuse_closed(guest.workshop)
    picture = said["picture"] if deck.starter().card(said["picture"]) else ""
    media, way = _media(project, said, now)
    others = max(0, (said["together"] or 1) - 1)
    return actions.add_contribution(
        project,
        workshop=guest.workshop,
        person=guest.person,
        device=guest.device_id,
        given_by=way or ("picture" if picture else "words"),
        words=said["words"],
        picture=picture,
        media=media,
        may_see=said["may_see"] or "answerers",
        block=_block_now(guest),
        language=get_language() or "",
        sent_once=said["sent_once"],
        together=others,
        now=now,
    )


def _media(project: Project, said: dict[str, Any], now: Any) -> tuple[Media | None, str]:  # Any: cleaned form data
    if said["strokes"].strip("[] "):
        drawn = actions.add_drawing(project, strokes=said["strokes"], now=now)
        if drawn is not None:
            return drawn, "drawing"
    if said["photo"]:
        return actions.add_upload(project, file=said["photo"], kind="photo", now=now), "photo"
    if said["voice"]:
        return actions.add_upload(project, file=said["voice"], kind="voice", now=now), "voice"
    return None, ""


def _block_now(guest: Guest) -> Any:  # Any: a Block or nothing
    running = Running.objects.filter(workshop=guest.workshop, scrapped_at=None).select_related("block").first()
    return running.block if running else None


def _field_of(refusal: Refused) -> str | None:
    match refusal:
        case actions.TooBig() | actions.NotAPicture():
            return "photo"
        case actions.NotASound():
            return "voice"
        case NothingGiven():
            return "words"
    return None


def _context(request: HttpRequest, project: Project, guest: Guest, form: SayForm) -> dict[str, Any]:  # Any: a context
    turn = int(request.GET.get("more", "0")) if request.GET.get("more", "0").isdecimal() else 0
    seed = guest.owner
    known = frame(project, guest.workshop, guest.person)
    running = known["running"]
    prompt = running.block.prompt if running and running.block and not running.scrapped_at else ""
    return known | {
        "form": form,
        "owner": guest.owner,
        "prompt": prompt or (running.went_to if running and running.scrapped_at else ""),
        "hand": deck.hand(deck.starter(), seed=seed, turn=turn),
        "turn": turn + 1,
        "chosen": form["picture"].value() or "",
        "hints": MAY_SEE_HINTS,
        "lan": settings.WITHUS_LAN,
        "look_first": guest.workshop.look_first,
    }
