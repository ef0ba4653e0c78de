"""Limits with named exceptions, and silenced warnings with named reasons."""

from pathlib import Path

import pytest

from tools.exceptions import Exceptions
from tools.size import problems
from tools.vocabulary import check


def long_tree(root: Path) -> None:
    (root / "src").mkdir()
    (root / "src" / "long.py").write_text("x = 1\n" * 401)
    body = "    x = 1\n" * 60
    (root / "src" / "deep.py").write_text(f"def deep():\n{body}\n\ndef shallow():\n    x = 1\n")


def test_long_files_and_functions_are_named(tmp_path: Path) -> None:
    long_tree(tmp_path)
    assert problems(tmp_path, Exceptions({}, {}, {}, frozenset())) == [
        "src/long.py has 401 lines; 400 is the limit",
        "src/deep.py:deep has 61 lines; 60 is the limit",
    ]


def test_an_exception_that_is_not_needed_fails(tmp_path: Path) -> None:
    long_tree(tmp_path)
    exceptions = Exceptions(
        {}, {"src/long.py": "one table"}, {"src/deep.py:deep": "one", "src/gone.py:x": "was"}, frozenset()
    )
    assert problems(tmp_path, exceptions) == ["tools/exceptions.toml: src/gone.py:x needs no exception for its size"]


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa: E501 -- one address",
        "x = 1  # noqa: E501, S101 -- one address",
        "x = 1  # type: ignore[misc]  # one address",
        "x = 1  # type: ignore[misc] # -- one address",
        "x = 1  # an ordinary remark",
    ],
)
def test_a_known_reason_is_fine(line: str) -> None:
    assert check(line, frozenset({"one address"})) is None


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa",
        "x = 1  # noqa: E501",
        "x = 1  # type: ignore",
        "x = 1  # type: ignore[misc]",
        "x = 1  # noqa: E501 -- hm",
    ],
)
def test_no_reason_no_code_or_an_unknown_reason_is_told(line: str) -> None:
    assert check(line, frozenset({"one address"})) is not None
