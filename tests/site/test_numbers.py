"""An installation's own numbers, in the web app: read as it starts, and it does not start with milder ones."""

import os
import subprocess
import sys
from pathlib import Path

from tests.traps.test_stricter import ROOMY, written
from tests.walks.site import PATIENCE

JUDGED = """
import sys
from pathlib import Path
from withus.site.commands import prepare

prepare.django(Path(sys.argv[1]))
from withus.facts.load import loads
from withus.traps.judge import judge

print(*(each.rule for each in judge(loads(sys.argv[2])).findings))
"""


def started(numbers: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """A program of its own, as on the installation: what is set in it reaches no other test."""
    named = ("WITHUS_", "DJANGO_", "DATABASE_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(named)}
    command: list[str | Path] = [sys.executable, *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env={**env, "WITHUS_NUMBERS": str(numbers)},
    )


def test_with_a_milder_number_it_does_not_start_and_says_so_in_one_sentence(tmp_path: Path) -> None:
    milder = written(tmp_path, "[T202]\nLEAST = 0.05\n")
    serve = started(milder, "-m", "withus.site.cli", "serve", "--data", tmp_path / "data", "--port", "0")
    said = f"WITHUS_NUMBERS: {milder}: T202 LEAST can be made stricter, never milder: at least 0.1.\n"
    assert (serve.returncode, serve.stdout, serve.stderr) == (1, "", said)


def test_with_a_stricter_one_it_judges_by_it(tmp_path: Path) -> None:
    """Of this plan only T203 is said with our own numbers."""
    strict = written(tmp_path, "[T202]\nLEAST = 0.4\n")
    judged = started(strict, "-c", JUDGED, tmp_path / "data", ROOMY)
    assert (judged.stdout, judged.stderr) == ("T202 T203\n", "")
