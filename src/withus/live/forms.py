import hashlib
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from withus.live.models import MaySee, Use
from withus.people.models import HowOften, WayKind
from withus.ui.declared import Declared

MAY_SEE_HINTS = {
    MaySee.WALL: _("Everybody in the room."),
    MaySee.GROUP: _("The people in this project. Not the wall."),
    MaySee.ANSWERERS: _("Those who run this project."),
}
MOST_TOGETHER = 8
TOGETHER = _("Write a number from 1 to 8.")
CHOOSE = {"invalid_choice": _("Choose one of these.")}


class Text(forms.CharField):
    """Text from whoever: what no database keeps (NUL) is left out, and the rest is taken as it is."""

    def to_python(self, value: Any) -> str:  # Any: Django's own
        return str(super().to_python(value)).replace("\x00", "")


class Once(Text):
    """What makes a form's sending one sending. A broken one is no reason to lose a card: another is made."""

    def to_python(self, value: Any) -> str:  # Any: Django's own
        given = super().to_python(value)
        return given if len(given) <= 64 else hashlib.sha256(given.encode()).hexdigest()


def once() -> Once:
    return Once(required=False, widget=forms.HiddenInput)


class SayForm(Declared):
    """One card. Nothing is needed but one thing given: a picture, words, a drawing, a photo or a sound."""

    hints: ClassVar = {"may_see": MAY_SEE_HINTS}

    sent_once = once()
    words = Text(
        label=_("What would you like to say?"),
        help_text=_("A few words are fine. None is fine too."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    picture = Text(required=False)
    strokes = Text(required=False, widget=forms.HiddenInput)
    photo = forms.FileField(
        label=_("Drew it on paper? Take a photo"),
        help_text=_("Or choose a picture on this phone."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    voice = forms.FileField(
        label=_("Or say it out loud"),
        help_text=_("We keep the sound. Only those who answer can hear it."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "audio/*", "capture": "user"}),
    )
    may_see = forms.ChoiceField(
        label=_("Who may see this?"),
        help_text=_("If you skip this, only those who answer see it."),
        choices=MaySee.choices,
        required=False,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    together = forms.IntegerField(
        label=_("Did you say this together? How many are you?"),
        help_text=_("Each of you gets your own words to hear back."),
        min_value=1,
        max_value=MOST_TOGETHER,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), TOGETHER),
    )


class NoteForm(Declared):
    """A note once the workshop is over."""

    sent_once = once()
    words = Text(
        label=_("Your note"),
        help_text=_("Only those who answer see it."),
        error_messages={"required": _("Write a few words first.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class ParkForm(Declared):
    sent_once = once()
    words = Text(
        label=_("What should not be forgotten?"),
        error_messages={"required": _("Write a few words first.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class HearForm(Declared):
    """How, and how often, somebody wants to hear. Nothing is chosen for them."""

    way = forms.ChoiceField(
        label=_("How can we tell you?"),
        choices=[
            (WayKind.NONE, _("I come and look, with my four words")),
            (WayKind.EMAIL, _("By e-mail")),
            (WayKind.PHONE, _("By telephone")),
            (WayKind.POST, _("By post")),
        ],
        required=False,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    where = Text(
        label=_("Address or number"),
        help_text=_("Only if you want us to write or ring."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    how_often = forms.ChoiceField(
        label=_("How often do you want to hear?"),
        help_text=_("If you skip this, your answer waits at your four words."),
        choices=HowOften.choices,
        required=False,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )


class UsesForm(Declared):
    """Nothing is ticked for anybody."""

    uses = forms.MultipleChoiceField(
        label=_("Where may your words stand as you said them?"),
        help_text=_("Where you say no, we tell it in our own words. Your name never stands there."),
        choices=Use.choices,
        required=False,
        error_messages={"invalid_choice": _("Choose from these.")},
        widget=forms.CheckboxSelectMultiple,
    )
