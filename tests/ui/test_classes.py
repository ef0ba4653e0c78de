"""A class that no style sheet knows is a misspelling, or a part that nobody has drawn."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "withus"
UI = SOURCE / "ui"
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
HALF = re.compile(r"\w*-?\{\{.*?\}\}[\w-]*", re.S)
"""`n-{{ tone }}`: the class is put together when the page is made."""


def test_every_class_that_a_template_names_is_in_a_style_sheet() -> None:
    sheets = "".join(file.read_text(encoding="utf-8") for file in UI.rglob("*.css") if "built" not in file.parts)
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets)) | {"qrline"}
    unknown = []
    for template in sorted(SOURCE.rglob("templates/**/*.html")):
        text = TEMPLATE_TAG.sub(" ", HALF.sub(" ", template.read_text(encoding="utf-8")))
        named = {name for group in re.findall(r'class="([^"]*)"', text) for name in group.split()}
        unknown += [f"{template.relative_to(SOURCE)}: {name}" for name in sorted(named - known)]
    assert unknown == []
