"""Scripts hold no sentences: what they show comes from the page, where it was translated."""

import re
from pathlib import Path

UI = Path(__file__).parents[2] / "src" / "withus" / "ui"
COMMENT = re.compile(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", re.DOTALL)
SENTENCE = re.compile(r"([\"'`])([A-Z][a-z]+(?:[ ’'][a-zA-Z]+)+[^\"'`\n]*)\1")


def sentences(script: str) -> list[str]:
    return [said for _quote, said in SENTENCE.findall(COMMENT.sub("", script))]


def test_no_script_has_words_of_its_own() -> None:
    scripts = [path for path in UI.rglob("*.ts") if not path.name.endswith((".test.ts", ".d.ts"))]
    found = {path.name: said for path in scripts if (said := sentences(path.read_text(encoding="utf-8")))}
    assert found == {}
    assert len(scripts) > 5


def test_a_sentence_in_a_script_is_seen() -> None:
    assert sentences('box.textContent = "You are offline"; // "Not this one"') == ["You are offline"]
