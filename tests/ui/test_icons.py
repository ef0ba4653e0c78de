"""An icon that nobody ships is a hole in a page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from withus.ui import icons

SOURCE = Path(__file__).parents[2] / "src" / "withus"
COPIES: dict[str, str] = json.loads((SOURCE / "ui" / "bundles" / "copy.json").read_text(encoding="utf-8"))
SHIPPED = {Path(target).stem for target in COPIES.values() if target.endswith(".svg")}
IN_TEMPLATES = re.compile(r'{% icon "([\w-]+)"|{% tag (?:"[^"]*"|\S+) "([\w-]+)"')


def test_every_icon_that_a_template_names_is_shipped() -> None:
    named = {
        first or second
        for template in SOURCE.rglob("templates/**/*.html")
        for first, second in IN_TEMPLATES.findall(template.read_text(encoding="utf-8"))
    }
    assert sorted(named - SHIPPED) == []


def test_the_build_brings_each_as_one_path() -> None:
    assert icons.outline("eye").startswith("M")
    assert [name for name in sorted(SHIPPED) if not icons.outline(name)] == []


def test_a_missing_icon_costs_no_page() -> None:
    assert icons.outline("no-such-icon") == ""
