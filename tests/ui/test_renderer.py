"""Fields look as Django's own templates make them, character by character (but for the blanks around)."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.forms.renderers import DjangoTemplates
from django.utils.datastructures import MultiValueDict

from withus.ui.renderer import Renderer

ODD = """Quotes " ' and <b> & more"""


class Every(forms.Form):
    text = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"placeholder": ODD}))
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    hidden = forms.CharField(widget=forms.HiddenInput)
    mail = forms.EmailField()
    number = forms.IntegerField(min_value=1, max_value=8)
    secret = forms.CharField(widget=forms.PasswordInput)
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))
    tick = forms.BooleanField(widget=forms.CheckboxInput(attrs={"disabled": False, "data-on": True}))
    photo = forms.FileField(widget=forms.ClearableFileInput(attrs={"accept": "image/*"}))
    plain = forms.FileField(widget=forms.FileInput)
    radio = forms.ChoiceField(choices=[("a", ODD), ("b", "B"), ("", "none")], widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(choices=[(1, "One"), (2, ODD)], widget=forms.CheckboxSelectMultiple)
    chosen = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])


FULL: dict[str, Any] = {
    "text": ODD,
    "words": f"\n{ODD}\n</textarea>",
    "hidden": ODD,
    "mail": "a@b.example",
    "number": 1234567,
    "secret": "x",
    "on": "2026-05-06",
    "at": "14:00",
    "tick": "on",
    "radio": "a",
    "ticks": ["1", "2"],
    "chosen": "b",
}
SENT: "MultiValueDict[str, UploadedFile[Any]]" = MultiValueDict({"photo": [SimpleUploadedFile("a.jpg", b"x")]})
FORMS = {
    "empty": lambda renderer: Every(renderer=renderer),
    "initial": lambda renderer: Every(initial=FULL | {"number": 0, "tick": True}, renderer=renderer),
    "sent": lambda renderer: Every(FULL, SENT, renderer=renderer),
    "sent empty": lambda renderer: Every({}, renderer=renderer),
}


@pytest.mark.parametrize("name", Every.base_fields)
@pytest.mark.parametrize("case", FORMS)
def test_a_field_is_as_django_makes_it(case: str, name: str) -> None:
    ours, theirs = FORMS[case](Renderer())[name], FORMS[case](DjangoTemplates())[name]
    more: dict[str, str | bool] = {"class": "in", "aria-invalid": "true", "title": ODD}
    assert str(ours).strip() == str(theirs).strip()
    assert str(ours.as_widget(attrs=more)).strip() == str(theirs.as_widget(attrs=more)).strip()
    assert [str(one).strip() for one in ours.subwidgets] == [str(one).strip() for one in theirs.subwidgets]


def test_one_choice_alone_is_only_its_input() -> None:
    radio = Every(initial={"radio": "a"}, renderer=Renderer())["radio"]
    assert next(one.tag() for one in radio.subwidgets) == (
        '<input type="radio" name="radio" value="a" id="id_radio_0" required checked>'
    )
