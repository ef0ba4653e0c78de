"""Icons: Phosphor, bold (MIT). `bundles/copy.json` lists those in use; the build puts them beside the style sheets."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "built" / "icons"


@cache
def outline(name: str) -> str:
    """The path of one icon on a 256 x 256 sheet; nothing for one that is missing: the words carry the meaning."""
    file = FOLDER / f"{name}.svg"
    if not file.is_file():
        return ""
    return " ".join(re.findall(r'<path d="([^"]+)"', file.read_text(encoding="utf-8")))
