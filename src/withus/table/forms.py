from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.people import offered
from withus.people.models import HowOften, Person, WayKind
from withus.projects.models import Part, Project
from withus.table.models import Lived, Role, Workshop
from withus.ui.day_field import DayField

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Workshop]
else:
    ModelForm = forms.ModelForm

VOTES = [("yes", _("yes")), ("no", _("no")), ("", _("not known yet"))]


class WorkshopForm(ModelForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Workshop
        fields = (
            "title",
            "on",
            "starts",
            "ends",
            "place",
            "format",
            "look_first",
            "decision_rule",
            "pre_meeting",
            "papers_sent_on",
            "papers_pages",
        )
        labels = {
            "title": _("What is it called?"),
            "on": _("Which day?"),
            "starts": _("From"),
            "ends": _("Until"),
            "place": _("Where?"),
            "format": _("Do people meet in one room?"),
            "look_first": _("A person looks at each card before it goes on the wall"),
            "decision_rule": _("How does the room decide?"),
            "pre_meeting": _("Is there a meeting beforehand for those who take part because of what they lived?"),
            "papers_sent_on": _("If there are papers: on which day were they sent?"),
            "papers_pages": _("How many pages do they have?"),
        }
        help_texts = {
            "look_first": "",
            "ends": _("People have buses, medicine and children. It ends when it says."),
            "decision_rule": _("For example: consensus, or majority. Leave it empty if nothing is decided there."),
        }
        field_classes = {"on": DayField, "papers_sent_on": DayField}
        widgets = {
            "starts": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "pre_meeting": forms.NullBooleanSelect,
        }

    def for_action(self) -> dict[str, Any]:  # Any: the workshop's own fields
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


class PlaceForm(forms.Form):
    """What the team knows of somebody who is at the table already."""

    role = forms.ChoiceField(label=_("Which part do they take?"), choices=Role.choices, widget=forms.RadioSelect)
    group = forms.CharField(
        label=_("Which group do they belong to?"),
        help_text=_("As they name it themselves."),
        max_length=120,
        required=False,
    )
    power = forms.CharField(
        label=_("Do they have power over one of the decisions?"),
        help_text=_("Everybody at the table can read this. Leave it empty if not."),
        max_length=200,
        required=False,
    )
    workshops = forms.ModelMultipleChoiceField(
        label=_("To which workshop?"),
        queryset=Workshop.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    vote = forms.ChoiceField(label=_("Do they vote there?"), choices=VOTES, required=False, widget=forms.RadioSelect)
    chair = forms.BooleanField(label=_("They chair it"), required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:  # Any: Form's own
        super().__init__(*args, **kwargs)
        workshops = self.fields["workshops"]
        assert isinstance(workshops, forms.ModelMultipleChoiceField)
        workshops.queryset = self.workshops_of(project)

    def workshops_of(self, project: Project) -> QuerySet[Workshop]:
        return Workshop.objects.filter(project=project)

    def for_action(self) -> dict[str, Any]:  # Any: the action's own arguments
        said = dict(self.cleaned_data)
        said["vote"] = {"yes": True, "no": False}.get(said["vote"])
        return said


class PersonForm(PlaceForm):
    """Somebody new at the table. Lived experience is not asked here: they say it themselves, or not."""

    name = forms.CharField(
        label=_("What are they called?"), help_text=_("You can leave this empty."), max_length=120, required=False
    )
    way = forms.ChoiceField(
        label=_("How do they want to be told?"), choices=offered.ways, initial=WayKind.NONE, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("E-mail address, number or postal address"),
        help_text=_("Kept sealed."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    needs = forms.CharField(
        label=_("What do they need in the room or on paper?"),
        help_text=_("What they need, not why. One a line."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    co_lead = forms.BooleanField(label=_("They are a co-lead and may sign the charter"), required=False)

    def workshops_of(self, project: Project) -> QuerySet[Workshop]:
        """Nobody new sits in a workshop that is over."""
        return super().workshops_of(project).exclude(state="ended")

    def for_action(self) -> dict[str, Any]:  # Any: the action's own arguments
        return super().for_action() | {"needs": self.cleaned_data["needs"].splitlines()}


class PayForm(forms.Form):
    """Apart from the rest: few need to read it."""

    offer = forms.CharField(
        label=_("What is offered for their time?"),
        help_text=_("For example: 25 pounds an hour and the bus. Kept sealed."),
        max_length=200,
        required=False,
    )
    state = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[
            ("", _("not known yet")),
            ("offered", _("offered")),
            ("accepted", _("accepted")),
            ("paid", _("paid")),
            ("declined", _("they do not want it")),
            ("none", _("nothing is offered")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )


class BookedForm(forms.Form):
    """Asked only where somebody said that they need something."""

    booked = forms.CharField(
        label=_("What is booked for it?"),
        help_text=_(
            "One a line, for example: interpreter, large print, a taxi. Kept sealed. Leave it empty if you do not know."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LastingForm(forms.Form):
    """What stands on paper that people take home. One of the two is enough."""

    lasting_address = forms.URLField(
        label=_("The lasting web address of your WithUs"),
        help_text=_("Where people find it in a year."),
        required=False,
        assume_scheme="https",
    )
    telephone = forms.CharField(label=_("A telephone number that people can ring"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:  # Any: cleaned data
        said = super().clean() or {}
        if not self.errors and not said.get("lasting_address") and not said.get("telephone"):
            raise forms.ValidationError(_("Write down one of the two, so that people can find you afterwards."))
        return said


class TeamForm(forms.Form):
    """Somebody with an account in the project's organisation, and their part."""

    staff = forms.ModelChoiceField(
        label=_("Who?"), queryset=Staff.objects.none(), to_field_name="uid", empty_label=_("Choose")
    )
    part = forms.ChoiceField(label=_("As what?"), choices=Part.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:  # Any: Form's own
        super().__init__(*args, **kwargs)
        staff = self.fields["staff"]
        assert isinstance(staff, forms.ModelChoiceField)
        members = Staff.objects.filter(memberships__organisation=project.organisation, is_active=True)
        staff.queryset = members.distinct().order_by("name")


class AboutMeForm(forms.Form):
    """What only the person says. Every question may be left."""

    lived = forms.ChoiceField(
        label=_("Have you lived through what this is about, or used such a service?"),
        help_text=_("You do not have to say. It is counted, never shown with your name."),
        choices=Lived.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    needs = forms.CharField(
        label=_("What do you need in the room or on paper?"),
        help_text=_("For example: large print, a lift, an interpreter. One a line."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    way = forms.ChoiceField(
        label=_("How can we tell you?"), choices=offered.ways, required=False, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("E-mail address, number or postal address"),
        help_text=_("Only if we should write or ring. Kept sealed."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    how_often = forms.ChoiceField(
        label=_("How often do you want to hear?"), choices=HowOften.choices, required=False, widget=forms.RadioSelect
    )


class AnswerForm(forms.Form):
    workshop = forms.ModelChoiceField(queryset=Workshop.objects.none(), to_field_name="uid")
    answer = forms.ChoiceField(choices=[("yes", ""), ("no", ""), ("maybe", "")])

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # Any: Form's own
        super().__init__(*args, **kwargs)
        workshop = self.fields["workshop"]
        assert isinstance(workshop, forms.ModelChoiceField)
        workshop.queryset = Workshop.objects.filter(seats__person=person)
