"""
The HTML beside a mail's plain text, made from it: what is read out is the same in both, and a link says where it goes. Only a mail with
headings or a list in it has a template of its own for this.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from withus.post.letter import Letter

BLANK = re.compile(r"\n\s*\n")


def made(to: str, subject: str, template: str, context: dict[str, Any]) -> Letter:  # Any: a template's context
    """A mail from the template of its plain text. `link` and `stop` of the context are its links."""
    text, stop = render_to_string(template, context), str(context.get("stop", ""))
    links = (str(context.get("link", "")), stop)
    return Letter(to=to, subject=subject, text=text, html=html_of(text, title=subject, links=links), stop=stop)


def html_of(text: str, *, title: str, links: Iterable[str] = ()) -> str:
    """
    A paragraph for each paragraph, in the language that is active now. Only `links` become links: an address that somebody typed into
    their words stays words. What stands before a link, in its line or in the line above, is what it is called.
    """
    known = [link for link in links if link]
    paragraphs = ((_paragraph(block.splitlines(), known),) for block in BLANK.split(text.strip()))
    return format_html(
        '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8"><title>{}</title></head><body>\n{}\n</body></html>',
        translation.get_language() or "en",
        "rtl" if translation.get_language_bidi() else "ltr",
        title,
        format_html_join("\n", "<p>{}</p>", paragraphs),
    )


def _paragraph(lines: Iterable[str], links: list[str]) -> SafeString:
    said: list[str] = []
    for line in (one.strip() for one in lines):
        link = next((one for one in links if line == one or line.endswith(f" {one}")), "")
        if not link:
            said.append(line)
            continue
        called = line.removesuffix(link).strip() or (said.pop() if said else link)
        said.append(format_html('<a href="{}">{}</a>', link, called.removesuffix(":")))
    return format_html_join(mark_safe("<br>\n"), "{}", ((one,) for one in said))
