"""CSV files for the tests of imports, and the command that reads them."""

from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from withus.transfer import command


def write(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join([*rows, ""]).encode(encoding))
    return path


def run(*arguments: Any) -> Result:
    """`withus import ...` inside this test's own transaction: the installation is ready already."""
    command.bind(lambda _data: None)
    return CliRunner().invoke(command.app, [str(one) for one in arguments])
