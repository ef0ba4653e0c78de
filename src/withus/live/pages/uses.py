"""Where the words of one card may stand as words: asked of whose card it is, and theirs to take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from withus.live import actions
from withus.live.forms import UsesForm
from withus.live.models import Contribution
from withus.live.pages.guest import frame
from withus.live.pages.receipt import card_at
from withus.live.uses import allowed, cannot_be_called_back, printed, said_by
from withus.people.models import Person
from withus.people.pages.link import whose
from withus.projects.access import open_page
from withus.projects.models import Project
from withus.projects.refused import Refused


@never_cache
@require_http_methods(["GET", "POST"])
@open_page
def uses(request: HttpRequest, project: Project, mark: str) -> HttpResponse:
    person = whose(request, project)
    if person.erasing_at is not None:
        return redirect("loop:me", project.address)
    card = card_at(project, person, mark)
    form = UsesForm(request.POST or None, initial={"uses": sorted(_ticked(card, person))})
    if request.method == "POST" and "keep" in request.POST and form.is_valid():
        try:
            taken = actions.allow_uses(card, person=person, uses=form.cleaned_data["uses"], now=timezone.now())
            messages.success(request, _("Your choice is kept."))
            for one in taken:
                messages.info(request, cannot_be_called_back(one))
            return redirect("live:uses", project.address, mark)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
    context: dict[str, Any] = frame(project, card.workshop, person) | {  # Any: a template context
        "person": person,
        "card": card,
        "form": form,
        "allowed": allowed(card),
        "printed": printed(card),
        "together": card.with_persons.exists(),
    }
    return render(request, "live/uses.html", context, status=422 if form.errors else 200)


def _ticked(card: Contribution, person: Person) -> set[str]:
    """What they said themselves; where they have not said, what stands for the card."""
    own = {one.use: one.yes for one in said_by(card, person)}
    return {use for use in allowed(card) | own.keys() if own.get(use, True)}
