from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from withus.charter.models import Decision
from withus.plan.actions import LONGEST
from withus.plan.models import Block, BlockKind
from withus.projects.models import Project

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Block]
else:  # Django's own cannot be subscripted
    ModelForm = forms.ModelForm


class BlockForm(ModelForm):
    """One part of a plan. `version` is the one that was read: an older one is noticed, and neither text is lost."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=LONGEST)

    class Meta:
        model = Block
        fields = ("kind", "title", "minutes", "pinned", "prompt", "note", "about")
        labels = {
            "kind": _("What kind of part is it?"),
            "title": _("What is it called?"),
            "pinned": _("Must it start at a fixed time?"),
            "prompt": _("What do people answer on their phones?"),
            "note": _("Notes for whoever runs it"),
            "about": _("Which decision does it ask about?"),
        }
        help_texts = {
            "pinned": _("Leave it empty to start when the part before it ends."),
            "prompt": _("One question. Leave it empty if there is none."),
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

    def for_action(self) -> dict[str, Any]:
        """What the actions take."""
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}
