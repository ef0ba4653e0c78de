"""`withus backup` and `withus restore`."""

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from withus.site.commands import prepare

Data = Annotated[Path | None, typer.Option(help="The data folder.")]


def backup(
    into: Annotated[Path | None, typer.Option(help="Where backups lie. Left out: beside the data folder.")] = None,
    keep: Annotated[int, typer.Option(min=1, help="Days after which a backup is deleted.")] = 30,
    data: Data = None,
) -> None:
    """Copy rows and files, while WithUs runs. Keys are left out: they belong in your safe."""
    from withus.transfer import backup as copies  # noqa: PLC0415 -- after the environment

    folder = prepare.data_folder(data)
    _sqlite_only(
        "backup", f"pg_dump --format=custom --file=withus.dump $DATABASE_URL && cp -r {folder / 'media'} withus-media"
    )
    if not (folder / copies.ROWS).exists():
        prepare.fail(f"There is nothing to copy in {folder} yet.")
    now, place = datetime.now(UTC), into or folder.parent / f"{folder.name}-backups"
    try:
        made = copies.take(folder, place.expanduser().resolve(), now=now)
    except (OSError, sqlite3.Error) as trouble:
        said = getattr(trouble, "strerror", None) or (
            trouble if isinstance(trouble, sqlite3.Error) else "copying failed"
        )
        prepare.fail(f"The backup could not be written to {place}: {said}. Nothing of it is left there.")
    typer.echo(f"Copied to {made}.")
    old = copies.forget_old(made.parent, keep=timedelta(days=keep), now=now)
    for gone in [*old, *copies.forget_before_upgrades(folder, keep=timedelta(days=keep), now=now)]:
        typer.echo(f"Deleted, older than {keep} days: {gone.name}")
    typer.echo(f"The keys in {folder / 'keys'} are not in it. Without them nobody can restore it: withus keys print.")


def restore(
    copy: Annotated[Path, typer.Argument(help="The folder that withus backup made.")],
    data: Data = None,
) -> None:
    """Put a backup back, into a data folder that has its keys and no database. Who was erased since stays erased."""
    from withus.people import keys  # noqa: PLC0415 -- after the environment
    from withus.transfer import backup as copies  # noqa: PLC0415 -- after the environment

    folder = prepare.data_folder(data)
    _sqlite_only(
        "restore",
        f"pg_restore --clean --if-exists -d $DATABASE_URL withus.dump && cp -r withus-media/. {folder / 'media'}",
    )
    if not (copy / copies.ROWS).exists():
        prepare.fail(f"{copy} is no backup of WithUs.")
    if (folder / copies.ROWS).exists():
        prepare.fail(f"{folder} has a database. Move it away first: a restore never writes over one.")
    missing = [one for one in keys.PURPOSES if not (keys.folder(folder) / one).exists()]
    if missing:
        prepare.fail(f"Put the keys from your safe into {keys.folder(folder)} first. Missing: {', '.join(missing)}.")
    prepare.django(folder)
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 -- after setup

    if copies.newer_than(copy, set(MigrationLoader(None).disk_migrations or {})):
        prepare.fail(
            f"The backup is of a newer WithUs than this one ({settings.WITHUS_VERSION}). Install the newer one."
        )
    connection.close()
    copies.put_back(copy, folder)
    again = prepare.database(folder)
    typer.echo(f"Restored from {copy.name}. Erased again: {again}.")


def _sqlite_only(what: str, instead: str) -> None:
    if os.environ.get("DATABASE_URL"):
        prepare.fail(
            f"withus {what} is for SQLite, and DATABASE_URL names PostgreSQL. There these two do the same, rows before files, and the keys "
            f"stay in your safe:\n  {instead}"
        )
