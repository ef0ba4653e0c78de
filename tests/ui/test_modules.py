"""The pure parts of the islands, on Node: bundled by esbuild as the pages have them, run by Node's own test runner."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tools import front

TESTS = sorted((Path(__file__).parent / "islands").glob("*.test.ts"))


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name)
def test_the_pure_modules_do_what_they_promise(file: Path, tmp_path: Path) -> None:
    bundle = tmp_path / f"{file.stem}.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", f"--outfile={bundle}", "--log-level=error"]
    subprocess.run([front.esbuild(), str(file), *options], check=True)
    node = front.node_home() / "bin" / "node"
    assert shutil.which(str(node)), "Node is not here: `./dev build` fetches it."
    done = subprocess.run([node, "--test", str(bundle)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
