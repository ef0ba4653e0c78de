"""
What templates must not hold: inline style, inline script, event attributes (all refused by our Content-Security-Policy, so
they would do nothing), and words that no translator ever sees.
"""

import re
from collections.abc import Iterator
from pathlib import Path

COMMENT = re.compile(r"\{#.*?#\}|\{% *comment.*?%\}.*?\{% *endcomment *%\}|<!--.*?-->", re.S)
TRANSLATED = re.compile(r"\{% *blocktrans(late)?\b.*?%\}.*?\{% *endblocktrans(late)? *%\}", re.S)
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.S | re.I)
UNSPOKEN = re.compile(r"<(code|kbd|samp|script)\b[^>]*>.*?</\1>", re.S | re.I)
TAG = re.compile(r"</?[a-zA-Z!][^>]*>", re.S)
SPOKEN_ATTRIBUTE = re.compile(
    r"\b(alt|title|placeholder|aria-label|aria-description|aria-roledescription)=\"([^\"]*)\"", re.S
)
WORD = re.compile(r"[^\W\d_]{2,}")
CLASSES = re.compile(r"\{% *block +\w*(wrap|class|classes|attrs) *%\}[^{]*\{% *endblock[^%]*%\}")
"""Blocks that fill an attribute; a page puts class names there, not words."""
SAME = re.compile(r"\bWith\s*Us\b|\bhttps?\b|\bAGPL\b")
"""What is the same in every language."""
ENTITY = re.compile(r"&(#\d+|#x[0-9a-f]+|[a-z]+);", re.I)

FORBIDDEN = (
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.S | re.I), "inline style: give it a class"),
    (re.compile(r"<style\b", re.I), "inline style sheet: put it in the component's .css"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.S | re.I), "event attribute: use an island"),
    (re.compile(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", re.I), "script in an address"),
)


def problems(root: Path) -> list[str]:
    found = []
    for path in sorted((root / "src").rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(root)}:{line} {what}" for line, what in sorted(check(text, path.suffix))]
    return found


def check(text: str, kind: str = ".html") -> Iterator[tuple[int, str]]:
    text = _blank(COMMENT, text)
    if kind == ".html":
        bare = _blank(TEMPLATE_TAG, text)
        for pattern, what in FORBIDDEN:
            yield from ((_line(bare, match.start()), what) for match in pattern.finditer(bare))
        for script in SCRIPT.finditer(_blank(TEMPLATE_TAG, text, "x")):
            if script["body"].strip() and "application/json" not in script["attributes"]:
                yield _line(text, script.start()), "inline script: put it in an island"
    yield from _untranslated(text, kind)


def _untranslated(text: str, kind: str) -> Iterator[tuple[int, str]]:
    spoken = _blank(TEMPLATE_TAG, _blank(CLASSES, _blank(TRANSLATED, text)))
    if kind == ".html":
        for attribute in SPOKEN_ATTRIBUTE.finditer(spoken):
            if words := _words(attribute[2]):
                yield _line(spoken, attribute.start()), f"“{words}” in {attribute[1]} cannot be translated"
        spoken = _blank(TAG, _blank(UNSPOKEN, spoken))
    for number, line in enumerate(spoken.split("\n"), 1):
        if words := _words(line):
            yield number, f"“{words}” cannot be translated"


def _words(text: str) -> str:
    text = ENTITY.sub(" ", text)
    return " ".join(text.split())[:50] if WORD.search(SAME.sub(" ", text)) else ""


def _blank(pattern: re.Pattern[str], text: str, by: str = " ") -> str:
    """Takes the matches out and leaves the lines where they are."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", by, match[0]), text)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
