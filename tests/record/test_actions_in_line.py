"""Who has begun a transaction already does not stand in SQLite's line: the first in it would wait for them, and they for the first."""

from threading import Event, Thread

import pytest
from django.db import connections, transaction

from tests.cast import cast
from withus.record import log as record

ENOUGH = 20
"""Seconds until a thread that stands still is given up. Nothing waits for it where all is well."""


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_left_is_noted_while_somebody_waits_first_in_line() -> None:
    them = cast()
    first_in_line, go_home, noted = Event(), Event(), Event()

    def wait_in_line() -> None:
        with record._sqlite_writers:
            first_in_line.set()
            go_home.wait(ENOUGH * 2)

    def note() -> None:
        try:
            with transaction.atomic(), record.writing(them.project, now=them.now):
                noted.set()
        finally:
            connections.close_all()

    threads = [Thread(target=wait_in_line, daemon=True), Thread(target=note, daemon=True)]
    threads[0].start()
    assert first_in_line.wait(ENOUGH)
    threads[1].start()
    was_noted = noted.wait(ENOUGH)
    go_home.set()
    for one in threads:
        one.join(ENOUGH)
    assert was_noted
