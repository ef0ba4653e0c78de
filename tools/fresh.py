"""
`./dev test --fresh`: the first command of the README, on a system that has nothing.

Debian's smallest system with python3-venv, git and certificates; a clone of what is committed; `./dev demo` as an ordinary
user; one page fetched; and once more without python3-venv, which Debian splits off. How to reach packages is taken from
this machine as it is set up, at run time: apt's sources, pip's and npm's configuration, certificates. Needs root, for
debootstrap and chroot.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.environment import client_environment
from tools.fetching import fetch
from tools.say import ROOT, Stop, say

ACCOUNT = 4242
PACKAGES = "python3,python3-venv,git,ca-certificates"
WITHOUT = ("python3-venv", "python3.11-venv", "python3-pip-whl", "python3-setuptools-whl")
PASSED = re.compile(
    r"^(PIP|UV|npm_config|NPM_CONFIG)_|^(https?|no|all)_proxy$|^(SSL_CERT|NODE_EXTRA_CA|REQUESTS_CA|CURL_CA)", re.I
)
COPIED = (
    "etc/pip.conf",
    "etc/xdg/pip",
    "etc/npmrc",
    "usr/etc/npmrc",
    "etc/ssl/certs",
    "etc/hosts",
    "etc/resolv.conf",
    "etc/uv",
)
"""What tells the clients of this machine how to reach their registries; names that are not here are left out."""
OF_HOME = (".npmrc", ".config/pip", ".pip", ".config/uv")
START_SECONDS = 420


def main() -> int:
    if os.getuid() != 0:
        raise Stop("`--fresh` needs root, for debootstrap and chroot.")
    if not shutil.which("debootstrap"):
        env = client_environment() | {"DEBIAN_FRONTEND": "noninteractive"}
        fetch(["apt-get", "-q", "update"], "reading Debian's lists of packages", env=env)
        fetch(["apt-get", "-q", "install", "--yes", "debootstrap"], "installing debootstrap", env=env)
    folder = Path(tempfile.mkdtemp(prefix="withus-fresh-", dir="/var/tmp"))
    try:
        return _try_in(folder / "root")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _try_in(root: Path) -> int:
    say("A bare Debian:")
    suite, mirror = _source()
    options = ["--variant=minbase", f"--include={PACKAGES}"]
    fetch(["debootstrap", *options, suite, root, mirror], "making a bare Debian", env=client_environment())
    root.parent.chmod(0o755)
    _set_up(root)
    clone = root / "home" / "guest" / "withus"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, clone], check=True)
    for path in (clone.parent, *clone.parent.rglob("*")):
        os.chown(path, ACCOUNT, ACCOUNT, follow_symlinks=False)
    say("./dev demo in it, as an ordinary user:")
    _demo(root)
    say("./dev demo again, with neither pip nor ensurepip:")
    shutil.rmtree(clone / ".venv")
    subprocess.run(["chroot", root, "dpkg", "--purge", *WITHOUT], check=True, stdout=subprocess.DEVNULL)
    _demo(root)
    say("2 passed, 0 failed")
    return 0


def _demo(root: Path) -> None:
    port = _free_port()
    begun = time.monotonic()
    with _started(root, port) as demo:
        page = _first_page(demo, port, begun)
        say(f"First page after {time.monotonic() - begun:.0f} s.")
    if "<h1" not in page:
        raise Stop("the first page has no heading.")


def _set_up(root: Path) -> None:
    for name in COPIED:
        _copy(Path("/") / name, root / name)
    home = root / "home" / "guest"
    home.mkdir(parents=True)
    for name in OF_HOME:
        _copy(Path.home() / name, home / name)
    with (root / "etc" / "passwd").open("a") as accounts:
        accounts.write(f"guest:x:{ACCOUNT}:{ACCOUNT}::/home/guest:/bin/sh\n")
    for device in ("null", "zero", "random", "urandom"):
        if not (root / "dev" / device).exists():
            number = os.stat(f"/dev/{device}").st_rdev
            os.mknod(root / "dev" / device, 0o666 | 0o020000, number)
            (root / "dev" / device).chmod(0o666)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, ignore_dangling_symlinks=True)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _source() -> tuple[str, str]:
    """Debian's stable and where this machine gets it: from apt's own list of sources."""
    printed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(RELEASE) $(ORIGIN) $(CREATED_BY)"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for line in printed.splitlines():
        site, release, *rest = line.split()
        if rest[-1] == "Packages" and not re.search(r"-|/", release):
            return release, site
    raise Stop("apt on this machine names no Debian release to start from.")


@contextmanager
def _started(root: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    env = {name: value for name, value in os.environ.items() if PASSED.search(name)}
    env |= {"HOME": "/home/guest", "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", "TERM": "dumb"}
    command = ["chroot", f"--userspec={ACCOUNT}:{ACCOUNT}", root, "/bin/sh", "-c"]
    demo = subprocess.Popen(
        [*map(str, command), f"cd /home/guest/withus && exec ./dev demo --port {port}"],
        stdin=subprocess.DEVNULL, env=env, start_new_session=True,
    )  # fmt: skip
    try:
        yield demo
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(demo.pid, sign)
                demo.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def _first_page(demo: "subprocess.Popen[bytes]", port: int, begun: float) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() - begun < START_SECONDS:
        if demo.poll() is not None:
            raise Stop(f"./dev demo ended with exit status {demo.returncode}.")
        try:
            with opener.open(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.5)
    raise Stop(f"./dev demo showed no page within {START_SECONDS} seconds.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
