"""
The catalogue of all sentences, `src/withus/locale/withus.pot`: what translators start from. Python is read by Babel;
templates become Python first, by Django's own rule, so that no other program (xgettext) is needed; of our picture decks, the titles
and what each picture shows.

`./dev generate` writes it anew; `./dev check` fails while it is behind.
"""

import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tools.say import say

KEYWORDS = {
    "_": None, "N_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
POT = Path("src/withus/locale/withus.pot")


def catalogue(root: Path) -> Catalog:
    """In the order of files and lines; places are files only, so that a moved line changes nothing."""
    catalog = Catalog(project="WithUs", charset="utf-8", fuzzy=False)
    for path, source in _sources(root / "src" / "withus"):
        for _line, message, comments, context in extract(
            "python", BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            if message and message != ("", ""):
                catalog.add(message, locations=[(path.relative_to(root).as_posix(), 0)],
                            auto_comments=comments, context=context)  # fmt: skip
    for deck in sorted((root / "src" / "withus").glob("methods/decks/*/deck.toml")):
        for card in tomllib.loads(deck.read_text(encoding="utf-8"))["cards"]:
            for words in (card["title"], card["alt"]):
                catalog.add(words, locations=[(deck.relative_to(root).as_posix(), 0)])
    return catalog


def _sources(package: Path) -> Iterator[tuple[Path, str]]:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    for path in sorted(package.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path))


def problems(root: Path) -> list[str]:
    if not (root / POT).exists():
        return [f"{POT} is missing: `./dev generate` makes it"]
    with (root / POT).open("rb") as file:
        held = _sentences(read_po(file))
    now = _sentences(catalogue(root))
    behind = [f"{POT} lacks “{sentence}”" for sentence in sorted(now - held)]
    gone = [f"{POT} has “{sentence}”, which nothing says any more" for sentence in sorted(held - now)]
    found = behind + gone
    more = [f"… and {len(found) - 8} more"] if len(found) > 8 else []
    return [*found[:8], *more, "`./dev generate` makes it"] if found else []


def _sentences(catalog: Catalog) -> set[str]:
    texts = set()
    for message in catalog:
        if message.id:
            text = message.id if isinstance(message.id, str) else " / ".join(message.id)
            texts.add(f"{message.context}: {text}" if message.context else text)
    return texts


def write(root: Path) -> None:
    catalog = catalogue(root)
    (root / POT).parent.mkdir(exist_ok=True)
    with (root / POT).open("wb") as file:
        write_po(file, catalog, width=120, sort_by_file=True, include_lineno=False)
    text = (root / POT).read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(('"POT-Creation-Date', '"Generated-By'))]
    (root / POT).write_text("\n".join(kept) + "\n", encoding="utf-8")
    say(f"{POT}: {len(catalog)} sentences")
