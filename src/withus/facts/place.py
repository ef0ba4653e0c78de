"""The line on which a place such as `workshops[0].plan[2].kind` stands, as far as the text shows it."""

import re
from collections.abc import Iterable

_HEADER = re.compile(r"^[ \t]*(\[\[?)([^\[\]#\"']+)(\]\]?)[ \t]*(?:#.*)?$")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_SKIPPED = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)


_Headers = dict[tuple[str | int, ...], int]


def lines_of(text: str, places: Iterable[str]) -> list[int | None]:
    """None where the text is written in a way that this simple look cannot follow."""
    bare = without_texts(text)
    headers = _headers(bare)
    return [
        _under_headers(text, bare, headers, [name or int(number) for name, number in _STEP.findall(place)])
        for place in places
    ]


def without_texts(text: str) -> str:
    """Comments become spaces and texts become letters, each as long as before."""
    return _SKIPPED.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " " if found.group().startswith("#") else "x", found.group())


def _under_headers(text: str, bare: str, headers: _Headers, steps: list[str | int]) -> int | None:
    """Tries the deepest table header first, then looks for the rest as keys below it."""
    for depth in range(len(steps), -1, -1):
        start = 0 if depth == 0 else headers.get(tuple(steps[:depth]))
        if start is None:
            continue
        end = min((at for at in headers.values() if at > start), default=len(bare))
        found = _inside(text, bare, start, end, steps[depth:])
        if found is not None:
            return bare.count("\n", 0, found) + 1
    return None


def _headers(bare: str) -> _Headers:
    """Where each table starts, by its path with row numbers."""
    starts: dict[tuple[str | int, ...], int] = {}
    rows: dict[tuple[str | int, ...], int] = {}
    at = 0
    for line in bare.splitlines(keepends=True):
        found = _HEADER.match(line)
        if found:
            *outer, last = [part.strip() for part in found.group(2).split(".")]
            path: tuple[str | int, ...] = ()
            for part in outer:
                path = (*path, part)
                if path in rows:
                    path = (*path, rows[path])
            path = (*path, last)
            if found.group(1) == "[[":
                rows[path] = rows.get(path, -1) + 1
                path = (*path, rows[path])
            starts[path] = at
        at += len(line)
    return starts


def _inside(text: str, bare: str, start: int, end: int, steps: list[str | int]) -> int | None:
    at = start
    for step in steps:
        found = _key(text, at, end, step) if isinstance(step, str) else _nth(bare, at, end, step)
        if found is None:
            return None
        at = found
    return at


def _key(text: str, start: int, end: int, key: str) -> int | None:
    found = re.compile(rf"(?:^|[\s,{{])(['\"]?{re.escape(key)}['\"]?[ \t]*=)", re.MULTILINE).search(text, start, end)
    return found.start(1) if found else None


def _nth(bare: str, start: int, end: int, number: int) -> int | None:
    """The start of the n-th element of the first list after `start`."""
    opened = bare.find("[", start, end)
    if opened < 0:
        return None
    depth, seen, waiting = 0, -1, True
    for at in range(opened, end):
        char = bare[at]
        if depth == 1 and waiting and char not in " \t\n\r,]":
            seen, waiting = seen + 1, False
            if seen == number:
                return at
        if char in "[{":
            depth += 1
        elif char in "]}":
            depth -= 1
            if depth == 0:
                return None
        elif char == "," and depth == 1:
            waiting = True
    return None
