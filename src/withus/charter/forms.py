from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from withus.charter.models import Charter, Decision, Emotive, Openness, WhoDecides
from withus.findings.minding import ReadByOthersForm
from withus.ui.day_field import DayField

CHARTER_TEXTS = ("purpose", "hear_back_how", "shown_where")
DECISION_TEXTS = ("what", "limit", "limit_because", "settled_because", "evidence")
ASKED = [("yes", _("yes")), ("no", _("no")), ("", _("not known"))]


class CharterForm(ReadByOthersForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    purpose = forms.CharField(label=_("What is this for?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    emotive = forms.ChoiceField(
        label=_("How much feeling does it carry?"), choices=Emotive.choices, required=False, widget=forms.RadioSelect
    )
    groups = forms.CharField(
        label=_("Whom is the service for?"),
        help_text=_("One group a line, as they name themselves."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ages = forms.ChoiceField(
        label=_("How old are the people?"),
        choices=[("adults", _("18 and over")), ("under 18", _("under 18 too"))],
        required=False,
        widget=forms.RadioSelect,
    )
    safe_person = forms.CharField(label=_("Who is the safe person?"), max_length=120, required=False)
    safe_person_how = forms.CharField(label=_("How can they be reached?"), max_length=200, required=False)
    support_lines = forms.CharField(
        label=_("Which numbers has the group chosen?"),
        help_text=_("One a line. They stand on every page that people use."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hear_back_on = DayField(label=_("By when do people hear back?"), required=False)
    hear_back_how = forms.CharField(label=_("How do they hear back?"), max_length=200, required=False)
    shown_where = forms.CharField(
        label=_("Where else can people read the answers?"),
        help_text=_(
            "A notice board, a library, a newsletter. It stands on each receipt, for those who leave no address."
        ),
        max_length=200,
        required=False,
    )
    input_closes = DayField(
        label=_("Until when can people answer other than in a workshop?"),
        help_text=_("By letter, by phone, on a page. Leave it empty if they cannot."),
        required=False,
    )
    delivery_shared = forms.NullBooleanField(label=_("Do people share in running it afterwards?"))
    review_shared = forms.NullBooleanField(label=_("Do people share in looking at how it went?"))

    because = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("Needed once people were invited, when they hear later or have less time or say. They read it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def written(self, charter: Charter) -> list[str]:
        """What others read and stood there otherwise until now."""
        said = self.for_action()
        changed = [said[name] for name in CHARTER_TEXTS if said[name] != getattr(charter, name)]
        groups = [one for one in said["groups"] if one not in charter.groups]
        return [*changed, *groups, said["because"]]

    @staticmethod
    def initial_of(charter: Charter) -> dict[str, Any]:  # Any: form values
        values = {name: getattr(charter, name, "") for name in CharterForm.base_fields}
        return values | {"groups": "\n".join(charter.groups)}

    def for_action(self) -> dict[str, Any]:  # Any: the charter's own fields
        said = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        said["groups"] = [line.strip() for line in said["groups"].splitlines() if line.strip()]
        return said


class DecisionForm(ReadByOthersForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(label=_("What is to be decided?"), max_length=200)
    openness = forms.ChoiceField(label=_("How open is it?"), choices=Openness.choices, widget=forms.RadioSelect)
    options = forms.CharField(
        label=_("Which options are still alive?"),
        help_text=_("One a line. With fewer than two there is nothing to choose."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    limit = forms.CharField(label=_("Is there a limit?"), max_length=300, required=False)
    limit_because = forms.CharField(label=_("Why is there a limit?"), max_length=300, required=False)
    decider = forms.CharField(label=_("Who decides?"), max_length=120, required=False)
    who_decides = forms.ChoiceField(
        label=_("Who decides with whom?"), choices=WhoDecides.choices, required=False, widget=forms.RadioSelect
    )
    decide_by = DayField(label=_("By when is it decided?"), required=False)
    settled_on = DayField(label=_("If it is decided: on which day?"), required=False)
    settled_because = forms.CharField(label=_("If it is decided: why?"), max_length=300, required=False)
    people_were_asked = forms.ChoiceField(
        label=_("If it is decided: were people asked first?"), choices=ASKED, required=False, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=_("If it is decided: where can that be looked up?"),
        help_text=_("For example: minutes of the board of 24 November."),
        max_length=300,
        required=False,
    )
    because = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_(
            "Needed once people were invited, when they can change less than before. Everybody invited reads it."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def written(self, decision: Decision | None) -> list[str]:
        """What others read and stood there otherwise until now."""
        said = self.for_action()
        changed = [said[name] for name in DECISION_TEXTS if decision is None or said[name] != getattr(decision, name)]
        known = decision.options if decision else []
        return [*changed, *(one for one in said["options"] if one not in known), said["because"]]

    def for_action(self) -> dict[str, Any]:  # Any: the decision's own fields
        said = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        said["options"] = [line.strip() for line in said["options"].splitlines() if line.strip()]
        said["people_were_asked"] = {"yes": True, "no": False}.get(said["people_were_asked"])
        return said


class ActForm(ReadByOthersForm):
    """Something that leaves fewer ways open: it is asked for only where there is a decision with ways."""

    on = DayField(label=_("On which day?"))
    act = forms.CharField(
        label=_("What was done?"),
        help_text=_("For example: a lease signed, posts advertised, a recommendation sent to the board."),
        max_length=300,
    )
    closes = forms.MultipleChoiceField(
        label=_("Which ways does it close?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:  # Any: Form's own
        super().__init__(*args, **kwargs)
        closes = self.fields["closes"]
        assert isinstance(closes, forms.MultipleChoiceField)
        closes.choices = [*((one, one) for one in decision.options), ("all", _("all of them"))]
