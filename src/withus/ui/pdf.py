"""
Paper: a Typst source of ours and the data for it become a tagged PDF (PDF/UA-1), which a screen reader reads in order.

Data never become source: they come as JSON under `sys.inputs.said`, so nobody's words can be taken for markup.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.utils import translation

PACKAGE = Path(__file__).resolve().parent.parent


def pdf(source: str, said: Mapping[str, Any]) -> bytes:
    """
    `source` is the file's place in the package: `loop/paper/letters.typ`. What it shows is `said`, as `base.typ` reads it; `language` and
    `right_to_left` are in it already.
    """
    language = translation.get_language() or "en"
    frame = {"language": language.split("-")[0], "right_to_left": translation.get_language_bidi()}
    made = typst.compile(
        PACKAGE / source,
        root=PACKAGE,
        format="pdf",
        sys_inputs={"said": json.dumps({**frame, **said}, ensure_ascii=False)},
        pdf_standards="ua-1",
    )
    assert isinstance(made, bytes)
    return made
