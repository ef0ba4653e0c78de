"""
A co-lead without an account sees on their own page what waits for a key, and turns theirs from the mail that asks for it. And everybody
says that they have read a notice.
"""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from withus.loop import actions, refusals, turning_mail
from withus.loop.actions.turning import SECOND_WITHIN
from withus.loop.holding import holds
from withus.loop.models_of_closing import Turn
from withus.people import here
from withus.people.called import name_of
from withus.people.models import Person
from withus.people.pages.link import whose
from withus.projects.access import open_page
from withus.projects.models import Project
from withus.projects.refused import Refused


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def key(request: HttpRequest, project: Project) -> HttpResponse:
    """What waits for a co-lead's key, with all that it says."""
    person = here.person_here(request, project)
    if person is None or not person.co_lead:
        raise Http404
    return _key(request, project, actions.Hand(person=person), person)


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def key_by_mail(request: HttpRequest, project: Project, token: str) -> HttpResponse:
    """The same from the mail that asked for it. Opening it turns nothing; it is good for what that mail asked, as long as that waits."""
    person = turning_mail.asked_by(project, token)
    if person is None:
        raise Http404
    return _key(request, project, actions.Hand(person=person, asked=True), person)


def _key(request: HttpRequest, project: Project, hand: actions.Hand, person: Person) -> HttpResponse:
    now, refusal = timezone.now(), ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "object":
                _stop(request, project, person, now=now)
            else:
                press_second(request, project, hand, now=now)
            return redirect(request.path)
        except Refused as refused:
            refusal = str(refused.sentence)
    waits = actions.waiting(project, now=now)
    found = holds(project, now=now) if waits and waits.what == Turn.CLOSE else None
    why_not = actions.why_not_second(project, waits, hand) if waits else None
    turned = actions.just_turned(project, now=now)
    context = {
        "turned": turned,
        "turned_mine": turned is not None and actions.turned_already(project, str(turned.uid), hand),
        "stop_until": turned.turned_at + SECOND_WITHIN if turned and turned.turned_at else None,
        "project": project,
        "place": project.title,
        "whose_name": name_of(person),
        "person": person,
        "waits": waits,
        "waits_until": waits.asked_at + SECOND_WITHIN if waits else None,
        "owed": len(found.dues) + len(found.said_no) if found else 0,
        "asked": hand.asked,
        "by_mail": not hand.asked and waits is not None and actions.asked_by_mail(waits, person),
        "may_second": waits is not None and why_not is None,
        "why_not": why_not.sentence if why_not else "",
        "no_proof": isinstance(why_not, refusals.SomebodyHoldsYourLink | refusals.AddressTooNew),
        "refusal": refusal,
    }
    return render(request, "loop/key.html", context, status=409 if refusal else 200)


def _stop(request: HttpRequest, project: Project, person: Person, *, now: datetime) -> None:
    """What they read was turned. Pressed twice, it is stopped, and says so."""
    row, sent = actions.just_turned(project, now=now), request.POST.get("turning", "")
    if row is not None and str(row.uid) == sent:
        actions.object_to(row, by=person, now=now)
    elif not actions.stopped_already(project, sent, person):
        raise refusals.NothingToStop
    messages.success(request, _("It is stopped. The team reads so, and it stands in the record."))


@require_POST
@open_page
def noticed(request: HttpRequest, project: Project) -> HttpResponse:
    """The person's own press: they know that it rests, or goes elsewhere."""
    person = whose(request, project)
    actions.notice_read(person, now=timezone.now())
    messages.success(request, _("Thank you. We do not tell you this again."))
    return redirect("loop:me", project.address)


def press_second(request: HttpRequest, project: Project, hand: actions.Hand, *, now: datetime) -> None:
    """Turns the second key of what the page showed, or takes the first one back. Pressed twice, it is turned, and says so."""
    row, sent = actions.waiting(project, now=now), request.POST.get("turning", "")
    back = request.POST.get("do") == "back"
    if row is None or str(row.uid) != sent:
        if back or not actions.turned_already(project, sent, hand):
            raise refusals.NothingWaits
        messages.success(request, _("Both keys are turned."))
    elif back:
        actions.take_key_back(row, by=hand, now=now)
        messages.success(request, _("It is taken back. Nothing has changed."))
    else:
        actions.second_key(row, by=hand, now=now)
        messages.success(request, _("Both keys are turned."))
