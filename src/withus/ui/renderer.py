"""
How form fields become HTML: Django's templates, without a template for what is one tag.

A page in a workshop has ten such tags, and three templates for each made a fifth of its whole cost. Each part is escaped by Python's own
`escape` as it is put in; what a template calls safe is escaped here too, since an attribute holds text.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

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
    said = "" if value is None or widget["type"] == "file" else f' value="{escape(str(value))}"'
    kind, name = escape(widget["type"]), escape(widget["name"])
    return mark_safe(f'<input type="{kind}" name="{name}"{said}{attributes(widget)}>')  # noqa: S308 -- escaped, part by part


def textarea(widget: Mapping[str, Any]) -> SafeString:
    """The line break first: a browser drops one there, and what begins with a blank line keeps it."""
    name, value = escape(widget["name"]), escape(str(widget["value"] or ""))
    return mark_safe(f'<textarea name="{name}"{attributes(widget)}>\n{value}</textarea>')  # noqa: S308 -- escaped, part by part


def attributes(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )
