from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from withus.charter.models import Charter, Decision, Openness, WhoDecides

if TYPE_CHECKING:
    OfCharter = forms.ModelForm[Charter]
    OfDecision = forms.ModelForm[Decision]
else:
    OfCharter = OfDecision = forms.ModelForm

SHARED = [("yes", _("yes")), ("no", _("no")), ("", _("not known yet"))]
MOST = 20
"""Groups and options, one a line: more are no list that anybody reads."""


def day_field(label: Any, *, help_text: Any = "", required: bool = False) -> forms.DateField:  # Any: lazy text
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class Lines(forms.CharField):
    """One thing a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:  # Any: Field's own
        text = super().clean(value)
        return [line.strip()[:200] for line in text.splitlines() if line.strip()][:MOST]

    def prepare_value(self, value: Any) -> Any:  # Any: Field's own
        return "\n".join(value) if isinstance(value, list) else value


class CharterForm(OfCharter):
    version = forms.IntegerField(widget=forms.HiddenInput)
    groups = Lines(label=_("Whom is it for?"), help_text=_("One group a line."), max_length=2000, required=False)
    delivery_shared = forms.ChoiceField(
        label=_("Do people share in running it afterwards?"), choices=SHARED, required=False, widget=forms.RadioSelect
    )
    review_shared = forms.ChoiceField(
        label=_("Do people share in looking at how it went?"), choices=SHARED, required=False, widget=forms.RadioSelect
    )
    because = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("Everybody invited can read this. Needed once invitations are out and you take something away."),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )

    class Meta:
        model = Charter
        fields = (
            "purpose", "emotive", "groups", "ages", "safe_person", "safe_person_how", "support_lines", "hear_back_on",
            "hear_back_how", "input_closes", "delivery_shared", "review_shared",
        )  # fmt: skip
        labels = {
            "purpose": _("What is this for?"),
            "emotive": _("How close to people's lives is it?"),
            "ages": _("How old are the people?"),
            "safe_person": _("Who is the safe person?"),
            "safe_person_how": _("How can people reach the safe person?"),
            "support_lines": _("Numbers that people can ring"),
            "hear_back_on": _("By which day do people hear back?"),
            "hear_back_how": _("How do they hear back?"),
            "input_closes": _("Until which day can people say something?"),
        }
        help_texts = {
            "purpose": _("In plain words. Somebody of 11 can read it."),
            "safe_person": _("Somebody whom people can talk to when it gets too much."),
            "support_lines": _("One a line, as the group chose them."),
        }
        widgets = {
            "hear_back_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "input_closes": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, charter: Charter, **kwargs: Any) -> None:  # Any: Form's own
        said = {True: "yes", False: "no"}
        initial = {
            "version": charter.version,
            "delivery_shared": "" if charter.delivery_shared is None else said[charter.delivery_shared],
            "review_shared": "" if charter.review_shared is None else said[charter.review_shared],
        }
        super().__init__(*args, instance=charter, initial=initial, **kwargs)
        self.fields["purpose"].required = True

    def clean_purpose(self) -> str:
        text = str(self.cleaned_data["purpose"])
        if len(text) > 5000:
            raise forms.ValidationError(_("That is too long. Say it in fewer words."))
        return text

    def clean_delivery_shared(self) -> bool | None:
        return _yes_no(self.cleaned_data["delivery_shared"])

    def clean_review_shared(self) -> bool | None:
        return _yes_no(self.cleaned_data["review_shared"])

    def for_action(self) -> dict[str, Any]:  # Any: the charter's own fields
        return dict(self.cleaned_data)


class DecisionForm(OfDecision):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    openness = forms.ChoiceField(label=_("How open is it?"), choices=Openness.choices, widget=forms.RadioSelect)
    options = Lines(
        label=_("Which ways are still possible?"), help_text=_("One a line."), max_length=4000, required=False
    )
    who_decides = forms.ChoiceField(
        label=_("Who has the say?"),
        choices=[*WhoDecides.choices, ("", _("not known yet"))],
        required=False,
        widget=forms.RadioSelect,
    )
    people_were_asked = forms.ChoiceField(
        label=_("If it is decided: were the people asked first?"),
        choices=SHARED,
        required=False,
        widget=forms.RadioSelect,
    )
    because = CharterForm.base_fields["because"]

    class Meta:
        model = Decision
        fields = (
            "what", "openness", "options", "limit", "limit_because", "decider", "who_decides", "decide_by",
            "settled_on", "settled_because", "people_were_asked",
        )  # fmt: skip
        labels = {
            "what": _("What is to be decided?"),
            "limit": _("Is there a limit?"),
            "limit_because": _("Why is there a limit?"),
            "decider": _("Who decides?"),
            "decide_by": _("By which day?"),
            "settled_on": _("If it is decided: on which day?"),
            "settled_because": _("If it is decided: why this way?"),
        }
        help_texts = {
            "what": _("A few words. For example: the opening hours."),
            "limit": _("For example: 30 hours a week at most."),
            "decider": _("A name or a body, such as the board."),
        }
        widgets = {
            "decide_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "settled_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Form's own
        row = kwargs.get("instance")
        if row is not None:
            asked = {True: "yes", False: "no"}.get(row.people_were_asked, "") if row.people_were_asked is not None else ""
            kwargs["initial"] = {"version": row.version, "people_were_asked": asked}
        super().__init__(*args, **kwargs)

    def clean_people_were_asked(self) -> bool | None:
        return _yes_no(self.cleaned_data["people_were_asked"])

    def for_action(self) -> dict[str, Any]:  # Any: the decision's own fields
        said = dict(self.cleaned_data)
        if said["openness"] != Openness.SETTLED:
            said |= {"settled_on": None, "settled_because": "", "people_were_asked": None}
        return said


class ReopenForm(forms.Form):
    because = forms.CharField(label=_("Why is it open again?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    until = day_field(_("Until which day?"))


class RemoveForm(forms.Form):
    because = forms.CharField(
        label=_("Why do you take it off the list?"),
        help_text=_("Everybody invited can read this."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _yes_no(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)

