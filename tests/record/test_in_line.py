"""SQLite's line: one writer after the other. PostgreSQL has none, and this file is not run there (its name does not begin with actions)."""

from threading import Event, Thread

import pytest
from django.db import OperationalError

from tests.cast import cast
from withus.record import log as record

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
