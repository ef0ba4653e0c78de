"""How long files and functions may be: what is longer usually hides two things that want names of their own."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.exceptions import Exceptions

FILE_LINES = 400
FUNCTION_LINES = 60
FOLDERS = ("src", "tests", "tools")
KINDS = {".py", ".ts", ".css", ".html"}
SKIPPED = {"migrations", "built", "node_modules", "__pycache__", "static"}


def sources(root: Path, kinds: set[str]) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in kinds and not SKIPPED & set(path.relative_to(root).parts):
                yield path


def problems(root: Path, exceptions: Exceptions) -> list[str]:
    files = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sources(root, KINDS)}
    long_files = {name: text.count("\n") for name, text in files.items() if text.count("\n") > FILE_LINES}
    long_functions = dict(
        found for name, text in files.items() if name.endswith(".py") for found in _functions(name, text)
    )
    return [
        *_compare(long_files, exceptions.files, FILE_LINES),
        *_compare(long_functions, exceptions.functions, FUNCTION_LINES),
    ]


def _functions(name: str, text: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{name}:{node.name}", lines


def _compare(found: dict[str, int], allowed: dict[str, str], limit: int) -> Iterator[str]:
    for name, lines in sorted(found.items()):
        if name not in allowed:
            yield f"{name} has {lines} lines; {limit} is the limit"
    for name in sorted(set(allowed) - set(found)):
        yield f"tools/exceptions.toml: {name} needs no exception for its size"
