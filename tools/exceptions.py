"""The exceptions to our own rules: each named once, in exceptions.toml, with a reason."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Exceptions:
    writers: dict[str, str]
    """Files that may write to the database though they are no actions."""
    files: dict[str, str]
    """Files that may be longer than 400 lines."""
    functions: dict[str, str]
    """Functions, as `path:name`, that may be longer than 60 lines."""
    reasons: frozenset[str]
    """The reasons that may stand behind `-- ` in a noqa or a type: ignore."""


def read(root: Path) -> Exceptions:
    content = tomllib.loads((root / "tools" / "exceptions.toml").read_text(encoding="utf-8"))
    return Exceptions(
        content["writers"], content["size"]["files"], content["size"]["functions"], frozenset(content["reasons"])
    )
