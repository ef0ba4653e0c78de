"""
`{% kept who=on_duty at=workshop.starts|time:"g.i a" %}...{% endkept %}`: a piece of a page that is made once and then only put in.

What stands inside sees the values that the tag names and nothing else of the page: no person, no form, no request. So the same values
always make the same piece, whoever asks, and one person's page cannot get into another's. The values are plain: words, numbers, days.
"""

from datetime import date, time
from enum import Enum
from typing import Any, Never
from uuid import UUID

from django.template import Library, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()

MOST = 200
"""Pieces of one tag. When there are more, all go, and those that are asked for come back."""
PLAIN = frozenset({str, int, bool, type(None), date, time, UUID})
Key = tuple[Any, ...]


class NoToken:
    """A form has its token from the page. One that somebody puts into a kept piece fails at the first showing, not at the first sending."""

    def __bool__(self) -> Never:
        raise TemplateSyntaxError("a form's token cannot be kept: end the piece before the form")


class Kept(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values
        self.known: dict[Key, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = [value.resolve(context) for value in self.values.values()]
        key = (get_language(), context.autoescape, *map(type, values), *values)
        try:
            return self.known[key]
        except KeyError:
            return self._keep(key, self._make(values, context))
        except TypeError:  # a list has no place in a key
            return self._make(values, context)

    def _keep(self, key: Key, made: SafeString) -> SafeString:
        """Where a value is not plain the piece is made each time: slower, and right."""
        if all(map(kept_well, key)):
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[key] = made
        return made

    def _make(self, values: list[Any], context: Context) -> SafeString:
        said = dict(zip(self.values, values, strict=True)) | {"csrf_token": NoToken()}
        own = Context(said, autoescape=context.autoescape)
        assert context.template is not None  # while a page is made
        with own.bind_template(context.template):
            return self.nodelist.render(own)


def kept_well(value: object) -> bool:
    """A type stands in the key beside its value, since 1 and True are equal and do not read alike; so do safe and unsafe words."""
    return isinstance(value, (type, SafeString, Promise)) or plain(value)


def plain(value: object) -> bool:
    """Tuples and frozen dataclasses of plain values are plain. A moment is not: the same one reads otherwise in each zone."""
    if type(value) in PLAIN or isinstance(value, Enum):
        return getattr(value, "tzinfo", None) is None
    if isinstance(value, tuple):
        return all(map(plain, value))
    kind: Any = type(value)  # Any: a dataclass's own marks are not typed
    known = getattr(kind, "__dataclass_params__", None)
    return bool(known and known.frozen) and all(plain(getattr(value, name)) for name in kind.__dataclass_fields__)


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    words = token.split_contents()[1:]
    values = token_kwargs(words, parser)
    if words:
        raise TemplateSyntaxError("kept takes name=value only")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, values)
