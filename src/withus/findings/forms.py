from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from withus.findings.minding import ReadByOthersForm


class ReasonForm(ReadByOthersForm):
    because = forms.CharField(
        label=_("Why do you keep it as it is?"),
        help_text=_("Everybody who takes part can read this, with your name."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WrongForm(ReadByOthersForm):
    """ "We got this wrong": what we did, what it cost people, what we do now."""

    what_we_did = forms.CharField(label=_("What did we do?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    cost = forms.CharField(
        label=_("What did it cost people?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    now_we = forms.CharField(label=_("What do we do now?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class QuestionForm(ReadByOthersForm):
    """What only somebody else can say. `uid` is the form's own, so that sending it twice asks once."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Whom do you ask?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Your question"),
        help_text=_(
            "Change it so that it is yours. It goes by e-mail, with your name. You can also copy it and ask yourself."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    # Any: Form's own.
    def __init__(self, *args: Any, whom: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = whom

    @staticmethod
    def fresh() -> UUID:
        return uuid4()
