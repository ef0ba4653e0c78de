"""
A copy of everything but the keys, and the way back from it.

Rows first, files after them: a file that came in between is one too many, never one too few. What was erased since stays erased.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROWS, FILES, ERASED, STAMP = "withus.sqlite3", "media", "erased.log", "version"
MARK = "withus-backup"
"""The beginning of each backup's name: only such folders are ever deleted."""


def take(data: Path, into: Path, *, now: datetime) -> Path:
    """The backup's folder. It has its name only once it is whole."""
    name = f"{MARK}-{now.astimezone(UTC):%Y%m%dT%H%M%S}"
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    half, whole = into / f".{name}", into / name
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    with sqlite3.connect(data / ROWS) as connection:
        connection.execute("VACUUM INTO ?", (str(half / ROWS),))
    if (data / FILES).exists():
        shutil.copytree(data / FILES, half / FILES)
    for one in (ERASED, STAMP):
        if (data / one).exists():
            shutil.copy2(data / one, half / one)
    _settle(half)
    half.rename(whole)
    return whole


def forget_old(into: Path, *, keep: timedelta, now: datetime) -> list[Path]:
    """Delete the backups that are older than their time: what somebody erased must not live on in them."""
    gone = []
    for folder in sorted(into.glob(f"{MARK}-*")):
        at = datetime.strptime(folder.name, f"{MARK}-%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        if at + keep < now:
            shutil.rmtree(folder)
            gone.append(folder)
    return gone


def newer_than(backup: Path, known: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Changes to the tables that the backup has and this WithUs does not know of."""
    with sqlite3.connect(f"file:{backup / ROWS}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    return sorted({(str(app), str(name)) for app, name in rows} - known)


def put_back(backup: Path, data: Path) -> None:
    """Into a folder without a database. What is known there of erasing is kept, and what the backup knows is added."""
    data.mkdir(parents=True, exist_ok=True)
    lines = dict.fromkeys([*_lines(data / ERASED), *_lines(backup / ERASED)])
    if (backup / FILES).exists():
        shutil.copytree(backup / FILES, data / FILES, dirs_exist_ok=True)
    shutil.copy2(backup / ROWS, data / ROWS)
    if lines:
        (data / ERASED).write_text("".join(f"{line}\n" for line in lines))
        (data / ERASED).chmod(0o600)
    _settle(data)


def erased_in(data: Path) -> list[str]:
    """The uids of everybody who was ever erased, as the log beside the data says."""
    return list(dict.fromkeys(str(json.loads(line)["person"]) for line in _lines(data / ERASED)))


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        yield from filter(None, path.read_text().splitlines())


def _settle(folder: Path) -> None:
    """On the disk, not only on its way there."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
