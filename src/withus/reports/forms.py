from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from withus.reports.paper import PARTS


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


def _part(key: str, asks: Promise) -> forms.CharField:
    return forms.CharField(
        label=dict(PARTS)[key],
        help_text=asks,
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReportForm(forms.Form):
    """GRIPP2, the short form: five parts; and what it cost."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    aim = _part("aim", _("What did you want people's involvement to do?"))
    methods = _part("methods", _("How did people take part, and how were they looked after?"))
    results = _part("results", _("What came of it, good and bad?"))
    discussion = _part(
        "discussion", _("How far did people change the work as a whole? What helped, what stood in the way?")
    )
    reflections = _part("reflections", _("What went well and what did not, so that others can learn from it?"))
    cost = forms.CharField(
        label=_("What it cost"),
        help_text=_("Only for the funder's page. Money and hours, as far as you know. You can leave it empty."),
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
