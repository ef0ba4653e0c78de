from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from withus.charter.models import Decision
from withus.plan.actions import LONGEST
from withus.plan.models import Block, BlockKind
from withus.projects.models import Project

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Block]
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField[Decision]
else:  # Django's own cannot be subscripted
    ModelForm = forms.ModelForm
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField


ABILITIES = [
    ("sight", _("see")),
    ("hearing", _("hear")),
    ("speech", _("speak")),
    ("hands", _("use their hands")),
    ("walking", _("walk")),
    ("standing", _("stand")),
    ("reading", _("read")),
    ("writing", _("write")),
    ("english", _("understand the language of the room")),
    ("internet", _("have a phone or the internet")),
]
LISTS = ("stimuli", "adaptations")
LONGEST_NUMBER = 16


class Decisions(ModelMultipleChoiceField):
    """By number. One that no database can hold is no choice; asking for it would break the page and cost what was typed."""

    def clean(self, value: Any) -> Any:  # Any: Django's own
        for one in value if isinstance(value, list | tuple) else ():
            if not (str(one).isdecimal() and len(str(one)) < LONGEST_NUMBER):
                raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": one})
        return super().clean(value)


class BlockForm(ModelForm):
    """One part of a plan. `version` is the one that was read: an older one is noticed, and neither text is lost."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=LONGEST)

    stimuli = forms.CharField(
        label=_("What is there to see, touch, move or make?"),
        help_text=_("One a line, for example: pictures, objects, a map, clay."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    leaves = forms.CharField(label=_("What does each person leave behind?"), max_length=120, required=False)
    requires = forms.MultipleChoiceField(
        label=_("What must somebody be able to do, as it stands?"),
        choices=ABILITIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    adaptations = forms.CharField(
        label=_("How can somebody join in who cannot?"),
        help_text=_(
            "One a line, for example: read aloud, a scribe, the same at a table. For everybody, not on request."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    nothing_in_its_place = forms.BooleanField(label=_("There is no other way to join in"), required=False)

    class Meta:
        model = Block
        fields = ("kind", "title", "minutes", "pinned", "prompt", "method", "note", "about")
        field_classes = {"about": Decisions}
        labels = {
            "kind": _("What kind of part is it?"),
            "title": _("What is it called?"),
            "pinned": _("Must it start at a fixed time?"),
            "prompt": _("What do people answer on their phones?"),
            "method": _("What is the way of doing it called?"),
            "note": _("Notes for whoever runs it"),
            "about": _("Which decision does it ask about?"),
        }
        help_texts = {
            "pinned": _("Leave it empty to start when the part before it ends."),
            "prompt": _("One question. Leave it empty if there is none."),
            "method": _("For example: collage, walk, talking mats. Leave it empty where people simply talk."),
            "title": _("Leave it empty to use the kind's own name."),
        }
        widgets = {
            "kind": forms.Select(choices=BlockKind.choices),
            "pinned": forms.TimeInput(attrs={"type": "time"}),
            "about": forms.CheckboxSelectMultiple,
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:  # Any: ModelForm's own
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.ModelMultipleChoiceField)
        about.queryset = Decision.objects.filter(project=project, removed_at=None)

        kept = self.instance.making or {}
        for name in LISTS:
            self.initial.setdefault(name, "\n".join(kept.get(name, ())))
        self.initial.setdefault("leaves", kept.get("leaves", ""))
        self.initial.setdefault("requires", kept.get("requires", []))
        self.initial.setdefault("nothing_in_its_place", kept.get("adaptations") == [])

    def for_action(self) -> dict[str, Any]:
        """What the actions take. What was left empty is not known, and stays out."""
        said = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        making: dict[str, Any] = {name: _lines(said.pop(name)) for name in LISTS}
        making |= {"leaves": said.pop("leaves").strip(), "requires": said.pop("requires")}
        making = {key: value for key, value in making.items() if value}
        if said.pop("nothing_in_its_place") and "adaptations" not in making:
            making["adaptations"] = []
        return said | {"making": making}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
