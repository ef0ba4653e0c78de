"""Every component in an example page, as the tests look at it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.template import engines
from django.test import override_settings
from django.utils.translation import override

from withus.methods.deck import hand, starter

EXAMPLES = Path(__file__).parent / "examples"
NAMES = sorted(file.stem for file in EXAMPLES.glob("*.html"))
ERRORS = ("400", "403", "404", "413", "500", "ui/refused")
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

ACTIONS = '<div class="row"><button class="btn">Ask Prof. Hall</button></div>'
FIVE = ("I know now", "I know, and I do not agree", "Only partly", "No", "Stop writing to me")


class SayForm(forms.Form):
    name = forms.CharField(label="What can we call you?", help_text="You can leave this empty.", required=False)
    words = forms.CharField(
        label="What would help?", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say a word."}
    )
    who = forms.ChoiceField(
        label="Who may see this?",
        help_text="If you skip this, only those who answer see it.",
        widget=forms.RadioSelect,
        choices=[("wall", "The wall"), ("group", "The group")],
        error_messages={"required": "Pick who may see this."},
    )
    days = forms.MultipleChoiceField(
        label="Which days?", widget=forms.CheckboxSelectMultiple, choices=[("mo", "Monday")], required=False
    )
    remember = forms.BooleanField(label="Remember me on this phone", required=False)
    sent_once = forms.CharField(widget=forms.HiddenInput, required=False, initial="first")


def context(form: forms.Form | None = None) -> dict[str, object]:
    return {
        "form": form or SayForm(),
        "hints": {"wall": "Everyone in the room."},
        "hand": hand(starter(), seed="amira"),
        "five": FIVE,
        "place": "The evening café",
        "talk": "Want to talk to someone? Priya and Jo wear a yellow badge.",
        "sections": [SimpleNamespace(key="charter", label="Charter", url="/charter", icon="scales", here=True)],
        "sentence": "This workshop has ended. You can still leave a note.",
        "kept": "What I typed",
        "finding": {
            "id": "t1", "code": "T1", "name": "This looks already decided", "level": "stop", "sees": "Hours are decided on 30 April.",
            "why": "People would be asked about a choice that is made.", "ways": ["Ask Prof. Hall to decide after 6 May."],
        },
        "quiet": {"code": "T4", "name": "Nothing seen, 2 things not known", "level": "notice"},
        "actions": None,
        "stream_url": "/stream",
    }  # fmt: skip


def render(name: str, form: forms.Form | None = None, language: str = "en") -> str:
    """An example, or one of the error pages."""
    engine = engines["django"]
    file = EXAMPLES / f"{name}.html"
    source = file.read_text(encoding="utf-8") if file.is_file() else f'{{% extends "{name}.html" %}}'
    source = source.replace('actions="example/actions.html"', "actions=buttons")
    with override_settings(STORAGES=PLAIN), override(language):
        buttons = engine.from_string(ACTIONS)
        return engine.from_string(source).render(context(form) | {"buttons": buttons})


def asked(**typed: str) -> SayForm:
    """A form as it comes back with what is wrong."""
    form = SayForm(typed)
    form.is_valid()
    return form
