"""What `pip install .` gives: a server with its styles, on a machine without Node."""

import re
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.ports import free_port
from tools.environment import PYTHON, UV, client_environment
from tools.say import ROOT

START_SECONDS = 240
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is committed, and nothing that was built here."""
    folder = tmp_path_factory.mktemp("wheel") / "withus"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    return folder


@pytest.fixture(scope="module")
def built(checkout: Path) -> Path:
    """The source archive, and the wheel made from it."""
    out = checkout.parent / "dist"
    uv("build", "--python", PYTHON, "--out-dir", out, checkout)
    return out


def uv(*arguments: str | Path) -> None:
    done = subprocess.run([UV, *arguments], env=client_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_source_archive_carries_the_built_front_end(built: Path) -> None:
    folder = built / "unpacked"
    shutil.unpack_archive(next(built.glob("*.tar.gz")), folder)
    assert next(folder.glob("*/src/withus/ui/built/participant.css")).stat().st_size > 1000
    assert next(folder.glob("*/tools/front.py")).exists()


def test_the_wheel_has_styles_pages_and_migrations_and_no_sources_of_the_front_end(built: Path) -> None:
    names = zipfile.ZipFile(next(built.glob("*.whl"))).namelist()
    assert "withus/ui/built/participant.css" in names
    assert {"withus/loop/sense/pieces.npz", "withus/loop/sense/NOTICE.txt"} <= set(names)
    assert "withus/record/migrations/0001_begin.py" in names
    assert [name for name in names if name.endswith(".ts") or name.startswith(("tools/", "tests/"))] == []


def test_installed_without_node_it_serves_its_style_sheet(built: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    uv(
        "pip",
        "install",
        "--python",
        python,
        "--constraints",
        ROOT / "requirements" / "run.txt",
        next(built.glob("*.whl")),
    )
    port = free_port()
    env = {"PATH": f"{python.parent}:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    command: list[str | Path] = [python.parent / "withus", "serve", "--data", tmp_path / "data", "--port", str(port)]
    with (tmp_path / "said").open("w") as said:
        server = subprocess.Popen(command, env=env, cwd=tmp_path, stdout=said, stderr=subprocess.STDOUT)
    try:
        page = fetched(f"http://127.0.0.1:{port}/", server, tmp_path / "said")
        sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert sheet is not None, page
        assert "Atkinson" in fetched(f"http://127.0.0.1:{port}{sheet[1]}", server, tmp_path / "said")
    finally:
        server.terminate()
        server.wait(20)


def fetched(address: str, server: "subprocess.Popen[bytes]", said: Path) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with opener.open(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer from {address}: {said.read_text()}")
