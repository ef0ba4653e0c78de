"""A day that somebody types or picks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from withus.facts.field import FIRST_YEAR, LAST_YEAR


class DayField(forms.DateField):
    """Not the year 1, and not the year 9999: a slip of the pen, which no sum can be done with."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: Any) -> None:  # Any: Django's own
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise forms.ValidationError(_("Look at the year again."))
