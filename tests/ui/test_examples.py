"""What holds for every page, whatever is on it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.ui.gallery import ERRORS, NAMES, asked, render

VOID = {"meta", "link", "input", "img", "br", "path", "rect", "circle"}
CLOSES_P = {"p", "div", "section", "ul", "ol", "dl", "form", "table", "h1", "h2", "h3", "fieldset", "article", "aside"}


class Nesting(HTMLParser):
    """Follows what is open; notes what a browser has to mend, and what the policy has to refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.wrong += [f"<{tag} {name}>" for name in names if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.wrong.append(f"inline {tag}")
        if tag in CLOSES_P and "p" in self.open:
            self.wrong.append(f"<{tag}> in <p>")
        if tag in {"a", "button"} and {"a", "button"} & set(self.open):
            self.wrong.append(f"<{tag}> in a link or button")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


@pytest.mark.parametrize("name", [*NAMES, *ERRORS])
def test_each_page_is_well_nested_and_has_nothing_that_the_policy_refuses(name: str) -> None:
    page = Nesting()
    html = render(name)
    page.feed(html)
    assert page.wrong == []
    assert page.open == []
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert len(re.findall("<h1", html)) == 1
    assert html.count("<main") == 1


def test_a_page_says_its_language_and_direction() -> None:
    assert '<html lang="ar" dir="rtl">' in render("honest", language="ar")
    assert '<html lang="en" dir="ltr">' in render("honest")


def test_only_pages_that_ask_load_a_script() -> None:
    assert "<script" not in render("honest")
    assert '<script src="/static/participant.js" defer></script>' in render("picture")


def test_only_the_public_page_may_be_indexed() -> None:
    assert "noindex" in render("honest")
    assert "noindex" not in render("answered")


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong_beside_it_and_on_top() -> None:
    html = render("form", asked(name="Amira & co"))
    assert 'value="Amira &amp; co"' in html
    assert '<li><a href="#id_words">Say a word.</a></li>' in html
    assert '<li><a href="#id_who_0">Pick who may see this.</a></li>' in html
    assert re.search(r'<textarea[^>]*aria-describedby="id_words_wrong"[^>]*aria-invalid="true"', html)
    assert 'aria-describedby="id_who_hint id_who_wrong"' in html


def test_nothing_is_checked_for_anybody() -> None:
    """The pen is a tool, not an answer."""
    for name in NAMES:
        checked = re.findall(r"<input[^>]* checked", render(name))
        assert [tag for tag in checked if 'name="pen"' not in tag] == []


def test_the_five_answers_look_alike() -> None:
    buttons = re.findall(r'<button class="([^"]*)" name="says"', render("receipt"))
    assert buttons == ["btn btn-big"] * 5


@pytest.mark.parametrize(
    ("label", "step"),
    [
        ("informing", "We tell you"),
        ("consulting", "We ask you"),
        ("involving", "We work with you"),
        ("co-designing", "We decide together"),
        ("co-producing", "We decide together"),
    ],
)
def test_the_label_marks_one_step_and_none_marks_none(label: str, step: str) -> None:
    from withus.ui.templatetags.ui import rungs

    steps = rungs(label)["steps"]
    assert isinstance(steps, list)
    assert [name for name, here in steps if here] == [step]
    none = rungs("none")["steps"]
    assert isinstance(none, list)
    assert [name for name, here in none if here] == []
