"""
`./dev check [STEP...]`: all that reads the code without running its tests. Every step runs, also after one that failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import exceptions, front, size, templates, translations, vocabulary, writers
from tools.say import ROOT, Stop, plainly, say

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Result:
    name: str
    seconds: float
    problems: str
    """Empty when all is well."""


def program(*command: str | Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT, text=True, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, **(env or {})},
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout.strip() or f"exit status {done.returncode}"


def lines(found: list[str]) -> str:
    return "\n".join(found)


def typescript() -> str:
    if not any(front.UI.rglob("*.ts")):
        return ""
    compiler = front.MODULES / "typescript" / "bin" / "tsc"
    return program(front.node_home() / "bin" / "node", compiler, "--project", ROOT, "--pretty", "false")


def migrations() -> str:
    """On a data folder of its own: Django looks into the database before it compares."""
    with tempfile.TemporaryDirectory() as data:
        env = {"WITHUS_DATA": data, "DJANGO_SETTINGS_MODULE": "withus.site.settings", "DATABASE_URL": ""}
        return program(sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", env=env)


def docs() -> str:
    return program(sys.executable, "-m", "withus.traps.page", "--check")


STEPS: dict[str, Callable[[], str]] = {
    "types": lambda: program(BIN / "mypy"),
    "style": lambda: program(BIN / "ruff", "check"),
    "format": lambda: program(BIN / "ruff", "format", "--check"),
    "layers": lambda: program(BIN / "lint-imports", "--no-cache"),
    "writers": lambda: lines(writers.problems(ROOT, exceptions.read(ROOT).writers)),
    "size": lambda: lines(size.problems(ROOT, exceptions.read(ROOT))),
    "vocabulary": lambda: lines(vocabulary.problems(ROOT, exceptions.read(ROOT))),
    "templates": lambda: lines(templates.problems(ROOT)),
    "typescript": typescript,
    "migrations": migrations,
    "translations": lambda: lines(translations.problems(ROOT)),
    "docs": docs,
}


def run(name: str) -> Result:
    begun = time.monotonic()
    try:
        problems = STEPS[name]()
    except (Stop, SyntaxError, FileNotFoundError) as error:
        problems = str(error)
    result = Result(name, time.monotonic() - begun, problems)
    say(f"{'FAIL' if problems else 'ok':<5}{name:<13}{result.seconds:5.1f} s")
    return result


def main(names: list[str]) -> int:
    if unknown := set(names) - STEPS.keys():
        raise Stop(f"there is no step “{min(unknown)}”. The steps: {', '.join(STEPS)}.")
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, names or STEPS))
    for result in results:
        if result.problems:
            say(f"\n{result.name}\n{result.problems}")
    failed = [result.name for result in results if result.problems]
    say(f"\n./dev check: {'failed: ' + ', '.join(failed) if failed else 'all in order'}")
    return 1 if failed else 0


if __name__ == "__main__":
    with plainly():
        sys.exit(main(sys.argv[1:]))
