"""Blocks say what Django's own say."""

from django.template import Context, Engine

from withus.ui.blocks import Block

LOADERS = [("django.template.loaders.locmem.Loader", {
    "base.html": "<{% block a %}base{% endblock %}|{% block b %}{% endblock %}|{% block c %}{{ word }}{% endblock %}>",
    "middle.html": '{% extends "base.html" %}{% block a %}middle{% block inner %}{% endblock %}{% endblock %}',
    "leaf.html": '{% extends "middle.html" %}{% block inner %}!{% endblock %}{% block b %}{{ word }}{% endblock %}',
    "empty.html": '{% extends "leaf.html" %}{% block b %}{% endblock %}{% block c %}{{ block.super }}+{% endblock %}',
    "fixed.html": '{% extends "base.html" %}{% block c %}fixed <b>words</b>{% endblock %}',
    "over.html": '{% extends "fixed.html" %}{% block c %}[{{ block.super }}]{% endblock %}',
})]  # fmt: skip
SAID = {
    "base.html": "<base||w>",
    "middle.html": "<middle||w>",
    "leaf.html": "<middle!|w|w>",
    "empty.html": "<middle!||w+>",
    "fixed.html": "<base||fixed <b>words</b>>",
    "over.html": "<base||[fixed <b>words</b>]>",
}


def test_what_fills_a_block_is_said_in_its_place() -> None:
    builtins = Engine.get_default().builtins
    ours = Engine(loaders=LOADERS, builtins=builtins)
    plain = Engine(loaders=LOADERS)
    for name, said in SAID.items():
        for _time in range(2):
            assert ours.get_template(name).render(Context({"word": "w"})) == said
        assert plain.get_template(name).render(Context({"word": "w"})) == said


def test_fixed_words_are_known_as_such() -> None:
    ours = Engine(loaders=LOADERS, builtins=Engine.get_default().builtins)
    blocks = ours.get_template("base.html").nodelist.get_nodes_by_type(Block)
    assert [one.text for one in blocks if isinstance(one, Block)] == ["base", "", None]
