"""When a workshop is over: how it was, as far as the team knows. Every question may be left."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from withus.live import actions, refusals
from withus.live.models import Afterwards
from withus.plan.models import Block, BlockKind
from withus.projects.access import by, team_page
from withus.projects.models import Project
from withus.projects.refused import Refused
from withus.projects.sections import sections
from withus.table.pages.workshops import workshop_of

CARDS = ("asked", "could_say", "felt_decided", "know_next")
MOST = 10_000


class AfterwardsForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    wandering = forms.ChoiceField(
        label=gettext_lazy("Did the talk leave the plan?"),
        choices=[
            ("", gettext_lazy("I do not know")),
            ("none", gettext_lazy("It did not.")),
            ("followed", gettext_lazy("Yes, and we followed it.")),
            ("brought back", gettext_lazy("Yes, and it was brought back to the plan.")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    incidents = forms.CharField(
        label=gettext_lazy("Did something go wrong in the room?"),
        help_text=gettext_lazy("One a line. Name nobody."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    speaking_lived = forms.IntegerField(
        label=gettext_lazy("If the group chose to count: how much of the talk was that of the members?"),
        help_text=gettext_lazy("Of a hundred minutes of talk."),
        min_value=0,
        max_value=100,
        required=False,
    )
    asked = forms.IntegerField(
        label=gettext_lazy("How many cards came in?"), min_value=0, max_value=MOST, required=False
    )
    could_say = forms.IntegerField(
        label=gettext_lazy("On how many: I could say what I needed to say"), min_value=0, max_value=MOST, required=False
    )
    felt_decided = forms.IntegerField(
        label=gettext_lazy("On how many: it felt already decided"), min_value=0, max_value=MOST, required=False
    )
    know_next = forms.IntegerField(
        label=gettext_lazy("On how many: I know what happens next"), min_value=0, max_value=MOST, required=False
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:  # Any: Form's own
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            self.fields[_field(kind)] = forms.IntegerField(
                label=BlockKind(kind).label, min_value=0, max_value=24 * 60, required=False
            )

    def minutes(self) -> list[forms.BoundField]:
        return [self[_field(kind)] for kind in self.kinds]

    def for_action(self) -> dict[str, Any]:  # Any: the action's own arguments
        said = self.cleaned_data
        return {
            "version": said["version"],
            "wandering": said["wandering"],
            "incidents": said["incidents"],
            "speaking_lived": said["speaking_lived"],
            "minutes": {kind: said[_field(kind)] for kind in self.kinds if said[_field(kind)] is not None},
            "pulse": {name: said[name] for name in CARDS if said[name] is not None},
        }


@require_http_methods(["GET", "POST"])
@team_page()
def afterwards(request: HttpRequest, project: Project, uid: UUID) -> HttpResponse:
    workshop = workshop_of(project, uid)
    if workshop.state != "ended":
        raise Http404
    kept = Afterwards.objects.filter(workshop=workshop).first() or Afterwards(workshop=workshop)
    kinds = [kind for kind in BlockKind.values if Block.objects.filter(workshop=workshop, kind=kind).exists()]
    initial = {name: getattr(kept, name) for name in ("version", "wandering", "incidents", "speaking_lived")}
    initial |= kept.pulse | {_field(kind): count for kind, count in kept.minutes.items()}
    form = AfterwardsForm(request.POST or None, kinds=kinds, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_afterwards(workshop, **form.for_action(), by=by(request), now=timezone.now())
            messages.success(request, _("Noted."))
            return redirect("live:workshops", project.address)
        except refusals.NotedMeanwhile as clash:
            form.data = {**request.POST.dict(), "version": str(kept.version)}
            form.add_error(None, str(clash.sentence))
        except Refused as refusal:
            form.add_error("asked" if isinstance(refusal, refusals.MoreThanCards) else None, str(refusal.sentence))
    context = {
        "project": project,
        "sections": sections(project, here="live"),
        "section": "live",
        "workshop": workshop,
        "form": form,
        "theirs": kept.incidents if form.non_field_errors() else "",
    }
    return render(request, "live/afterwards.html", context, status=422 if form.errors else 200)


def _field(kind: str) -> str:
    return f"minutes_{kind.replace(' ', '_')}"
