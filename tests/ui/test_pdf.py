"""Paper that a screen reader can read: tagged, with a title and a language; nobody's words are taken for markup."""

import shutil
from pathlib import Path

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
