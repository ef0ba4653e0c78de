"""
Django's translation tags; what a template says in fixed words is looked up once in each language, not at each visit.

A participant's page says some thirty fixed sentences, and asking the catalogue for each was a tenth of its cost. Templates load it as
`i18n`.
"""

from typing import Any

from django.template import Library
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Fixed(Node):
    """What it says depends on the language only."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.node = node
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        said = self.known.get(language)
        if said is None:
            said = self.known[language] = self.node.render(context)
        return said

    render_annotated = render


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    words: Any = node.filter_expression  # Any: Django's own, whose parts are not typed
    fixed = words.var.literal is not None and not words.filters
    return Fixed(node) if fixed and not (node.asvar or node.message_context or node.noop) else node
