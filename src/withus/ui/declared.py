"""Forms that are the same for everybody."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField


class Declared(forms.Form):
    """
    A form whose fields are as its class declares them, whoever asks and whenever: nothing is taken from a person, a project or the clock.

    What `{% field %}` makes of a field that nobody has filled in yet is therefore kept. `hints`: by field and value, a line under a choice.
    """

    hints: ClassVar[Mapping[str, Mapping[Any, Any]]] = {}  # Any: a choice and its words, said late


def same_for_all(bound: BoundField) -> tuple[object, ...] | None:
    """What a field's look rests on where it rests on nothing else; None where it must be made anew."""
    form = bound.form
    if not isinstance(form, Declared) or form.is_bound or form.prefix is not None or form.errors:
        return None
    value = bound.value()
    if value is None or value == "":
        value = None
    elif not (isinstance(bound.field, forms.ChoiceField) and isinstance(value, str) and bound.field.valid_value(value)):
        return None
    return type(form), bound.name, form.auto_id, value
