"""From nothing to the first invitation in six answers, one question a page. All but two may be left for later."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from withus.accounts.models import Staff
from withus.charter import actions as charter
from withus.charter.models import Charter, Openness, WhoDecides
from withus.projects.access import signed_in, staff_of
from withus.projects.models import Membership, Project
from withus.projects.refused import Refused
from withus.table import actions
from withus.ui.day_field import DayField

DRAFT, BEGUN = "begin", "begun"


class Question(forms.Form):
    """One page of the wizard."""

    question: str | Promise = ""


class AboutForm(Question):
    question = _("What is it about?")
    title = forms.CharField(label=_("Its name"), max_length=200)
    purpose = forms.CharField(
        label=_("What do you want to find out or make, together?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChangeForm(Question):
    question = _("What can change, and what cannot?")
    what = forms.CharField(label=_("One thing that is to be decided"), max_length=200, required=False)
    openness = forms.ChoiceField(
        label=_("How open is it?"), choices=Openness.choices[:2], required=False, widget=forms.RadioSelect
    )
    options = forms.CharField(
        label=_("Which options are there?"),
        help_text=_("One a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    limit = forms.CharField(label=_("Is there a limit, and why?"), max_length=300, required=False)
    settled = forms.CharField(
        label=_("What is decided already?"),
        help_text=_("Say so now: people soon notice."),
        max_length=200,
        required=False,
    )
    settled_on = DayField(label=_("Since which day?"), required=False)


class DecidesForm(Question):
    question = _("Who decides?")
    decider = forms.CharField(label=_("A name, a board, a group"), max_length=120, required=False)
    who_decides = forms.ChoiceField(
        label=_("With whom?"), choices=WhoDecides.choices, required=False, widget=forms.RadioSelect
    )
    decide_by = DayField(label=_("By when?"), required=False)


class WhenForm(Question):
    question = _("When and where do you meet?")
    on = DayField(label=_("Which day?"), required=False)
    starts = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:  # Any: form values
        said = super().clean() or {}
        if said.get("on") and not (said.get("starts") and said.get("ends")):
            raise forms.ValidationError(_("Say from when until when."))
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            raise forms.ValidationError(_("It has to end after it starts, on the same day."))
        return said


class BackForm(Question):
    question = _("Who hears back, how, and by when?")
    hear_back_on = DayField(
        label=_("By which day does everybody hear back?"),
    )
    hear_back_how = forms.CharField(
        label=_("How?"), initial=_("Each person in the way that they choose"), max_length=200, required=False
    )


class SafeForm(Question):
    question = _("Who is the safe person?")
    safe_person = forms.CharField(
        label=_("Their name"), help_text=_("Somebody who can be talked to when it gets too much."), max_length=120
    )
    safe_person_how = forms.CharField(label=_("How can they be reached?"), max_length=200, required=False)


STEPS: dict[str, type[Question]] = {
    "about": AboutForm,
    "change": ChangeForm,
    "decides": DecidesForm,
    "when": WhenForm,
    "back": BackForm,
    "safe": SafeForm,
}


@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    return redirect("table:begin_step", next(iter(STEPS)))


@require_http_methods(["GET", "POST"])
@signed_in
def begin_step(request: HttpRequest, step: str) -> HttpResponse:
    """One question. What was answered before is kept, also when somebody goes back."""
    if step not in STEPS:
        raise Http404
    names = list(STEPS)
    number = names.index(step)
    draft: dict[str, dict[str, str]] = request.session.get(DRAFT, {})
    form = STEPS[step](request.POST or None, initial=draft.get(step))
    if request.method == "POST" and form.is_valid():
        draft[step] = {key: str(value or "") for key, value in form.cleaned_data.items()}
        request.session[DRAFT] = draft
        if number + 1 < len(names):
            return redirect("table:begin_step", names[number + 1])
        if draft.keys() == {step} and request.session.get(BEGUN, {}).get("said") == draft[step]:
            return _begun_before(request)
        missing = next((name for name in ("about", "back") if name not in draft), None)
        if missing:
            return redirect("table:begin_step", missing)
        try:
            project = _make(request, draft)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            request.session.pop(DRAFT, None)
            messages.success(request, _("The project is made. Next: add the people whom it is about, and invite them."))
            return redirect("table:table", project.address) if project else redirect("charter:projects")
    context = {
        "form": form,
        "question": form.question,
        "number": number + 1,
        "of": len(names),
        "before": names[number - 1] if number else "",
    }
    return render(request, "table/begin.html", context, status=422 if form.errors else 200)


def _make(request: HttpRequest, draft: dict[str, dict[str, str]]) -> Project | None:
    """All of it or nothing: project, charter, decisions, workshop. None for the second of two presses at once: the first made it."""
    staff = staff_of(request)
    membership = Membership.objects.filter(staff=staff).select_related("organisation").order_by("pk").first()
    if staff is None or membership is None:
        raise Http404
    now = timezone.now()
    about, change, decides = draft["about"], draft.get("change", {}), draft.get("decides", {})
    when, back, safe = draft.get("when", {}), draft["back"], draft.get("safe", {})
    with transaction.atomic():
        if not _still_drafted(request):
            return None
        project = charter.begin(
            membership.organisation, title=about["title"], purpose=about["purpose"], by=staff, now=now
        )
        own = Charter.objects.get(project=project)
        charter.change_charter(
            own,
            by=staff,
            now=now,
            version=own.version,
            safe_person=safe.get("safe_person", ""),
            safe_person_how=safe.get("safe_person_how", ""),
            hear_back_on=_date(back["hear_back_on"]),
            hear_back_how=back.get("hear_back_how", ""),
        )
        _decisions(project, change, decides, by=staff, now=now)
        if when.get("on"):
            on, starts, ends = _date(when["on"]), _time(when["starts"]), _time(when["ends"])
            if on and starts and ends:
                actions.add_workshop(
                    project,
                    title=about["title"],
                    on=on,
                    starts=starts,
                    ends=ends,
                    place=when["place"],
                    by=staff,
                    now=now,
                )
        del request.session[DRAFT]
        request.session[BEGUN] = {"said": safe, "project": str(project.uid)}
        request.session.save()
    return project


def _begun_before(request: HttpRequest) -> HttpResponse:
    """The last answer came twice: the first made the project, and this leads to it. To ask anew would look as if all were lost."""
    del request.session[DRAFT]
    project = Project.objects.filter(uid=request.session[BEGUN]["project"], team__staff=staff_of(request)).first()
    return redirect("table:table", project.address) if project else redirect("charter:projects")


def _still_drafted(request: HttpRequest) -> bool:
    """As the session stands now, and nobody else in it till this is done: a double press must not make two projects."""
    row = Session.objects.select_for_update().filter(session_key=request.session.session_key).first()
    return row is not None and DRAFT in row.get_decoded()


def _decisions(project: Project, change: dict[str, str], decides: dict[str, str], *, by: Staff, now: datetime) -> None:
    """What is open and what is decided, each as one decision."""
    if change.get("what"):
        limit = change.get("limit", "")
        openness = change.get("openness") or (Openness.WITHIN_LIMITS if limit else Openness.OPEN)
        charter.add_decision(
            project,
            what=change["what"],
            openness=openness,
            by=by,
            now=now,
            options=[line.strip() for line in change.get("options", "").splitlines() if line.strip()],
            limit=limit,
            decider=decides.get("decider", ""),
            who_decides=decides.get("who_decides", ""),
            decide_by=_date(decides.get("decide_by", "")),
        )
    if change.get("settled"):
        charter.add_decision(
            project,
            what=change["settled"],
            openness=Openness.SETTLED,
            by=by,
            now=now,
            settled_on=_date(change.get("settled_on", "")),
            decider=decides.get("decider", ""),
        )


def _date(text: str) -> date | None:
    return parse_date(text) if text else None


def _time(text: str) -> time | None:
    return parse_time(text) if text else None
