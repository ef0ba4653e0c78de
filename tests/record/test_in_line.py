"""SQLite's line: one writer after the other. PostgreSQL has none, and this file is not run there (its name does not begin with actions)."""

from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection

from tests.cast import cast
from withus.record import log as record
from withus.site import env

ENOUGH = 20
"""Seconds until a thread that stands still is given up. Nothing waits for it where all is well."""


@pytest.mark.django_db(transaction=True)
def test_nobody_stands_in_line_for_as_long_as_all_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program holds the database each of them would wait the whole time that SQLite waits."""
    monkeypatch.setattr(record, "PATIENCE", 0.01)
    them = cast()
    held, go_home = Event(), Event()

    def hold() -> None:
        with record._sqlite_writers:
            held.set()
            go_home.wait(ENOUGH * 2)

    first = Thread(target=hold, daemon=True)
    first.start()
    assert held.wait(ENOUGH)
    with pytest.raises(OperationalError, match="locked"), record.writing(them.project, now=them.now):
        pass
    go_home.set()
    first.join(ENOUGH)
    with record.writing(them.project, now=them.now):
        pass


def busy_timeout() -> int:
    connection.ensure_connection()
    return int(connection.connection.execute("PRAGMA busy_timeout").fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_who_stood_in_line_for_long_waits_for_others_only_as_long_as_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds in all, not ten in the line and ten more behind another program; the next has their whole ten again."""
    them, clock = cast(), iter([0.0, 7.0, 20.0, 20.1])
    monkeypatch.setattr(record, "monotonic", lambda: next(clock))
    seen = []
    for _turn in range(2):
        with record.writing(them.project, now=them.now):
            seen.append(busy_timeout())
    assert (seen, busy_timeout()) == ([3000, 10_000], 10_000)


def test_the_database_waits_as_long_as_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_DATABASE", raising=False)
    options = env.database("NO_SUCH_DATABASE", Path("somewhere"))["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["timeout"], record.PATIENCE) == (10, 10.0)
