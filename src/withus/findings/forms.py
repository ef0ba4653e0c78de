from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    because = forms.CharField(
        label=_("Why do you keep it as it is?"),
        help_text=_("Everybody who takes part can read this, with your name."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WrongForm(forms.Form):
    """ "We got this wrong": what we did, what it cost people, what we do now."""

    what_we_did = forms.CharField(label=_("What did we do?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    cost = forms.CharField(
        label=_("What did it cost people?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    now_we = forms.CharField(label=_("What do we do now?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
