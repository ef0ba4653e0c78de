"""
`./dev lock`: resolves requirements/*.txt and package-lock.json anew.

The files name no registry host and no address, so that whoever installs them uses the registry that they trust.
"""

import json
import os
import sys
from pathlib import Path

from tools import front
from tools.environment import LOCKS, PYTHON, UV, client_environment
from tools.fetching import fetch
from tools.say import ROOT, Stop, plainly, say

LOCKED: dict[str, list[str]] = {
    "run": [],
    "front": ["--group", "front"],
    "dev": ["--group", "dev"],
    "themes": ["--group", "themes"],
}


def main() -> None:
    env = client_environment() | {"UV_CUSTOM_COMPILE_COMMAND": "./dev lock"}
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    compile_: list[str | Path] = [
        UV,
        "pip",
        "compile",
        "--universal",
        "--generate-hashes",
        "--python-version",
        "3.11",
        "--quiet",
        *upgrade,
    ]
    compile_ += ["--python", PYTHON]
    for name, group in LOCKED.items():
        say(f"  requirements/{name}.txt")
        source = [] if group else ["pyproject.toml"]
        same = [] if name == "run" else ["--constraints", "requirements/run.txt"]
        fetch(
            [*compile_, *group, *source, *same, "--output-file", f"requirements/{name}.txt"], f"locking {name}", env=env
        )
    version = fetch([UV, "--version"], "asking uv for its version", env=env).split()[1]
    source_file = ROOT / ".cache" / "uv.in"
    source_file.write_text("uv\n" if upgrade else f"uv=={version}\n", encoding="utf-8")
    fetch([*compile_, "--no-annotate", source_file, "--output-file", "requirements/uv.txt"], "locking uv", env=env)
    for folder in (ROOT, ROOT / "tools" / "chromium"):
        say(f"  {(folder / 'package-lock.json').relative_to(ROOT)}")
        npm: list[str | Path] = [
            *front.npm(),
            "update" if upgrade else "install",
            "--package-lock-only",
            "--ignore-scripts",
        ]
        fetch([*npm, "--no-audit", "--no-fund"], "locking npm's packages", env=env, cwd=folder)
        _without_addresses(folder / "package-lock.json")
    for path in (*LOCKS.glob("*.txt"), ROOT / "package-lock.json", ROOT / "tools" / "chromium" / "package-lock.json"):
        if "://" in path.read_text(encoding="utf-8"):
            raise Stop(f"{path.relative_to(ROOT)} names an address; it must name none.")


def _without_addresses(lock: Path) -> None:
    """npm notes where to send money; that is an address, and nothing that installs needs it."""
    content = json.loads(lock.read_text(encoding="utf-8"))
    for package in content["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.chdir(ROOT)
    with plainly():
        main()
