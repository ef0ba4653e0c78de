"""What the documents point at is there, and each decision has a number of its own."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "changes").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


def test_every_link_within_the_documents_leads_somewhere() -> None:
    links = [(text, link) for text in TEXTS for link in LINK.findall(text.read_text(encoding="utf-8"))]
    assert len(links) > 20
    assert [f"{text.relative_to(ROOT)}: {link}" for text, link in links if not (text.parent / link).exists()] == []


def test_no_two_decisions_share_a_number() -> None:
    numbers = Counter(path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md"))
    assert [number for number, times in numbers.items() if times > 1] == []
