"""The component library of the templates. `docs/build/ui.md` lists what each tag makes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.base import FilterExpression, Node, Parser, TextNode, Token, Variable
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from withus.ui import icons, qrcode
from withus.ui.declared import Declared, same_for_all

register = template.Library()

STEPS = {"none": -1, "informing": 0, "consulting": 1, "involving": 2, "co-designing": 3, "co-producing": 3}
TONES = ("leaf", "sun", "brick", "sky", "mul")
ARCS = (
    "M53.1 10.1A40 40 0 0 1 87.0 34.7",
    "M88.9 40.7A40 40 0 0 1 76.0 80.4",
    "M70.9 84.1A40 40 0 0 1 29.1 84.1",
    "M24.0 80.4A40 40 0 0 1 11.1 40.7",
    "M13.0 34.7A40 40 0 0 1 46.9 10.1",
)


@cache
def icon(name: str, classes: str = "") -> SafeString:
    """Drawn in place, not from a sprite: a fragment that arrives over the stream brings its own icons."""
    return format_html(
        '<svg class="i{}" viewBox="0 0 256 256" aria-hidden="true"><path d="{}"/></svg>',
        f" {classes}" if classes else "",
        icons.outline(name),
    )


@register.tag("icon")
def icon_in_place(parser: Parser, token: Token) -> Node:
    """`{% icon "eye" %}` with fixed words is text once the template is read; `{% icon section.icon %}` is looked up at each showing."""
    words = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not any(isinstance(word.var, Variable) or word.filters for word in words):
        return TextNode(icon(*(str(word.var) for word in words)))
    return LookedUp(words)


class LookedUp(Node):
    def __init__(self, words: list[FilterExpression]) -> None:
        self.words = words

    def render(self, context: Context) -> SafeString:
        return icon(*(str(word.resolve(context)) for word in self.words))


@register.simple_tag
def script(name: str) -> SafeString:
    return format_html('<script src="{}" defer></script>', static(f"{name}.js"))


@register.simple_tag
def version() -> str:
    return str(getattr(settings, "WITHUS_VERSION", ""))


@register.simple_tag
def tag(words: str, icon_name: str = "", tone: str = "") -> SafeString:
    """An icon and a word: the colour alone never says it."""
    shown = format_html("{} ", icon(icon_name)) if icon_name else ""
    return format_html('<span class="tag{}">{}{}</span>', f" t-{tone}" if tone in TONES else "", shown, words)


@register.simple_tag
def qr(text: str, label: str = "") -> SafeString:
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {size} {size}">'
        '<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        '<path class="qrline" stroke="#231a2c" d="{path}"/></svg>',
        label or _("QR code for %(address)s") % {"address": text},
        **qrcode.drawing(text),
    )


@register.simple_tag
def loop_glyph(done: int, mark: str = "now", size: str = "") -> SafeString:
    """Five arcs: asked, heard, decided, answered, "I know now". A sentence beside it says the same."""
    kinds = ["done" if at < done else "" for at in range(5)]
    if mark == "rest":
        kinds = ["rest" if kind else "" for kind in kinds]
    elif done < 5 and mark in ("now", "late"):
        kinds[done] = mark
    return format_html(
        '<svg class="loop{}" viewBox="0 0 100 100" aria-hidden="true"><circle cx="50" cy="50" r="33"/>{}'
        '<text x="50" y="61">{}</text></svg>',
        f" loop-{size}" if size else "",
        format_html_join("", '<path class="{}" d="{}"/>', zip(kinds, ARCS, strict=True)),
        {"late": "!", "rest": "II"}.get(mark, str(done)),
    )


@register.inclusion_tag("ui/rungs.html")
def rungs(label: str, of: str = "") -> dict[str, object]:
    """Four steps, one of them marked. `label` is the computed label's word; "none" marks no step."""
    names = (_("We tell you"), _("We ask you"), _("We work with you"), _("We decide together"))
    at = STEPS[str(label)]
    return {"steps": [(name, n == at) for n, name in enumerate(names)], "of": of or _("Your part, on four steps")}


@register.simple_block_tag
def meanwhile(content: str) -> SafeString:
    """What somebody else saved while this was being typed, above the form that still holds both: nobody's words are lost."""
    return render_to_string("ui/meanwhile.html", {"content": content})


@cache
def template_of(name: str) -> template.Template:
    return template.Engine.get_default().get_template(name)


@register.simple_tag
def errors(form: forms.BaseForm) -> SafeString:
    """What went wrong, on top of the page, each with a link to its field."""
    if not form.errors:
        return SafeString()
    found: list[tuple[str, str]] = []
    for name, texts in form.errors.items():
        where = "" if name not in form.fields else first_id(form[name])
        found.extend((where, str(text)) for text in texts)
    return template_of("ui/errors.html").render(Context({"found": found}))


@register.simple_tag
def field(bound: BoundField, **attrs: Any) -> SafeString:
    """Label, hint, what went wrong, and what was typed."""
    same = same_for_all(bound)
    if same is None:
        return made_field(bound, attrs)
    key = (get_language(), same, tuple(attrs.items()))
    if key not in _fields:
        _fields[key] = made_field(bound, attrs)
    return _fields[key]


_fields: dict[tuple[object, ...], SafeString] = {}
"""As many as the templates name, in each language."""


def made_field(bound: BoundField, attrs: Mapping[str, Any]) -> SafeString:
    return template_of("ui/field.html").render(Context(shown_field(bound, attrs)))


def shown_field(bound: BoundField, attrs: Mapping[str, Any]) -> dict[str, object]:
    """`Declared.hints`: a line under each choice, by its value."""
    ident = bound.id_for_label or bound.auto_id or bound.html_name
    described = [f"{ident}_{part}" for part, there in (("hint", bound.help_text), ("wrong", bound.errors)) if there]
    widget = bound.field.widget
    shown: dict[str, object] = {"field": bound, "ident": ident, "describedby": " ".join(described)}
    if bound.is_hidden:
        return shown | {"kind": "hidden"}
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        hints = bound.form.hints.get(bound.name, {}) if isinstance(bound.form, Declared) else {}
        return shown | {"kind": "choices", "choices": choices(bound, hints)}
    extra = {key.replace("_", "-"): value for key, value in attrs.items()}
    extra |= {"aria-describedby": " ".join(described)} if described else {}
    extra |= {"aria-invalid": "true"} if bound.errors else {}
    if isinstance(widget, CheckboxInput):
        return shown | {"kind": "tick", "widget": bound.as_widget(attrs=extra)}
    known = str(widget.attrs.get("class", ""))
    return shown | {"kind": "one", "widget": bound.as_widget(attrs=extra | {"class": f"in {known}".strip()})}


def choices(bound: BoundField, hints: Mapping[str, str]) -> list[tuple[SafeString, str, str]]:
    return [(one.tag(), str(one.choice_label), str(hints.get(str(one.data["value"]), ""))) for one in bound.subwidgets]


def first_id(bound: BoundField) -> str:
    if isinstance(bound.field.widget, (RadioSelect, CheckboxSelectMultiple)):
        return f"{bound.auto_id}_0"
    return bound.id_for_label
