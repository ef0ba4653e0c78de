from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from withus.post import actions, worker
from withus.post.letter import Letter, message_id
from withus.post.models import Job, Outgoing
from withus.site import wiring

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 13, 30, tzinfo=UTC)
done: list[str] = []


def works(reference: dict[str, Any], now: datetime) -> None:
    done.append(reference["what"])


def breaks(reference: dict[str, Any], now: datetime) -> None:
    raise OSError("no room")


def hello(reference: dict[str, Any]) -> Letter | None:
    return Letter(to="a@example.org", subject="Hello\nthere", text="Hello.") if reference["what"] else None


def sent(reference: dict[str, Any], now: datetime) -> None:
    done.append("sent")


def failed(reference: dict[str, Any], now: datetime) -> None:
    done.append("failed")


@pytest.fixture(autouse=True)
def bound(settings: Any) -> Iterator[None]:  # Any: pytest-django's settings
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    done.clear()
    worker.bind(
        jobs={"works": works, "breaks": breaks},
        letters={"hello": hello, "breaks": lambda reference: hello({})},
        sent={"hello": sent},
        failed={"hello": failed, "breaks": failed},
        dropped={"hello": lambda reference, now: done.append("dropped")},
    )
    yield
    wiring.bind()


def test_equal_jobs_that_wait_are_done_once_and_can_be_asked_for_again() -> None:
    for _again in range(2):
        actions.queue_job("works", reference={"what": "it"}, once="one", run_at=NOW)
    assert worker.run_due(NOW) == 1
    actions.queue_job("works", reference={"what": "again"}, once="one", run_at=NOW)
    assert worker.run_due(NOW) == 1
    assert done == ["it", "again"]


def test_nothing_runs_before_its_time() -> None:
    actions.queue_job("works", reference={"what": "it"}, once="one", run_at=NOW + timedelta(minutes=1))
    assert worker.run_due(NOW) == 0


def test_a_job_that_fails_waits_longer_each_time_and_holds_up_no_other() -> None:
    actions.queue_job("breaks", reference={}, once="one", run_at=NOW)
    actions.queue_job("works", reference={"what": "it"}, once="two", run_at=NOW)
    now, waits = NOW, []
    worker.run_due(now)
    assert done == ["it"]
    for _try in range(3):
        job = Job.objects.get()
        waits.append(int((job.run_at - now).total_seconds() // 60))
        now = job.run_at
        worker.run_due(now)
    assert waits == [1, 5, 30]
    assert Job.objects.get().trouble == "OSError"


def test_a_taken_job_is_nobody_elses_until_its_lease_ends() -> None:
    actions.queue_job("works", reference={"what": "it"}, once="one", run_at=NOW)
    assert actions.take_job(NOW) is not None
    assert actions.take_job(NOW) is None
    assert actions.take_job(NOW + actions.LEASE + timedelta(seconds=1)) is not None


def test_a_letter_leaves_once_under_the_rows_own_message_id() -> None:
    for _again in range(2):
        row = actions.queue("hello", way="email", reference={"what": "it"}, once="one", run_at=NOW)
    worker.run_due(NOW)
    assert [(one.subject, one.extra_headers["Message-ID"]) for one in mail.outbox] == [
        ("Hello there", message_id(str(row.uid)))
    ]
    assert (Outgoing.objects.get().state, done) == ("sent", ["sent"])


def test_a_letter_cut_off_in_its_hand_over_goes_again_and_is_listed_as_perhaps_twice() -> None:
    row = actions.queue("hello", way="email", reference={"what": "it"}, once="one", run_at=NOW)
    (taken,) = actions.take_letters(NOW, most=5)
    assert actions.begin_letter(taken, now=NOW)
    assert worker.run_due(NOW) == 0
    assert worker.run_due(NOW + actions.LEASE + timedelta(seconds=1)) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == message_id(str(row.uid))
    assert Outgoing.objects.get().state == "perhaps twice"


def test_a_letter_with_nothing_left_to_say_tells_nobody() -> None:
    actions.queue("hello", way="email", reference={"what": ""}, once="one", run_at=NOW)
    worker.run_due(NOW)
    assert (mail.outbox, Outgoing.objects.get().state, done) == ([], "dropped", ["dropped"])


def test_a_letter_is_given_up_after_the_sixth_try() -> None:
    actions.queue("breaks", way="email", reference={}, once="one", run_at=NOW)
    now = NOW
    for _try in range(6):
        assert worker.run_due(now) == 1
        now = Outgoing.objects.get().run_at
    row = Outgoing.objects.get()
    assert (row.state, row.tries, done, worker.run_due(now)) == ("failed", 6, ["failed"], 0)


def test_work_asked_for_while_it_runs_is_done_again_and_then_it_is_over() -> None:
    seen: list[str] = []

    def works(reference: dict[str, Any], now: datetime) -> None:
        if not seen:
            actions.queue_job("works", reference={}, once="one", run_at=now + timedelta(seconds=5))
        seen.append("done")

    worker.bind(jobs={"works": works}, letters={}, sent={}, failed={})
    actions.queue_job("works", reference={}, once="one", run_at=NOW)
    assert (worker.run_due(NOW), worker.run_due(NOW + timedelta(seconds=4))) == (1, 0)
    assert (worker.run_due(NOW + timedelta(seconds=5)), Job.objects.count()) == (1, 0)
    assert seen == ["done", "done"]


def gives_up(now: datetime) -> datetime:
    """Six times it stumbles; when the last was."""
    for _try in range(6):
        last = now
        assert worker.run_due(now) == 1
        now = Job.objects.get().run_at
    return last


def test_work_that_stumbled_six_times_waits_for_a_human_and_is_tried_again_once_by_them() -> None:
    actions.queue_job("breaks", reference={}, once="one", run_at=NOW)
    last = gives_up(NOW)
    assert (actions.jobs_given_up().count(), worker.run_due(last + timedelta(days=7))) == (1, 0)
    assert [actions.try_jobs_again(last) for _twice in range(2)] == [1, 0]
    assert worker.run_due(last) == 1


def test_work_that_was_given_up_is_tried_again_when_somebody_asks_for_it_anew() -> None:
    actions.queue_job("breaks", reference={}, once="one", run_at=NOW)
    later = gives_up(NOW) + timedelta(days=1)
    actions.queue_job("breaks", reference={}, once="one", run_at=later)
    assert (worker.run_due(later), worker.run_due(later), Job.objects.count()) == (1, 0, 1)
