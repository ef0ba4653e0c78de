"""Every silenced warning names its code and a reason from the list, so that reasons stay few and can be looked up."""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tools.exceptions import Exceptions
from tools.size import sources

MARK = re.compile(r"#\s*(?P<what>noqa|type:\s*ignore|pyright|pylint|fmt:\s*off)(?P<rest>.*)")
GOOD = {
    "noqa": re.compile(r"^: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)* -- (?P<reason>.+)$"),
    "type: ignore": re.compile(r"^\[[a-z-]+(, ?[a-z-]+)*\] +# (-- )?(?P<reason>.+)$"),
}


def problems(root: Path, exceptions: Exceptions) -> list[str]:
    found = []
    for path in [*sources(root, {".py"}), root / "dev"]:
        for number, comment in _comments(path.read_text(encoding="utf-8")):
            if problem := check(comment, exceptions.reasons):
                found.append(f"{path.relative_to(root)}:{number} {problem}")
    return found


def _comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def check(comment: str, reasons: frozenset[str]) -> str | None:
    mark = MARK.search(comment)
    if not mark:
        return None
    what = re.sub(r":\s*", ": ", mark["what"])
    good = GOOD[what].match(mark["rest"].rstrip()) if what in GOOD else None
    if not good:
        return f"“{comment}”: write `# {what}{'[code]  # reason' if what == 'type: ignore' else ': CODE -- reason'}`"
    if good["reason"].strip() not in reasons:
        return f"“{good['reason'].strip()}” is no reason in tools/exceptions.toml"
    return None
