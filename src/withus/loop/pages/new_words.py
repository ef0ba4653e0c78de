"""
Somebody lost their words. Whoever can describe a card of theirs gets new ones; the old ones open nothing from then on. That it was done,
and by which card, stands in the record.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.live.models import GONE, Contribution
from withus.loop.pages.held import held, hold
from withus.loop.pages.themes import frame
from withus.people import actions as people
from withus.people import link
from withus.people.models import Way
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.projects import sending
from withus.projects.access import by, team_page
from withus.projects.lasting import lasting
from withus.projects.models import Project
from withus.projects.refused import Refused

HELD = "new_words"
SHOWN_FOR = timedelta(minutes=10)
"""Time to write them down; who comes back later gives new ones (D)."""
LONGEST_MARK = 20


@never_cache
@require_http_methods(["GET", "POST"])
@team_page()
def new_words(request: HttpRequest, project: Project) -> HttpResponse:
    """The mark of a card, then the card to compare with what they say, then the new words."""
    if request.method == "POST" and request.POST.get("do") == "done":
        request.session.pop(HELD, None)
        return redirect("loop:new_words", project.address)
    asked = request.POST if request.method == "POST" else request.GET
    mark = asked.get("mark", "")[:LONGEST_MARK].replace("\x00", "").strip().upper()
    card = _card(project, mark)
    trouble = ""
    if request.method == "POST":
        if card is None or card.person is None:
            trouble = _("No card here has this mark, or nobody can be given words for it.")
        elif asked.get("described") != "yes":
            trouble = _("Let them describe the card first, and tick that they did.")
        else:
            try:
                now = timezone.now()
                seen = sending.counted(request, "seen")
                not_theirs = request.POST.get("not_theirs") == "yes"
                people.new_link(card.person, card=card.mark, by=by(request), now=now, seen=seen, not_theirs=not_theirs)
                hold(request, HELD, card.person, now=now)
                return redirect("loop:new_words", project.address)
            except people.WordsGivenMeanwhile as meanwhile:
                mine = held(request, HELD, project, most=SHOWN_FOR, now=timezone.now()).first()
                if mine is not None and mine.pk == card.person_id:
                    return redirect("loop:new_words", project.address)
                trouble = str(meanwhile.sentence)
            except Refused as refusal:
                trouble = str(refusal.sentence)
    elif mark and card is None:
        trouble = _("No card here has this mark, or nobody can be given words for it.")
    given = held(request, HELD, project, most=SHOWN_FOR, now=timezone.now())
    person = given.first() if request.method == "GET" and not mark else None
    address = lasting(project.organisation)
    context = frame(project) | {
        "mark": mark,
        "card": card,
        "reach": _written_to(card),
        "trouble": trouble,
        "words": link.speakable(person).split() if person else [],
        "short_address": f"{address}/at/{project.address}/words" if address else "",
    }
    return render(request, "loop/new_words.html", context, status=422 if trouble else 200)


def _written_to(card: Contribution | None) -> str:
    """Where we write to them, so that it can be compared with what they say; the team reads it on their lists, too."""
    way = Way.objects.filter(person=card.person_id, chosen=True).first() if card is not None else None
    return unseal_text(way.sealed) if way is not None and way.sealed else ""


def _card(project: Project, mark: str) -> Contribution | None:
    rows = Contribution.objects.filter(project=project, mark=mark).exclude(state__in=GONE)
    rows = rows.filter(staying("person__"), person__isnull=False)
    return rows.select_related("person", "person__project").first()
