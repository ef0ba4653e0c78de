"""
The Python environment in `.venv`: made once, brought up to the lock files when they change, left alone otherwise.

Nothing of it asks for root, for pip, or for any host by name: the package clients are used as this machine has them set up.
"""

import configparser
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.fetching import fetch
from tools.say import ROOT, Stop, say

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SITE = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(VENV), "platbase": str(VENV)}))
UV = VENV / "uv" / "bin" / "uv"
STAMP = VENV / "withus.json"
CACHE = ROOT / ".cache"
LOCKS = ROOT / "requirements"

MEGABYTES = {"uv": 17, "run": 83, "front": 59, "dev": 100}
"""What each lock file fetches on a machine with empty caches; measured on Linux, x86-64."""
DISK = {"uv": 60, "run": 245, "front": 210, "dev": 400}

NO_PIP = (
    "this Python has neither pip nor ensurepip, and Debian's package tools are not here to get them. "
    "Do `sudo apt install python3-venv` (or what your system calls it), then start again."
)


def client_environment() -> dict[str, str]:
    """
    What every package client is started with.

    The system's certificates are trusted (hospital networks inspect TLS), no Python is ever downloaded, and what the
    person has set up for pip or uv stays as it is; uv is told the index that pip uses, which it would not look up.
    """
    env = dict(os.environ)
    env.update(UV_SYSTEM_CERTS="1", NODE_USE_SYSTEM_CA="1", UV_PYTHON_DOWNLOADS="never", PYTHONUNBUFFERED="1")
    env.update(UV_NO_PROGRESS="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    env.setdefault("UV_HTTP_TIMEOUT", "30")
    env.setdefault("PIP_DEFAULT_TIMEOUT", "30")
    for name in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_USER", "PIP_PREFIX", "CONDA_PREFIX"):
        env.pop(name, None)
    if not ({"UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_NO_INDEX"} & env.keys()) and (index := _pip_index(env)):
        env["UV_DEFAULT_INDEX"] = index
    home = Path(env.get("HOME", "/nonexistent"))
    if not os.access(home, os.W_OK):
        env.setdefault("UV_CACHE_DIR", str(CACHE / "uv"))
        env.setdefault("npm_config_cache", str(CACHE / "npm"))
        env.setdefault("PIP_CACHE_DIR", str(CACHE / "pip"))
    return env


def _pip_index(env: dict[str, str]) -> str | None:
    if index := env.get("PIP_INDEX_URL"):
        return index
    home = Path(env.get("HOME", "/nonexistent"))
    config = configparser.ConfigParser(interpolation=None, strict=False)
    read = [Path("/etc/xdg/pip/pip.conf"), Path("/etc/pip.conf"), home / ".pip/pip.conf", home / ".config/pip/pip.conf"]
    try:
        config.read([*read, env.get("PIP_CONFIG_FILE", "/nonexistent")])
    except (configparser.Error, OSError):
        return None
    for section in ("install", "global"):
        if index := config.get(section, "index-url", fallback=None):
            return index.strip()
    return None


def ready(*groups: str, besides: int = 0) -> None:
    """
    Leaves `.venv` holding what the named lock files say (and those it already held), or stops with one sentence.

    `besides`: megabytes that the caller fetches afterwards, so that the person hears one number before it starts.
    """
    if _is_ready(groups):
        return
    with _alone():
        held = _stamp().get("groups", [])
        wanted = [group for group in MEGABYTES if group in {*groups, *(held if isinstance(held, list) else [])}]
        if not _is_ready(groups):
            _make(wanted, besides)


def _make(wanted: list[str], besides: int) -> None:
    whole = bool(shutil.which(str(PYTHON)))
    fetched = [*([] if UV.exists() and whole else ["uv"]), *(group for group in wanted if not _holds(group))]
    room = sum(DISK[group] for group in fetched) + 3 * besides
    if (free := shutil.disk_usage(ROOT).free // 2**20) < room:
        raise Stop(f"{ROOT} has {free} MB of free space, and this needs {room} MB. Free some space and start again.")
    say(f"Fetching up to {sum(MEGABYTES[group] for group in fetched) + besides} MB from the package registries:")
    env = client_environment()
    if not whole:
        shutil.rmtree(VENV, ignore_errors=True)
        fetch([sys.executable, "-m", "venv", "--without-pip", VENV], "making .venv", env=env)
    if not UV.exists() or not _holds("uv"):
        shutil.rmtree(UV.parent.parent, ignore_errors=True)
        _install_uv(env)
    STAMP.unlink(missing_ok=True)
    locks = [LOCKS / f"{group}.txt" for group in wanted]
    say(f"  Python packages: {', '.join(wanted)}")
    sync: list[str | Path] = [UV, "pip", "sync", "--require-hashes", "--no-build", "--python", PYTHON, *locks]
    fetch(sync, "fetching Python packages", env=env)
    (SITE / "withus-checkout.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    command = VENV / "bin" / "withus"
    command.write_text('#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -P -m withus.site.cli "$@"\n')
    command.chmod(0o755)
    stamp = {
        "python": sys.version,
        "root": str(ROOT),
        "groups": wanted,
        "locks": {g: _digest(g) for g in ["uv", *wanted]},
    }
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def _is_ready(groups: tuple[str, ...]) -> bool:
    """A folder that was moved or copied is made anew: the scripts in it name the place where they were made."""
    return (
        PYTHON.exists()
        and UV.exists()
        and _stamp().get("root") == str(ROOT)
        and all(_holds(group) for group in {"uv", *groups})
    )


def _holds(group: str) -> bool:
    locks = _stamp().get("locks")
    return isinstance(locks, dict) and locks.get(group) == _digest(group)


def _stamp() -> dict[str, object]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _digest(group: str) -> str:
    return hashlib.sha256((LOCKS / f"{group}.txt").read_bytes()).hexdigest()


def _install_uv(env: dict[str, str]) -> None:
    say("  uv, which fetches the rest")
    with tempfile.TemporaryDirectory() as folder:
        pip, extra = _pip(env, Path(folder))
        target = UV.parent.parent
        options: list[str | Path] = [
            "--target",
            target,
            "--require-hashes",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--quiet",
        ]
        command = [*pip, "install", *options, "-r", LOCKS / "uv.txt"]
        fetch([*command, "--retries", "2"], "fetching uv", env={**env, **extra})


def _pip(env: dict[str, str], folder: Path) -> tuple[list[str | Path], dict[str, str]]:
    """A pip to start with: the one that is here, else the one inside Python, else the wheel that Debian packs apart."""
    attempts: list[list[str | Path]] = [[sys.executable, "-m", "pip", "--version"], [PYTHON, "-m", "ensurepip"]]
    for attempt in attempts:
        if subprocess.run(attempt, capture_output=True, env=env, check=False).returncode == 0:
            return [attempt[0], "-m", "pip"], {}
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise Stop(NO_PIP)
    say("  pip, from Debian's packages (the lists of packages are read once and thrown away)")
    unpack_debian(["python3-pip-whl"], folder, env)
    wheels = sorted(folder.glob("out/usr/share/python-wheels/pip-*.whl"))
    if not wheels:
        raise Stop(NO_PIP)
    return [PYTHON, "-m", "pip"], {"PYTHONPATH": str(wheels[-1])}


def unpack_debian(packages: list[str], folder: Path, env: dict[str, str]) -> None:
    """Downloads Debian packages as an ordinary user, with lists of our own, and unpacks them under `folder`/out."""
    for name in ("lists/partial", "cache/archives/partial", "debs", "out"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    options = [f"Dir::State::Lists={folder}/lists", f"Dir::Cache={folder}/cache", "Debug::NoLocking=1"]
    apt: list[str | Path] = ["apt-get", "-q"]
    for option in [*options, "APT::Sandbox::User=", "Acquire::http::Timeout=30", "Acquire::Retries=1"]:
        apt += ["-o", option]
    fetch([*apt, "update"], "reading Debian's lists of packages", env=env)
    fetch([*apt, "download", *packages], "fetching Debian packages", env=env, cwd=folder / "debs")
    for deb in (folder / "debs").glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", deb, folder / "out"], check=True)


@contextmanager
def _alone() -> Iterator[None]:
    """Two `./dev` at once would tear one folder; the second waits."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "dev.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another ./dev is making the environment; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
