"""
Django's `{% extends %}` and `{% block %}` with less work at each showing: a page has twenty blocks, and most hold nothing or fixed words.

They say the same as Django's own, which they are made of. What a base page's blocks are is found once.
"""

from typing import Any

from django.template import Library
from django.template.base import NodeList, Parser, Template, TextNode, Token
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode, ExtendsNode, do_block, do_extends
from django.utils.safestring import SafeString

register = Library()


class Block(BlockNode):
    """`text` is all that it says where that is fixed words, else None."""

    def __init__(self, name: str, nodelist: NodeList, parent: Any = None) -> None:  # Any: Django's own, never given
        super().__init__(name, nodelist, parent)
        words = [node.s for node in nodelist if isinstance(node, TextNode)]
        self.text = SafeString("".join(words)) if len(words) == len(nodelist) else None

    def render(self, context: Context) -> SafeString:
        found = context.render_context.get(BLOCK_CONTEXT_KEY)
        shown = (found.get_block(self.name) if found is not None else None) or self
        text: SafeString | None = shown.text
        return super().render(context) if text is None else text


class Searched(NodeList):
    """Remembers what it found: a template that was read does not change."""

    found: dict[type, list[Any]]  # Any: nodes of that type

    def get_nodes_by_type(self, nodetype: type) -> list[Any]:  # Any: nodes of that type
        if nodetype not in self.found:
            self.found[nodetype] = super().get_nodes_by_type(nodetype)
        return self.found[nodetype]


class Extends(ExtendsNode):
    def get_parent(self, context: Context) -> Template:
        parent = super().get_parent(context)
        if not isinstance(parent.nodelist, Searched):
            nodes = Searched(parent.nodelist)
            nodes.contains_nontext, nodes.found = parent.nodelist.contains_nontext, {}
            parent.nodelist = nodes
        return parent


@register.tag("block")
def block(parser: Parser, token: Token) -> Block:
    node = do_block(parser, token)
    return Block(node.name, node.nodelist)


@register.tag("extends")
def extends(parser: Parser, token: Token) -> Extends:
    node = do_extends(parser, token)
    return Extends(node.nodelist, node.parent_name)
