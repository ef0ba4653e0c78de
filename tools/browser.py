"""
A Chromium, Playwright's Node and a font for Arabic, wherever they can be had without asking anybody.

The way of each is tried in turn: what the machine has; Debian's package when root; a registry's package otherwise. What
cannot be had stops the tests with its cure: a walk that is skipped proves nothing.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tools import front
from tools.environment import CACHE, client_environment, unpack_debian
from tools.fetching import fetch
from tools.say import ROOT, Stop, say

NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable", "chrome")
DEBIAN = "chromium-headless-shell"
CARRIED = CACHE / "chromium"
FONTS = CACHE / "fonts"
ARABIC = "fonts-noto-core"
CURE = "Install one (`sudo apt install chromium fonts-noto-core`), or set WITHUS_CHROMIUM to the program of one."


@dataclass(frozen=True)
class Browser:
    program: str
    environment: dict[str, str] = field(default_factory=dict)
    """What the browser, and Playwright before it, must be started with."""


def browser() -> Browser:
    """Finds or fetches all three; quick when they are there."""
    environment = {"PLAYWRIGHT_NODEJS_PATH": str(front.node_home() / "bin" / "node")}
    program = os.environ.get("WITHUS_CHROMIUM") or _installed()
    if not program and os.getuid() == 0 and _apt(DEBIAN):
        program = _installed()
    if not program:
        program = _carried()
    environment |= _arabic(program)
    environment["WITHUS_CHROMIUM"] = program
    return Browser(program, environment)


def _installed() -> str | None:
    """Ubuntu's `chromium` is a script that wants a snap; it does not count."""
    for name in NAMES:
        if (program := shutil.which(name)) and _runs(program):
            return program
    return None


def _runs(program: str) -> bool:
    """Whether it starts at all: a program without its libraries would fail in the first walk otherwise."""
    try:
        command = [program, "--version", "--no-sandbox"]
        done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and bool(re.search(rb"\d+\.\d+\.\d+", done.stdout))


def _apt(package: str) -> bool:
    """As root on Debian; False where apt has no such package."""
    if not shutil.which("apt-get"):
        return False
    say(f"  {package}, from Debian's packages")
    env = client_environment() | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        fetch(["apt-get", "-q", "update"], "reading Debian's lists of packages", env=env)
        command = ["apt-get", "-q", "install", "--yes", "--no-install-recommends", package]
        fetch(command, f"installing {package}", env=env)
    except Stop as stop:
        say(f"  {stop}")
        return False
    return True


def _carried() -> str:
    """The npm package that carries a Chromium and its libraries: unpacked once, by its own code, into .cache."""
    program = CARRIED / "chromium"
    start = CARRIED / "start"
    lock = (ROOT / "tools" / "chromium" / "package-lock.json").read_text(encoding="utf-8")
    if start.exists() and (CARRIED / "lock.json").exists() and (CARRIED / "lock.json").read_text("utf-8") == lock:
        return str(start)
    say("  Chromium, as an npm package carries it (66 MB)")
    shutil.rmtree(CARRIED, ignore_errors=True)
    CARRIED.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / "tools" / "chromium" / name, folder)
        npm = [*front.npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--progress=false"]
        env = client_environment()
        fetch([*npm, "--fetch-retries=1", "--fetch-timeout=20000"], "fetching Chromium", env=env, cwd=Path(folder))
        script = "import c from '@sparticuz/chromium'; console.log(JSON.stringify(await c.executablePath()))"
        # Under this name of a service it unpacks its libraries too, all of it into the temporary folder.
        unpack = env | {"AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x", "TMPDIR": folder}
        node = front.node_home() / "bin" / "node"
        printed = fetch([node, "--input-type=module", "-e", script], "unpacking Chromium", env=unpack, cwd=Path(folder))
        made = Path(json.loads(printed.strip().splitlines()[-1]))
        shutil.move(made, program)
        for found in made.parent.rglob("*.so*"):
            (CARRIED / "lib").mkdir(exist_ok=True)
            shutil.copy2(found, CARRIED / "lib" / found.name)
        for beside in (*made.parent.glob("*swiftshader*"), *made.parent.glob("lib*.so")):
            shutil.copy2(beside, CARRIED / beside.name)
    # Its libraries are for it alone: Python and Node have their own.
    start.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{CARRIED}/lib" exec "{program}" "$@"\n', encoding="utf-8")
    start.chmod(0o755)
    if not _runs(str(start)):
        raise Stop(f"the fetched Chromium does not start on this machine. {CURE}")
    (CARRIED / "lock.json").write_text(lock, encoding="utf-8")
    return str(start)


def _arabic(program: str) -> dict[str, str]:
    """A picture of a right-to-left page proves nothing when its letters are boxes."""
    if _has_arabic():
        return {}
    if os.getuid() == 0 and _apt(ARABIC) and _has_arabic():
        return {}
    if not any(FONTS.rglob("*Arabic*.ttf")):
        if not shutil.which("dpkg-deb"):
            raise Stop(f"no font here has Arabic letters. {CURE}")
        say("  a font for Arabic, from Debian's packages")
        with tempfile.TemporaryDirectory() as folder:
            unpack_debian([ARABIC, "fonts-dejavu-core"], Path(folder), client_environment())
            FONTS.mkdir(parents=True, exist_ok=True)
            for found in Path(folder).glob("out/usr/share/fonts/**/*.ttf"):
                if "Arabic" in found.name or found.name.startswith(("DejaVu", "NotoSans-", "NotoSerif-")):
                    shutil.copy2(found, FONTS / found.name)
    config = FONTS / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts</dir><dir>{FONTS}</dir><cachedir>{FONTS}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(config)}


def _has_arabic() -> bool:
    """Asked of fontconfig where it is; by the names of the files elsewhere."""
    if shutil.which("fc-list"):
        done = subprocess.run(["fc-list", ":lang=ar", "file"], capture_output=True, text=True, check=False)
        return bool(done.stdout.strip())
    return any(Path("/usr/share/fonts").rglob("*Arabic*.*tf")) or any(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"))
