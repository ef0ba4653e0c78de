from collections.abc import Sequence
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from withus.charter.models import Decision
from withus.loop.models import Outcome, Says
from withus.loop.models_of_answers import MayName
from withus.loop.wordings import LANGUAGES
from withus.ui.day_field import DayField

AREA = forms.Textarea(attrs={"rows": 3, "dir": "auto"})


class AnswerForm(forms.Form):
    """An answer always has a because; something that is being done has a day."""

    we_heard = forms.CharField(label=_("What did we hear?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    outcome = forms.ChoiceField(label=_("What became of it?"), choices=Outcome.choices, widget=forms.RadioSelect)
    we_do = forms.CharField(
        label=_("What did we do, will we do, or can't we do?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    because = forms.CharField(
        label=_("Because …"),
        help_text=_("“No, because” is a good answer."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = forms.CharField(label=_("Which body says so, and owes it?"), max_length=200)
    decision = forms.ChoiceField(
        label=_("Who decided?"),
        help_text=_("Somebody who has the power to keep it, as the charter names them."),
        required=False,
        error_messages={"invalid_choice": _("Choose one of these.")},
        widget=forms.Select(attrs={"class": "in"}),
    )
    waits_for = forms.CharField(
        label=_("Does it wait for somebody outside? For whom?"),
        help_text=_("Leave it empty if it is in your own hands."),
        max_length=200,
        required=False,
    )
    meanwhile = forms.CharField(
        label=_("What do we do meanwhile?"),
        help_text=_("Needed where it waits for somebody outside."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    named = forms.ChoiceField(
        label=_("Whom can people ask about it?"),
        help_text=_("Only who said yes to it stands here. Their name goes when they leave."),
        required=False,
        error_messages={"invalid_choice": _("Choose one of these.")},
        widget=forms.Select(attrs={"class": "in"}),
    )
    promised_on = DayField(
        label=_("By when?"),
        help_text=_("Needed when it is being done. It stands on the public page."),
        required=False,
    )

    redated_because = forms.CharField(
        label=_("If the day moves: why?"),
        help_text=_("A promise moves before its day only, and everybody who was told the old day reads why."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def offer(self, decisions: Sequence[Decision], named: Sequence[tuple[MayName, str]]) -> None:
        """Who decides what, and who said yes to being named."""
        decides = [(str(one.uid), f"{one.decider}: {one.what}") for one in decisions]
        cast(forms.ChoiceField, self.fields["decision"]).choices = [("", _("It was ours to decide")), *decides]
        cast(forms.ChoiceField, self.fields["named"]).choices = [
            ("", _("Nobody by name")),
            *((str(one.pk), name) for one, name in named),
        ]


class RedateForm(forms.Form):
    on = DayField(label=_("The new day"))
    because = forms.CharField(
        label=_("Why does it move?"),
        help_text=_("Everybody who was told the old day reads this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ConfirmForm(forms.Form):
    """One question, five answers, all alike."""

    says = forms.ChoiceField(
        choices=Says.choices, error_messages={"required": _("Press one of the five. Or leave the page.")}
    )
    because = forms.CharField(
        label=_("Want to say more?"),
        help_text=_(
            "You can leave this empty. Only you see it here, unless you tick the next line. Then the people who run this read it, too."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    beside = forms.BooleanField(
        label=_("My words may stand beside the answer, in public, without my name"), required=False
    )


class WordingForm(forms.Form):
    """The same answer once more, in other words. `seen` is what its writer read, of the wording that `seen_in` names."""

    seen = forms.CharField(max_length=140, required=False, widget=forms.HiddenInput)
    seen_in = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("In which language?"),
        choices=list(LANGUAGES.items()),
        error_messages={"invalid_choice": _("Choose one of these.")},
        widget=forms.Select(attrs={"class": "in"}),
    )
    easy = forms.BooleanField(
        label=_("This is Easy Read"), help_text=_("Short sentences, one thing in each."), required=False
    )
    we_heard = forms.CharField(label=_("What did we hear?"), max_length=4000, widget=AREA)
    we_do = forms.CharField(label=_("What did we do, will we do, or can't we do?"), max_length=4000, widget=AREA)
    because = forms.CharField(label=_("Because …"), max_length=4000, widget=AREA)
    meanwhile = forms.CharField(label=_("What do we do meanwhile?"), max_length=4000, required=False, widget=AREA)
