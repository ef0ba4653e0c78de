"""`./dev` itself, as a person types it."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import bench, environment, postgres
from tools.say import ROOT


def dev(*arguments: str, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    command: list[str | Path] = [sys.executable, ROOT / "dev", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def test_alone_it_lists_what_it_can_do() -> None:
    shown = dev()
    assert shown.returncode == 2
    assert re.findall(r"^  (\w+)  ", shown.stdout, re.M) == [
        "demo",
        "serve",
        "test",
        "check",
        "bench",
        "build",
        "generate",
        "table",
        "lock",
    ]


def test_an_unknown_command_is_one_sentence() -> None:
    shown = dev("tset")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr == "./dev: there is no command “tset”. `./dev` alone lists them.\n"


def test_the_launcher_can_be_read_by_an_old_python() -> None:
    """No syntax in it that is newer than 3.6, or the sentence about the version would never be seen."""
    ast.parse((ROOT / "dev").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "requirements").glob("*.txt")), *sorted(ROOT.glob("**/package-lock.json"))]
)
def test_no_lock_file_names_an_address(path: Path) -> None:
    if "node_modules" not in path.parts:
        assert "://" not in path.read_text()


def test_npm_packages_are_locked_by_their_content() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_the_index_that_pip_uses_is_told_to_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    assert environment.client_environment()["UV_DEFAULT_INDEX"] == "http://127.0.0.1:9/simple"


def test_an_index_that_was_set_for_uv_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:8/simple")
    assert environment.client_environment()["UV_DEFAULT_INDEX"] == "http://127.0.0.1:8/simple"


def test_clients_trust_the_system_and_never_fetch_a_python() -> None:
    env = environment.client_environment()
    assert (env["UV_SYSTEM_CERTS"], env["NODE_USE_SYSTEM_CA"], env["UV_PYTHON_DOWNLOADS"]) == ("1", "1", "never")


def test_without_a_home_the_caches_lie_in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nonexistent")
    for name in ("UV_CACHE_DIR", "npm_config_cache"):
        monkeypatch.delenv(name, raising=False)
    env = environment.client_environment()
    assert {env["UV_CACHE_DIR"], env["npm_config_cache"]} == {
        str(environment.CACHE / "uv"),
        str(environment.CACHE / "npm"),
    }


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Like tmp_path, for another account to read too."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_folder_that_may_not_be_written_is_one_sentence(open_folder: Path) -> None:
    """Root may write everywhere, so root's run tries as another account."""
    copy = open_folder / "checkout"
    for name in ("tools", "requirements"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("dev", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, copy / name)
    copy.chmod(0o555)
    other: postgres.Account = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
    try:
        shown = subprocess.run(
            ["/usr/bin/env", "python3", "dev", "demo"],
            cwd=copy, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
            **other,
        )  # fmt: skip
    finally:
        copy.chmod(0o755)
    assert shown.returncode == 1
    assert shown.stderr.startswith("./dev: No permission to write ")
    assert "Traceback" not in shown.stderr


def test_every_bench_is_told_of_by_its_name() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/build/dev.md").read_text(encoding="utf-8"), re.M))
    assert told == set(bench.names())
