from django import forms
from django.utils.translation import gettext_lazy as _


class FeedsForm(forms.Form):
    feeds = forms.BooleanField(
        label=_("News and data for other sites"),
        help_text=_("An Atom feed and a JSON file. They say what the public page says, and nothing more."),
        required=False,
    )
    badge = forms.BooleanField(
        label=_("A badge for other sites"),
        help_text=_("A small picture with three counters. It runs no script and counts no visitors."),
        required=False,
    )


class HideForm(forms.Form):
    because = forms.CharField(
        label=_("Why is it hidden?"),
        help_text=_("This stands on the page, with the day, for everybody to read."),
        max_length=300,
        error_messages={"required": _("Say why it is hidden. The reason stands on the page in its place.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReportForm(forms.Form):
    """GRIPP2, the short form: five parts; and what it cost."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    aim = forms.CharField(
        label=_("1. Aim"),
        help_text=_("What did you want people's involvement to do?"),
        max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    methods = forms.CharField(
        label=_("2. Methods"),
        help_text=_("How did people take part, and how were they looked after?"),
        max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    results = forms.CharField(
        label=_("3. Results"),
        help_text=_("What came of it, good and bad?"),
        max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    discussion = forms.CharField(
        label=_("4. Discussion"),
        help_text=_("How far did people change the work as a whole? What helped, what stood in the way?"),
        max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    reflections = forms.CharField(
        label=_("5. Reflections"),
        help_text=_("What went well and what did not, so that others can learn from it?"),
        max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    cost = forms.CharField(
        label=_("What it cost"),
        help_text=_("Only for the funder's page. Money and hours, as far as you know. You can leave it empty."),
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
