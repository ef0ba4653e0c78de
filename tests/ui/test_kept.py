"""Pieces of pages are made once for the same values, and hold nothing but these."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.forms import BoundField
from django.template import Context, Engine, RequestContext, Template, TemplateSyntaxError
from django.template.base import Node
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

import withus
from withus.ui.declared import Declared
from withus.ui.kept import MOST, Kept

PERSONAL = {
    "person", "whose_name", "card", "row", "words", "others", "owner", "form", "messages", "user", "request", "csrf_token",
    "kept", "typed", "mine", "said", "cards", "shown", "message", "version", "text", "last", "link_address", "code",
}  # fmt: skip
MAY = {"card.state", "card.may_see", 'card.given_at|date:"j F"', "card"}
"""A card's state, who may see it and its day are one of a few; in a room, `card` is a picture of the deck."""


def kept_in(template: Template) -> Kept:
    (node,) = all_kept(template)
    return node


def all_kept(template: Template) -> list[Kept]:
    return [node for node in template.nodelist.get_nodes_by_type(Kept) if isinstance(node, Kept)]


def shown(template: Template, **known: object) -> str:
    return str(template.render(Context(known)))


def templates() -> Iterator[tuple[str, Template]]:
    folder = Path(withus.__file__).parent
    for path in sorted(folder.glob("*/templates/**/*.html")):
        name = str(path.relative_to(path.parents[len(path.relative_to(folder).parts) - 3]))
        yield name, Engine.get_default().get_template(name)


def test_the_same_values_make_one_piece_and_others_another() -> None:
    template = Template("{% kept who=name %}<b>{{ who }}</b>{% endkept %}")
    assert [shown(template, name=name) for name in ("Priya", "Jo", "Priya")] == [
        "<b>Priya</b>",
        "<b>Jo</b>",
        "<b>Priya</b>",
    ]
    assert len(kept_in(template).known) == 2


def test_nothing_else_of_the_page_is_seen_inside() -> None:
    template = Template("{% kept who=name %}{{ who }}{{ secret }}{{ request }}{{ user }}{% endkept %}")
    page = RequestContext(RequestFactory().get("/"), {"name": "Priya", "secret": "Amira's"})
    assert template.render(page) == "Priya"


def test_a_form_with_its_token_cannot_be_kept() -> None:
    template = Template("<form>{% kept %}{% csrf_token %}{% endkept %}</form>")
    with pytest.raises(TemplateSyntaxError, match="token"):
        template.render(RequestContext(RequestFactory().get("/")))


def test_each_language_has_its_own() -> None:
    template = Template('{% kept word=word %}{% translate "Yes" %} {{ word }}{% endkept %}')
    seen = []
    for language in ("de", "cy", "de"):
        with translation.override(language):
            seen.append(shown(template, word=_("No")))
    assert seen == ["Ja Nein", "Ie Na", "Ja Nein"]
    assert len(kept_in(template).known) == 2


def test_values_that_are_equal_and_read_otherwise_are_two() -> None:
    template = Template("{% kept it=it %}{{ it }}{% endkept %}")
    assert [shown(template, it=it) for it in (1, True, "<i>", mark_safe("<i>"), "<i>")] == [
        "1", "True", "&lt;i&gt;", "<i>", "&lt;i&gt;",
    ]  # fmt: skip


@dataclass(frozen=True)
class Line:
    words: str
    held: Any = None


@dataclass
class Loose:
    words: str


@pytest.mark.parametrize(
    ("value", "stays"),
    [
        ("words", True), (7, True), (None, True), (dt.date(2026, 11, 27), True), (dt.time(18, 30), True),
        (("a", 1), True), (Line("x"), True), ((Line("x"), Line("y")), True), (_("said late"), True),
        (dt.datetime(2026, 11, 27, 18, tzinfo=dt.UTC), False), (dt.time(18, 30, tzinfo=dt.UTC), False),
        (["a"], False), ({"a": 1}, False), (Loose("x"), False), (Line("x", held=["y"]), False),
        (Line("x", held=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)), False), (object(), False),
    ],
)  # fmt: skip
def test_only_what_cannot_change_is_kept(value: object, stays: bool) -> None:
    template = Template("{% kept it=it %}{{ it }}{% endkept %}")
    shown(template, it=value)
    assert bool(kept_in(template).known) is stays


def test_what_changed_since_is_shown_as_it_is_now() -> None:
    template = Template("{% kept it=it %}{{ it.words }}{% for one in it.list %}{{ one }}{% endfor %}{% endkept %}")
    loose = Loose("before")
    before = shown(template, it=loose)
    loose.words = "after"
    assert (before, shown(template, it=loose)) == ("before", "after")


def test_no_more_than_so_many_are_held() -> None:
    template = Template("{% kept it=it %}{{ it }}{% endkept %}")
    assert [shown(template, it=number) for number in range(3 * MOST)] == [str(number) for number in range(3 * MOST)]
    assert len(kept_in(template).known) <= MOST


def test_no_template_keeps_what_is_somebodys() -> None:
    taken = {
        (name, str(value.token))
        for name, template in templates()
        for node in all_kept(template)
        for value in node.values.values()
        if str(value.token).partition(".")[0].partition("|")[0] in PERSONAL
    }
    assert {value for _name, value in taken} <= MAY, taken
    assert [name for name, value in taken if value == "card"] == ["live/room.html"]


def test_no_kept_piece_holds_a_token() -> None:
    def tokens(node: Kept) -> list[str]:
        return [type(one).__name__ for one in node.nodelist.get_nodes_by_type(Node)]

    found = [(name, node) for name, template in templates() for node in all_kept(template)]
    assert len(found) > 20
    assert [name for name, node in found if "CsrfTokenNode" in tokens(node)] == []


class Asked(Declared):
    hints = {"see": {"wall": _("Everybody.")}}
    words = forms.CharField(label="Words", widget=forms.Textarea)
    see = forms.ChoiceField(
        label="Who", choices=[("wall", "The wall"), ("group", "The group")], widget=forms.RadioSelect
    )


class Plain(forms.Form):
    words = forms.CharField(label="Words", widget=forms.Textarea)


def field(bound: BoundField) -> str:
    return shown(Template("{% field bound rows=3 %}"), bound=bound)


def test_a_field_with_somebodys_words_is_never_anothers() -> None:
    empty = field(Asked()["words"])
    typed = field(Asked({"words": "Amira's", "see": "wall"})["words"])
    begun = field(Asked(initial={"words": "Bo's"})["words"])
    assert "Amira" in typed
    assert "Bo" in begun
    assert field(Asked()["words"]) == empty
    assert "Amira" not in empty
    assert "Bo" not in empty


def test_what_was_chosen_is_ticked_for_who_chose_it() -> None:
    looks = [field(Asked(initial={"see": value})["see"]) for value in ("wall", "group", "", "somewhere else")]
    assert [look.count("checked") for look in looks] == [1, 1, 0, 0]
    assert looks[2] == field(Asked()["see"])
    assert "Everybody." in looks[0]


def test_what_is_wrong_is_said_to_who_sent_it() -> None:
    wrong = field(Asked({})["words"])
    assert 'aria-invalid="true"' in wrong
    assert "aria-invalid" not in field(Asked()["words"])


def test_a_form_that_says_nothing_of_itself_is_made_each_time() -> None:
    form = Plain()
    form.fields["words"].label = "Amira's words"
    assert "Amira's" in field(form["words"]).replace("&#x27;", "'")
    assert "Amira" not in field(Plain()["words"])
