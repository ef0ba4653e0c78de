from django import forms
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


ASKS = {
    "aim": _("What did you want people's involvement to do?"),
    "methods": _("How did people take part, and how were they looked after?"),
    "results": _("What came of it, good and bad?"),
    "discussion": _("How far did people change the work as a whole? What helped, what stood in the way?"),
    "reflections": _("What went well and what did not, so that others can learn from it?"),
}
"""Of each part of GRIPP2, the short form."""


def _part(key: str) -> forms.CharField:
    wide = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=dict(PARTS)[key], help_text=ASKS[key], max_length=8000, required=False, widget=wide)


class ReportForm(forms.Form):
    """GRIPP2, the short form: five parts; and what it cost."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    aim = _part("aim")
    methods = _part("methods")
    results = _part("results")
    discussion = _part("discussion")
    reflections = _part("reflections")
    cost = forms.CharField(
        label=_("What it cost"),
        help_text=_("Only for the funder's page. Money and hours, as far as you know. You can leave it empty."),
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
