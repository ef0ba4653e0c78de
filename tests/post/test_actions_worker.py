"""What is queued is done once, also when the program dies in the middle."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import NOW
from withus.post import actions, send, worker
from withus.post.letter import Letter
from withus.post.models import Delivered, Job, LetterState, Outgoing

pytestmark = pytest.mark.django_db
LATER = NOW + actions.LEASE + timedelta(seconds=1)


class Killed(BaseException):
    """The power is cut: nothing after it runs."""


@pytest.fixture(autouse=True)
def own_bindings(settings: Any) -> Iterator[None]:
    """The table of kinds is the test's own, and the site's again afterwards."""
    settings.EMAIL_BACKEND = "withus.post.mailbox.Mailbox"
    tables: list[dict[str, Any]] = [worker._jobs, worker._letters, worker._sent, worker._failed]
    kept = [dict(table) for table in tables]
    yield
    for table, before in zip(tables, kept, strict=True):
        table.clear()
        table.update(before)


def bound(**tables: Any) -> None:
    worker.bind(**{"jobs": {}, "letters": {"news": letter}, "sent": {}, "failed": {}, **tables})


def letter(reference: dict[str, Any]) -> Letter | None:
    return Letter(to="amira@example.org", subject="News", text=f"Number {reference['n']}")


def queue(n: int = 1) -> Outgoing:
    return actions.queue("news", way="email", reference={"n": n}, once=f"news:{n}", run_at=NOW)


def test_the_same_letter_asked_for_twice_is_sent_once() -> None:
    bound()
    queue()
    queue()
    assert worker.run_due(NOW) == 1
    assert worker.run_due(LATER) == 0
    assert [(one.to, one.text) for one in Delivered.objects.all()] == [("amira@example.org", "Number 1")]


def test_a_worker_killed_after_the_hand_over_sends_it_once_to_the_mailbox_and_says_perhaps_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bound()
    queued = queue()
    hand_over = send.hand_over

    def dies(one: Letter, *, message_id: str) -> None:
        hand_over(one, message_id=message_id)
        raise Killed

    monkeypatch.setattr(send, "hand_over", dies)
    with pytest.raises(Killed):
        worker.run_due(NOW)
    assert Outgoing.objects.get().state == LetterState.SENDING
    monkeypatch.setattr(send, "hand_over", hand_over)
    assert worker.run_due(NOW) == 0, "another worker may still have it in hand"
    assert worker.run_due(LATER) == 1
    assert Outgoing.objects.get().state == LetterState.PERHAPS_TWICE
    assert [one.message_id for one in Delivered.objects.all()] == [f"<{queued.uid}@withus>"]


def test_it_is_tried_again_later_and_in_the_end_a_human_sees_it() -> None:
    failed: list[dict[str, Any]] = []

    def broken(reference: dict[str, Any]) -> Letter | None:
        raise OSError("no server")

    bound(letters={"news": broken}, failed={"news": lambda reference, now: failed.append(reference)})
    queue()
    now = NOW
    for wait in actions.WAITS:
        assert worker.run_due(now) == 1
        assert worker.run_due(now) == 0
        assert failed == []
        now += wait
    assert worker.run_due(now) == 1
    row = Outgoing.objects.get()
    assert (row.state, row.trouble) == (LetterState.FAILED, "OSError: no server")
    assert failed == [{"n": 1}]
    assert worker.run_due(now + timedelta(days=30)) == 0


def test_a_letter_to_somebody_who_is_gone_leaves_nothing_in_the_mailbox() -> None:
    bound(letters={"news": lambda reference: None})
    queue()
    assert worker.run_due(NOW) == 1
    assert Delivered.objects.count() == 0
    assert worker.run_due(LATER) == 0


def test_equal_jobs_that_wait_are_one_and_a_failed_one_waits_and_runs_again() -> None:
    done: list[int] = []
    broken = [True]

    def work(reference: dict[str, Any], now: Any) -> None:
        if broken.pop() if broken else False:
            raise OSError("not now")
        done.append(reference["n"])

    bound(jobs={"work": work})
    for _twice in range(2):
        actions.queue_job("work", reference={"n": 7}, once="work:7", run_at=NOW)
    assert worker.run_due(NOW) == 1
    assert (done, Job.objects.get().trouble) == ([], "OSError")
    assert worker.run_due(NOW + actions.WAITS[0]) == 1
    assert (done, Job.objects.count()) == ([7], 0)


def test_of_two_workers_one_gets_the_letter() -> None:
    queue()
    first = actions.take_letter(NOW)
    assert first is not None
    assert actions.take_letter(NOW) is None
