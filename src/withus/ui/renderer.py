"""
How form fields become HTML: Django's templates, without a template for what is one tag.

A page in a workshop has ten such tags, and three templates for each made a fifth of its whole cost.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDGETS = "django/forms/widgets/"
INPUTS = frozenset(
    f"{WIDGETS}{name}.html"
    for name in ("input", "text", "hidden", "email", "number", "password", "url", "file", "date", "time", "checkbox",
                 "radio_option", "checkbox_option")
)  # fmt: skip
FILE = f"{WIDGETS}clearable_file_input.html"
TEXTAREA = f"{WIDGETS}textarea.html"


class Renderer(DjangoTemplates):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        widget = context.get("widget", {})
        if template_name == TEXTAREA:
            return textarea(widget)
        plain = template_name in INPUTS and not widget.get("wrap_label")
        if plain or (template_name == FILE and not widget.get("is_initial")):
            return tag(widget)
        return super().render(template_name, context, request)


def tag(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    said = "" if value is None or widget["type"] == "file" else format_html(' value="{}"', str(value))
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], said, attributes(widget))


def textarea(widget: Mapping[str, Any]) -> SafeString:
    """The line break first: a browser drops one there, and what begins with a blank line keeps it."""
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes(widget), widget["value"] or ""
    )


def attributes(widget: Mapping[str, Any]) -> SafeString:
    shown = (
        (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value)),)
        for name, value in widget["attrs"].items()
        if value is not False
    )
    return format_html_join("", "{}", shown)
