"""What only the person says: what they lived, what they need, how to reach them, whether they come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from withus.people import asked, here
from withus.people.called import name_of
from withus.people.models import Way, Wish
from withus.people.pages.link import to_words
from withus.people.sealed import unseal
from withus.projects.access import open_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.table import actions
from withus.table.forms import AboutMeForm, AnswerForm
from withus.table.models import Seat, WorkshopState


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def about(request: HttpRequest, project: Project) -> HttpResponse:
    person = here.person_here(request, project)
    if person is None:
        return to_words(request, project, "needs", "address")
    place, need = getattr(person, "place", None), getattr(person, "need", None)
    way, wish = Way.objects.filter(person=person, chosen=True).first(), Wish.objects.filter(person=person).first()
    initial = {
        "lived": place.lived if place else "",
        "needs": "\n".join(unseal(need.sealed) or []) if need else "",
        "way": way.kind if way else "",
        "how_often": wish.how_often if wish else "",
    }
    form = AboutMeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        try:
            if said["way"]:
                actions.choose_way(
                    person,
                    way=said["way"],
                    address=said["address"],
                    how_often=said["how_often"],
                    now=now,
                    by_words=person.by_words,
                )
            if said["lived"]:
                actions.say_lived(person, lived=said["lived"], now=now)
            actions.say_needs(person, needs=said["needs"].splitlines(), now=now)
            messages.success(request, _("Kept. Only those who need it can read it."))
            return redirect("table:about", project.address)
        except Refused as refusal:
            form.add_error("address" if isinstance(refusal, actions.NoAddress) else None, str(refusal.sentence))
    context = {
        "project": project,
        "place": project.title,
        "person": person,
        "whose_name": name_of(person),
        "form": form,
        "seats": Seat.objects.filter(person=person)
        .exclude(workshop__state=WorkshopState.ENDED)
        .select_related("workshop"),
        "way": way,
        "asked": asked.waits(person),
    }
    return render(request, "table/about.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@open_page
def keep_way(request: HttpRequest, project: Project) -> HttpResponse:
    """They did not ask for another way, or think otherwise: it stays as it stood."""
    person = here.person_here(request, project)
    if person is None:
        return redirect("people:words", project.address)
    try:
        actions.keep_way(person, now=timezone.now())
    except Refused as refusal:
        return render(request, "ui/refused.html", {"sentence": refusal.sentence}, status=409)
    messages.success(
        request, _("It stays as it was. Was it not you? Then somebody knows your four words: ring us for new ones.")
    )
    return redirect("loop:me", project.address)


@require_POST
@open_page
def answer(request: HttpRequest, project: Project) -> HttpResponse:
    """Comes, can't come, maybe."""
    person = here.person_here(request, project)
    if person is None:
        return redirect("people:words", project.address)
    form = AnswerForm(request.POST, person=person)
    if form.is_valid():
        seat = Seat.objects.select_related("workshop__project", "person").get(
            person=person, workshop=form.cleaned_data["workshop"]
        )
        try:
            actions.answer_invitation(seat, answer=form.cleaned_data["answer"], now=timezone.now())
            messages.success(request, _("Thank you. We have noted it."))
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
    return redirect("table:about", project.address)
