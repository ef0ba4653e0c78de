"""`./dev bench NAME`: runs `tools/benches/NAME.py`; each prints its numbers as JSON."""

import os
import subprocess
import sys
from pathlib import Path

from tools import browser
from tools.say import ROOT, Stop, plainly

BENCHES = Path(__file__).parent / "benches"


def names() -> list[str]:
    """Those that can be run; beside them lies what several use."""
    return sorted(
        path.stem
        for path in BENCHES.glob("[a-z]*.py")
        if "_" not in path.stem and "\ndef main()" in path.read_text("utf-8")
    )


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in names():
        raise Stop(f"say which bench: {', '.join(names())}.")
    found = browser.browser()
    command = [sys.executable, "-m", f"tools.benches.{arguments[0]}", *arguments[1:]]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **found.environment}, check=False).returncode


if __name__ == "__main__":
    with plainly():
        sys.exit(main(sys.argv[1:]))
