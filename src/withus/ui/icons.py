"""Icons: Phosphor, bold (MIT). `bundles/copy.json` lists those in use; the build puts them beside the style sheets."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "built" / "icons"


class IconMissingError(LookupError):
    """A page asks for an icon that nobody ships: a mistake of ours, better seen at once than as a hole."""


@cache
def outline(name: str) -> str:
    """The path of one icon on a 256 x 256 sheet."""
    file = FOLDER / f"{name}.svg"
    if not file.is_file():
        raise IconMissingError(f"No icon “{name}”: add it to ui/bundles/copy.json and build the front end again.")
    return " ".join(re.findall(r'<path d="([^"]+)"', file.read_text(encoding="utf-8")))
