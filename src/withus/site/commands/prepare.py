"""Getting an installation ready: environment, Django, database, assets. Each trouble is one clear sentence, and nothing is half done."""

import errno
import gc
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import typer

AT_ONCE = 500
LEAST_ROOM = 50 * 1024 * 1024
"""Bytes that must be free before anything is written: a full disk in the middle of a workshop loses people's words."""


def fail(sentence: str) -> NoReturn:
    """One sentence on the error output, exit 1."""
    typer.secho(sentence, err=True, fg="red" if os.isatty(2) else None)
    raise typer.Exit(1)


def data_folder(data: Path | None) -> Path:
    """The data folder: made, writable, with room on its disk. `--data` wins over $WITHUS_DATA, and that over ./data."""
    folder = (data or Path(os.environ.get("WITHUS_DATA") or "data")).expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".may-write"
        probe.write_bytes(b"1")
        probe.unlink()
    except PermissionError:
        fail(f"You may not write to {folder}. Choose another folder with --data, or ask its owner.")
    except FileExistsError:
        fail(f"{folder} is a file. Choose a folder with --data.")
    except OSError as trouble:
        if trouble.errno == errno.ENOSPC:
            fail(f"The disk of {folder} is full. Make room, or choose another folder with --data.")
        fail(f"{folder} cannot be used: {trouble.strerror}.")
    if shutil.disk_usage(folder).free < LEAST_ROOM:
        fail(f"The disk of {folder} is nearly full. Make at least 50 MB of room, or choose another folder with --data.")
    os.environ["WITHUS_DATA"] = str(folder)
    return folder


def django(data: Path | None = None) -> Path:
    """Set Django up for this data folder."""
    folder = data_folder(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "withus.site.settings")
    from withus.people.keys import KeyMissing  # noqa: PLC0415 -- after the environment
    from withus.site.env import BadSetting  # noqa: PLC0415 -- after the environment

    try:
        import django  # noqa: PLC0415 -- slow import, not needed by `withus check`

        django.setup()
    except BadSetting as trouble:
        fail(str(trouble))
    except KeyMissing as trouble:
        fail(
            f"The key “{trouble}” is missing from {folder / 'keys'}, and what is in the database depends on it. "
            "Put it back from your safe."
        )
    gc.freeze()  # what is loaded by now lives as long as the program: the collector need not go over it again and again
    return folder


def database(folder: Path) -> int:
    """
    Bring the tables up to date. Data of a newer WithUs are refused, not guessed at. How many people were erased again: rows that were
    copied back by whatever way, or not to their end, bring nobody back.
    """
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.core.management import call_command  # noqa: PLC0415 -- after setup
    from django.db import OperationalError, connection  # noqa: PLC0415 -- after setup
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- after setup

    try:
        executor = MigrationExecutor(connection)
        known = set(executor.loader.disk_migrations)
        newer = {one for one in executor.loader.applied_migrations if one not in known}
        if newer:
            fail(
                f"The data in {folder} are of a newer WithUs than this one ({settings.WITHUS_VERSION}). Install the newer one."
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            backup(folder)
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as trouble:
        fail(f"The database cannot be opened: {str(trouble).strip()}.")
    again = erase_again(folder)
    (folder / "version").write_text(settings.WITHUS_VERSION + "\n")
    return again


def erase_again(folder: Path) -> int:
    """
    Whoever stands in `erased.log` and is in the tables all the same. Not who could still undo it: their line is of a hand-over that came to
    nothing, and their own day comes.
    """
    from withus.live import actions as live  # noqa: PLC0415 -- after setup
    from withus.loop import actions as loop  # noqa: PLC0415 -- after setup
    from withus.people.models import Person  # noqa: PLC0415 -- after setup
    from withus.transfer import backup as copies  # noqa: PLC0415 -- after setup

    uids, again = copies.erased_in(folder), 0
    for begin in range(0, len(uids), AT_ONCE):
        some = Person.objects.filter(uid__in=uids[begin : begin + AT_ONCE], erased_at=None)
        some = some.exclude(erasing_at__gt=datetime.now(UTC))
        for person in some.select_related("project"):
            live.erase_given(person, now=datetime.now(UTC))
            again += 1
    if again:
        loop.forget_the_erased(now=datetime.now(UTC))
    return again


def ready(data: Path | None) -> None:
    """Django set up and the tables up to date: for commands that write."""
    database(django(data))


def backup(folder: Path) -> Path | None:
    """Before an upgrade: a whole copy of a SQLite database beside it. Nothing to do for an empty folder."""
    source = folder / "withus.sqlite3"
    if not source.exists() or os.environ.get("DATABASE_URL") or source.stat().st_size == 0:
        return None
    stamp = (folder / "version").read_text().strip() if (folder / "version").exists() else "unknown"
    target = folder / f"before-upgrade-from-{stamp}.sqlite3"
    target.unlink(missing_ok=True)
    with sqlite3.connect(source) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    return target


def assets(folder: Path) -> None:
    """Collect the static files once for each build: names with digests, compressed."""
    from django.core.management import call_command  # noqa: PLC0415 -- after setup

    built = Path(__file__).resolve().parents[2] / "ui" / "built"
    if not built.exists() or not any(built.iterdir()):
        fail("The front end is not built. In a checkout run ./dev build; an installed WithUs brings it along.")
    newest = max(path.stat().st_mtime_ns for path in built.rglob("*"))
    stamp = folder / "static" / ".built"
    if stamp.exists() and stamp.read_text() == str(newest):
        return
    shutil.rmtree(folder / "static", ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(str(newest))
