"""
A copy of everything but the keys, and the way back from it.

Rows first, files after them: a file that came in between is one too many, never one too few. What was erased since stays erased.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

ROWS, FILES, ERASED, STAMP = "withus.sqlite3", "media", "erased.log", "version"
BEFORE_UPGRADES = "before-upgrade-from-*.sqlite3"
A_DAY = timedelta(days=1)
MARK = "withus-backup"
"""The beginning of each backup's name: only such folders are ever deleted."""


def take(data: Path, into: Path, *, now: datetime) -> Path:
    """The backup's folder. It has its name only once it is whole; of one that could not be written nothing stays."""
    name = f"{MARK}-{now.astimezone(UTC):%Y%m%dT%H%M%S}"
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    half, whole = into / f".{name}", into / name
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    try:
        _copy(data, half)
        half.rename(whole)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return whole


def _copy(data: Path, half: Path) -> None:
    with sqlite3.connect(data / ROWS) as connection:
        connection.execute("VACUUM INTO ?", (str(half / ROWS),))
    if (data / FILES).exists():
        shutil.copytree(data / FILES, half / FILES)
    for one in (ERASED, STAMP):
        if (data / one).exists():
            shutil.copy2(data / one, half / one)
    _settle(half)


def forget_old(into: Path, *, keep: timedelta, now: datetime) -> list[Path]:
    """
    Delete the backups that are older than their time: what somebody erased must not live on in them. Half ones too, that a fall left. What
    somebody gave another name is theirs.
    """
    gone = []
    for folder in sorted([*into.glob(f"{MARK}-*"), *into.glob(f".{MARK}-*")]):
        try:
            at = datetime.strptime(folder.name.removeprefix("."), f"{MARK}-%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            continue
        if at + (min(keep, A_DAY) if folder.name.startswith(".") else keep) < now:
            shutil.rmtree(folder)
            gone.append(folder)
    return gone


def forget_before_upgrades(data: Path, *, keep: timedelta, now: datetime) -> list[Path]:
    """The copies that upgrades leave in the data folder hold people's words as backups do, and have the same time."""
    gone = []
    for file in sorted(data.glob(BEFORE_UPGRADES)):
        if datetime.fromtimestamp(file.stat().st_mtime, UTC) + keep < now:
            file.unlink()
            gone.append(file)
    return gone


def newer_than(backup: Path, known: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Changes to the tables that the backup has and this WithUs does not know of."""
    with sqlite3.connect(f"file:{backup / ROWS}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    return sorted({(str(app), str(name)) for app, name in rows} - known)


def put_back(backup: Path, data: Path) -> None:
    """
    Into a folder without a database. What is known there of erasing is kept, and what the backup knows, which is older, before it. The rows
    come last and whole: who falls in the middle begins again.
    """
    data.mkdir(parents=True, exist_ok=True)
    lines = dict.fromkeys([*_lines(backup / ERASED), *_lines(data / ERASED)])
    if lines:
        half = data / f"{ERASED}.half"
        half.write_text("".join(f"{line}\n" for line in lines))
        half.chmod(0o600)
        _settle(data)
        half.replace(data / ERASED)
    if (backup / FILES).exists():
        shutil.copytree(backup / FILES, data / FILES, dirs_exist_ok=True)
    shutil.copy2(backup / ROWS, data / f"{ROWS}.half")
    _settle(data)
    (data / f"{ROWS}.half").replace(data / ROWS)
    _settle(data)


def erased_in(data: Path) -> list[str]:
    """
    The uids of everybody who was ever erased, as the log beside the data says; not of whoever took it back afterwards, since it had come to
    nothing. A line that a power cut broke off tells nothing.
    """
    back: dict[str, bool] = {}
    for line in _lines(data / ERASED):
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            said = json.loads(line)
            back[str(UUID(said["person"]))] = bool(said.get("back"))
    return [uid for uid, is_back in back.items() if not is_back]


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
