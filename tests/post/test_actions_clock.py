"""A clock that ran ahead and was set back: what was queued meanwhile goes now, and nothing goes before its day."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from withus.post import actions, worker
from withus.post.letter import Letter
from withus.post.models import Job, Outgoing
from withus.site import wiring

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOW = datetime(2026, 5, 6, 13, 30, tzinfo=UTC)
AHEAD = NOW + timedelta(days=10)
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
done: list[str] = []


@pytest.fixture(autouse=True)
def bound(settings: Any) -> Any:  # Any: pytest-django's settings; a fixture
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    done.clear()
    worker.bind(
        jobs={"works": lambda reference, now: done.append(reference["what"])},
        letters={"hello": lambda reference: Letter(to="a@example.org", subject=reference["what"], text="Hello.")},
        sent={},
        failed={},
    )
    yield
    wiring.bind()


def job(what: str, at: datetime, days: int | None = 0) -> None:
    actions.queue_job("works", reference={"what": what}, once=what, run_at=at, days=days)


def letter(what: str, at: datetime, days: int | None = 0) -> Outgoing:
    return actions.queue("hello", way="email", reference={"what": what}, once=what, run_at=at, days=days)


def test_what_was_queued_by_a_clock_that_ran_ahead_goes_when_it_is_set_back() -> None:
    letter("hello", AHEAD)
    job("work", AHEAD + timedelta(seconds=5))
    assert worker.run_due(NOW) == 0
    assert actions.set_right(NOW) == 2
    assert worker.run_due(NOW) == 2
    assert ([one.subject for one in mail.outbox], done) == (["hello"], ["work"])


def test_what_has_a_later_day_of_its_own_stays_there() -> None:
    job("promise", AHEAD, days=None)
    letter("second mail", NOW + 7 * A_DAY, days=7)
    job("tomorrow", NOW + A_DAY, days=1)
    assert actions.set_right(NOW) == 0
    assert worker.run_due(NOW) == 0


def test_what_was_put_off_for_a_while_is_put_off_for_as_long_by_the_clock_there_is() -> None:
    letter("second mail", AHEAD + 7 * A_DAY, days=7)
    job("tomorrow", AHEAD + A_DAY, days=1)
    assert actions.set_right(NOW) == 2
    assert Outgoing.objects.get().run_at == NOW + 7 * A_DAY
    assert Job.objects.get().run_at == NOW + A_DAY


def test_what_failed_while_the_clock_ran_ahead_is_tried_again_and_what_waits_after_a_fault_is_not_hurried() -> None:
    row = letter("hello", AHEAD)
    (taken,) = actions.take_letters(AHEAD, most=1)
    actions.begin_letter(taken, now=AHEAD)
    actions.letter_failed(taken, trouble="Refused", now=AHEAD)
    assert actions.set_right(NOW) == 1
    assert Outgoing.objects.get(pk=row.pk).run_at == NOW
    Outgoing.objects.update(run_at=NOW + timedelta(hours=8))
    assert actions.set_right(NOW) == 0


def test_what_a_worker_has_in_its_hand_or_has_given_up_is_left_alone() -> None:
    job("given up", NOW)
    Job.objects.update(tries=6, trouble="OSError", run_at=NOW + 365 * A_DAY)
    letter("in hand", AHEAD)
    actions.take_letters(AHEAD, most=1)
    assert actions.set_right(NOW) == 0


def test_asking_again_for_work_that_a_wrong_clock_put_off_is_heard() -> None:
    """The first one stands for the second, and would have waited till its day."""
    job("judge", AHEAD)
    job("judge", NOW)
    actions.set_right(NOW)
    assert worker.run_due(NOW) == 1


@pytest.mark.parametrize("steps", [[0, 30, 59, 61], [0, 3600, -10, 20]])
def test_the_worker_looks_once_a_minute_and_at_once_when_the_clock_goes_back(
    steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, looked, left = threading.Event(), [], list(steps)

    def now() -> datetime:
        return NOW + timedelta(seconds=left.pop(0))

    def run(_at: datetime, **_more: object) -> int:
        if not left:
            stop.set()
        return 1

    monkeypatch.setattr(timezone, "now", now)
    monkeypatch.setattr(worker, "SHORT", 0)
    monkeypatch.setattr(worker, "run_due", run)
    monkeypatch.setattr(worker, "connections", type("Kept", (), {"close_all": staticmethod(lambda: None)}))
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(actions, "set_right", lambda at: looked.append(int((at - NOW).total_seconds())))
    worker.loop(stop)
    assert looked == ([0, 61] if steps[1] == 30 else [0, 3600, -10])
