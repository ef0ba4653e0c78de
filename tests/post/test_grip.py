"""What a worker is at, no other takes: a hand-over that lasts longer than a lease is nobody else's meanwhile, and has an end."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connections

from withus.post import actions, grip, worker
from withus.post.letter import Letter
from withus.post.mail_line import MailLine
from withus.post.models import Job, LetterState, Outgoing
from withus.site import wiring

NOW = datetime(2026, 5, 6, 13, 30, tzinfo=UTC)
SLOW = timedelta(minutes=3)
PATIENCE = 60


class Clock:
    """How far the machine's own clock has come, which no setting of the time moves."""

    passed = 0.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(grip, "monotonic", clock)
    monkeypatch.setattr(grip, "BEAT", 0.01)
    yield clock
    wiring.bind()


def held_until(row: type[Outgoing] | type[Job], at: datetime) -> None:
    """Wait until the grip has renewed the lease that far."""
    tick = threading.Event()
    for _again in range(PATIENCE * 100):
        if row.objects.filter(leased_until__gt=at).exists():
            return
        tick.wait(0.01)
    raise AssertionError("the lease was not renewed")


def in_a_thread(now: datetime) -> threading.Thread:
    def work() -> None:
        try:
            worker.run_due(now)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_a_hand_over_of_three_minutes_is_not_begun_by_another_worker(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    letter = Letter(to="a@example.org", subject="Hello", text="Hello.")
    worker.bind(jobs={}, letters={"hello": lambda reference: letter}, sent={}, failed={})
    begun, goes_on, whole = threading.Event(), threading.Event(), MailLine.hand_over

    def slowly(line: MailLine, one: Letter, *, uid: str) -> str:
        begun.set()
        assert goes_on.wait(PATIENCE)
        return whole(line, one, uid=uid)

    monkeypatch.setattr(MailLine, "hand_over", slowly)
    actions.queue("hello", way="email", reference={}, once="one", run_at=NOW)
    first = in_a_thread(NOW)
    try:
        assert begun.wait(PATIENCE)
        clock.passed = SLOW.total_seconds()
        held_until(Outgoing, NOW + SLOW)
        assert worker.run_due(NOW + SLOW) == 0
    finally:
        goes_on.set()
        first.join()
    assert worker.run_due(NOW + SLOW) == 0
    assert len(mail.outbox) == 1
    assert list(Outgoing.objects.values_list("state", "tries", "leased_until")) == [("sent", 1, None)]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_three_minutes_is_not_begun_by_another_worker(clock: Clock) -> None:
    begun, goes_on, done = threading.Event(), threading.Event(), []

    def long(reference: dict[str, Any], now: datetime) -> None:
        begun.set()
        assert goes_on.wait(PATIENCE)
        done.append(now)

    worker.bind(jobs={"long": long}, letters={}, sent={}, failed={})
    actions.queue_job("long", reference={}, once="one", run_at=NOW)
    first = in_a_thread(NOW)
    try:
        assert begun.wait(PATIENCE)
        clock.passed = SLOW.total_seconds()
        held_until(Job, NOW + SLOW)
        assert worker.run_due(NOW + SLOW) == 0
    finally:
        goes_on.set()
        first.join()
    assert (done, Job.objects.count()) == ([NOW], 0)


@pytest.mark.django_db
def test_what_is_done_or_in_another_hand_is_not_held_on_to() -> None:
    actions.queue("hello", way="email", reference={}, once="one", run_at=NOW)
    (mine,) = actions.take_letters(NOW, most=5)
    assert mine.leased_until is not None
    later = mine.leased_until + timedelta(seconds=1)
    assert actions.hold_on(mine, held=mine.leased_until, until=later)
    assert not actions.hold_on(mine, held=mine.leased_until, until=later + timedelta(seconds=1))
    actions.letter_sent(mine, again=False, now=NOW)
    assert not actions.hold_on(mine, held=later, until=later + timedelta(seconds=1))
    assert Outgoing.objects.get().leased_until is None


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_never_comes_to_its_end_is_cut_off_and_the_letter_waits(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """It says a little now and then, so that no single wait is too long."""
    letter = Letter(to="a@example.org", subject="Hello", text="Hello.")
    worker.bind(jobs={}, letters={"hello": lambda reference: letter}, sent={}, failed={})
    actions.queue("hello", way="email", reference={}, once="one", run_at=NOW)
    over = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_USE_TLS = False

        def trickle() -> None:
            line, _address = server.accept()
            with closing(line):
                line.sendall(b"220 here\r\n")
                line.recv(100)
                clock.passed = grip.TOO_LONG + 1
                try:
                    while not over.wait(0.01):
                        line.sendall(b"250-and more\r\n")
                except OSError:
                    return

        speaking = threading.Thread(target=trickle)
        speaking.start()
        try:
            worker.run_due(NOW)
        finally:
            over.set()
            speaking.join()
            worker.down.works("email")
    row = Outgoing.objects.get()
    assert (row.state, row.leased_until) == (LetterState.SENDING, None)
    assert row.trouble.startswith("line: SMTPServerDisconnected")
