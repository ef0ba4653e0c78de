"""Paper that a screen reader can read: tagged, with a title and a language; nobody's words are taken for markup."""

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import typst
from django.utils import translation

from tests.paper import unpacked
from withus.ui import pdf

SOURCE = """
#import "/ui/paper/base.typ": paper, said
#show: paper.with(title: said.title, language: said.language, right-to-left: said.right_to_left)
= #said.title
#said.words
"""


@pytest.fixture
def a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "ui" / "paper").mkdir(parents=True)
    shutil.copy(pdf.PACKAGE / "ui" / "paper" / "base.typ", tmp_path / "ui" / "paper" / "base.typ")
    (tmp_path / "one.typ").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(pdf, "PACKAGE", tmp_path)
    return "one.typ"


def test_it_is_tagged_and_says_its_language(a_source: str) -> None:
    with translation.override("cy"):
        made = pdf.pdf(a_source, {"title": "Letters", "words": "Tea at nine."})
    whole = unpacked(made)
    assert b"/StructTreeRoot" in whole
    assert b"/Lang(cy)" in whole


@pytest.mark.parametrize("words", ["#panic()", "$ x", '*_`#import "/etc/passwd"', "]#[", "\\", "<b>"])
def test_words_are_never_markup(a_source: str, words: str) -> None:
    assert pdf.pdf(a_source, {"title": "Letters", "words": words}).startswith(b"%PDF-")


def test_a_page_without_a_title_is_refused(a_source: str) -> None:
    with pytest.raises(typst.TypstError):
        pdf.pdf(a_source, {"title": "", "words": "Tea at nine."})


@pytest.fixture
def few_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those that Typst brings: the same on every machine."""
    monkeypatch.setattr(typst, "compile", partial(typst.compile, ignore_system_fonts=True))


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("Warm \U0001f642", "[slightly smiling face]"),
        ("Warm \U0001f1ec\U0001f1e7", "[regional indicator symbol letter g]"),
        ("Warm \x01\x1b\ufeff\ufffe", "Warm"),
        ("20° in the hall", "20°"),
    ],
)
def test_a_sign_that_no_font_shows_is_written_as_its_name_and_stays_readable(
    a_source: str, few_fonts: None, monkeypatch: pytest.MonkeyPatch, words: str, stands: str
) -> None:
    made, compiled = [], typst.compile

    def compiles(source: Path, **how: Any) -> Any:  # Any: Typst's own
        made.append(json.loads(how["sys_inputs"]["said"])["words"])
        return compiled(source, **how)

    monkeypatch.setattr(typst, "compile", compiles)
    assert pdf.pdf(a_source, {"title": "Letters", "words": words}).startswith(b"%PDF-")
    assert stands in made[-1]


@pytest.mark.parametrize("words", ["ሰላም", "你好", "𒀀 and words"])
def test_letters_that_no_font_shows_cost_nobody_their_letter(a_source: str, few_fonts: None, words: str) -> None:
    """The box stays a box, and the rest is tagged all the same."""
    made = pdf.pdf(a_source, {"title": "Letters", "words": words})
    assert b"/StructTreeRoot" in unpacked(made)


def test_what_is_wrong_for_another_reason_is_still_said(a_source: str, few_fonts: None) -> None:
    with pytest.raises(typst.TypstError):
        pdf.pdf(a_source, {"words": "No title at all."})
