"""The wall: newest cards, parked subjects and the room's code, for a screen that everybody in the room can see."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from withus.charter import asks as charter
from withus.live.asks import seen, seen_parked
from withus.live.cards import card_of
from withus.live.models import CardState, Contribution, MaySee, ParkedSubject, Running
from withus.projects.access import team_page
from withus.projects.models import Project
from withus.stream import Audience, Topic, give
from withus.table.pages.workshops import workshop_of

NEWEST = 6
TICKET_HOURS = 12


@team_page()
def wall(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    workshop = workshop_of(project, uid)
    language = get_language() or "en"
    topic = Topic(workshop.uid, Audience.WALL, language)
    cards = seen(
        Contribution.objects.filter(
            workshop=workshop, state=CardState.SHOWN, may_see=MaySee.WALL, shown__isnull=False, parked=None
        )
    )
    parked = ParkedSubject.objects.filter(
        workshop__project=project, returned_on=None, contribution__state=CardState.SHOWN
    )
    running = Running.objects.filter(workshop=workshop).select_related("block").first()
    context = {
        "project": project,
        "workshop": workshop,
        "prompt": running.block.prompt if running and running.block and not running.scrapped_at else "",
        "went_to": running.went_to if running and running.scrapped_at else "",
        "cards": [
            card_of(row, address=project.address) for row in cards.select_related("media").order_by("-shown")[:NEWEST]
        ],
        "parked": seen_parked(parked).select_related("contribution")[:8],
        "join_address": f"{settings.WITHUS_ADDRESS}/r/{workshop.room_code}",
        "short_address": f"{settings.WITHUS_ADDRESS}/at/{project.address}",
        "part": charter.part(project),
        "stream_url": topic.address(workshop.shown),
    }
    response = render(request, "live/wall.html", context)
    give(
        response,
        topic,
        series=project.uid,
        number=project.stream_number,
        hours=TICKET_HOURS,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
