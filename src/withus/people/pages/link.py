"""Opening somebody's page: by their link, by their words; and letting go of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from withus.people import here, link, tries
from withus.people.models import Person
from withus.projects import day
from withus.projects.access import open_page
from withus.projects.models import Project

LONGEST_WORDS = 200


@never_cache
@require_http_methods(["GET", "POST"])
def personal(request: HttpRequest, secret: str) -> HttpResponse:
    """
    A personal link: hold the person in one cookie and go on to a clean address. Where the browser holds somebody else already, ask first.
    """
    person = link.by_link(secret)
    if person is None:
        return render(request, "people/no_such_link.html", status=404)
    held = here.person_here(request, person.project)
    if request.method == "GET" and held is not None and held.pk != person.pk:
        return render(request, "people/switch.html", {"project": person.project, "place": person.project.title})
    return _hold(person, by_words=False, remember=False)


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def words(request: HttpRequest, project: Project) -> HttpResponse:
    """Type four words. Spelling is forgiven after the third letter; guessing is limited."""
    now = timezone.now()
    context = {"project": project, "place": project.title, "typed": "", "trouble": ""}
    if request.method == "GET":
        return render(request, "people/words.html", context)
    device = here.device_here(request, project)
    block, device_id = tries.block_of(request), device.id if device else ""
    typed = request.POST.get("words", "")[:LONGEST_WORDS].replace("\x00", "")
    context["typed"] = typed
    closed = tries.closed_until(project, block=block, device=device_id, now=now)
    if closed is not None:
        at = day.local(project, closed).strftime("%H:%M")
        context["trouble"] = _(
            "Too many words did not fit. Try again after %(at)s. Your link or QR code still works."
        ) % {"at": at}
        return render(request, "people/words.html", context, status=429)
    person = link.by_words(project, typed)
    if person is None:
        tries.note_miss(project, block=block, device=device_id, now=now)
        context["trouble"] = _("These words open nothing here. Look at your slip again, or ring us.")
        return render(request, "people/words.html", context, status=422)
    return _hold(person, by_words=True, remember=bool(request.POST.get("remember")))


@require_POST
@open_page
def forget(request: HttpRequest, project: Project) -> HttpResponse:
    """This phone, or a computer in a library, forgets whose page it was: cookies, and pages that it might have kept."""
    if request.POST.get("finish"):
        messages.success(request, _("This computer has forgotten your page. You can close the window."))
    response = redirect("loop:public", project.address)
    here.forget(response, project)
    response["Clear-Site-Data"] = '"cache"'
    return response


def _hold(person: Person, *, by_words: bool, remember: bool) -> HttpResponse:
    response = redirect(reverse("loop:me", args=[person.project.address]))
    here.hold(response, person, by_words=by_words, remember=remember)
    return response


def to_words(request: HttpRequest, project: Project, *texts: str) -> HttpResponse:
    """
    This phone does not know any more whose page it is; four words open it. Of a form that was sent, what stands in `texts` went
    nowhere, and is on the page to be copied.
    """
    kept = [request.POST[name] for name in texts if request.POST.get(name)]
    if not kept:
        return redirect("people:words", project.address)
    context = {"project": project, "place": project.title, "typed": "", "trouble": "", "kept": kept}
    return render(request, "people/words.html", context, status=409)


def whose(request: HttpRequest, project: Project) -> Person:
    """The person whose page this is; 404 for nobody, so that a stranger learns nothing."""
    person = here.person_here(request, project)
    if person is None:
        raise Http404
    return person
