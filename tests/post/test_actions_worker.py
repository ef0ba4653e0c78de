"""What is queued is done once, also when the program dies in the middle."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import NOW
from withus.post import actions, worker
from withus.post.letter import Letter, Rendered, message_id
from withus.post.lines import Down, LineDown, NoSuchAddress, Refused
from withus.post.mail_line import MailLine
from withus.post.models import Delivered, Job, LetterState, Outgoing
from withus.site import wiring

pytestmark = pytest.mark.django_db
LATER = NOW + actions.LEASE + timedelta(seconds=1)


class Killed(BaseException):
    """The power is cut: nothing after it runs."""


@pytest.fixture(autouse=True)
def own_bindings(settings: Any) -> Iterator[None]:
    """The table of kinds is the test's own, and the site's again afterwards."""
    settings.EMAIL_BACKEND = "withus.post.mailbox.Mailbox"
    worker.down = Down()
    yield
    worker.down = Down()
    wiring.bind()


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
    hand_over = MailLine.hand_over

    def dies(line: MailLine, one: Rendered, *, uid: str) -> str:
        hand_over(line, one, uid=uid)
        raise Killed

    monkeypatch.setattr(MailLine, "hand_over", dies)
    with pytest.raises(Killed):
        worker.run_due(NOW)
    assert Outgoing.objects.get().state == LetterState.SENDING
    monkeypatch.setattr(MailLine, "hand_over", hand_over)
    assert worker.run_due(NOW) == 0, "another worker may still have it in hand"
    assert worker.run_due(LATER) == 1
    assert Outgoing.objects.get().state == LetterState.PERHAPS_TWICE
    assert [one.message_id for one in Delivered.objects.all()] == [message_id(str(queued.uid))]


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
    assert (row.state, row.trouble) == (LetterState.FAILED, "OSError")
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
    (first,) = actions.take_letters(NOW, most=5)
    assert actions.take_letters(NOW, most=5) == []
    later = NOW + actions.LEASE + timedelta(seconds=1)
    (second,) = actions.take_letters(later, most=5)
    assert [actions.begin_letter(one, now=later) for one in (first, second)] == [False, True]


class Broken:
    """A line that raises what it is told to, and hands the rest to the mailbox."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *troubles: Exception | None, first: bool = False) -> None:
        self.troubles = list(troubles)
        whole = MailLine.hand_over

        def hand_over(line: MailLine, one: Rendered, *, uid: str) -> str:
            trouble = self.troubles.pop(0) if self.troubles else None
            if trouble is None or first:
                whole(line, one, uid=uid)
            if trouble is not None:
                raise trouble
            return ""

        monkeypatch.setattr(MailLine, "hand_over", hand_over)


def states() -> list[tuple[str, int, str]]:
    return list(Outgoing.objects.order_by("pk").values_list("state", "tries", "trouble"))


def test_a_mail_server_that_does_not_answer_costs_no_letter_a_try_and_the_others_wait_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bound()
    queue(1)
    queue(2)
    Broken(monkeypatch, LineDown("ConnectionRefusedError"))
    assert worker.run_due(NOW) == 1
    assert states() == [("queued", 0, "line: ConnectionRefusedError"), ("queued", 0, "")]
    assert worker.run_due(NOW) == 0
    assert worker.run_due(NOW + timedelta(minutes=1)) == 2
    assert states() == [("sent", 1, ""), ("sent", 1, "")]


def test_no_letter_is_lost_to_a_server_that_is_away_for_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    bound()
    queue()
    Broken(monkeypatch, *[LineDown("TimeoutError") for _hour in range(24 * 7)])
    now = NOW
    for _hour in range(24 * 7 + 1):
        worker.run_due(now)
        now += timedelta(hours=1)
    assert states() == [("sent", 1, "")]


def test_a_line_that_breaks_in_the_middle_sends_it_again_and_says_perhaps_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bound()
    queue()
    Broken(monkeypatch, LineDown("SMTPServerDisconnected", perhaps_sent=True), LineDown("TimeoutError"), first=True)
    now = NOW
    for _try in range(3):
        worker.run_due(now)
        now += timedelta(minutes=5)
    assert states() == [("perhaps twice", 1, "")]
    assert Delivered.objects.count() == 1


def test_a_clock_that_jumps_back_a_year_leaves_no_line_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    bound()
    Broken(monkeypatch, LineDown("TimeoutError"))
    queue(1)
    worker.run_due(NOW)
    before = NOW - timedelta(days=365)
    actions.queue("news", way="email", reference={"n": 2}, once="news:2", run_at=before)
    assert worker.run_due(before) == 1


def test_an_address_that_does_not_exist_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    failed: list[dict[str, Any]] = []
    bound(failed={"news": lambda reference, now: failed.append(reference)})
    queue()
    Broken(monkeypatch, NoSuchAddress("SMTPRecipientsRefused 550"))
    assert worker.run_due(NOW) == 1
    assert (states(), failed) == ([("failed", 1, "SMTPRecipientsRefused 550")], [{"n": 1}])


def test_a_letter_that_is_refused_for_now_waits_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    bound()
    queue()
    Broken(monkeypatch, Refused("SMTPRecipientsRefused 450"))
    worker.run_due(NOW)
    assert states() == [("queued", 1, "SMTPRecipientsRefused 450")]
    worker.run_due(NOW + actions.WAITS[0])
    assert states() == [("sent", 2, "")]


def test_a_letter_that_has_left_does_not_leave_again_because_what_follows_stumbles() -> None:
    def stumbles(reference: dict[str, Any], now: Any) -> None:
        raise ValueError

    bound(sent={"news": stumbles})
    queue()
    assert worker.run_due(NOW) == 1
    assert worker.run_due(LATER + timedelta(days=1)) == 0
    assert (states(), Delivered.objects.count()) == ([("sent", 1, "")], 1)


def test_a_worker_killed_before_what_follows_is_noted_notes_it_when_it_is_back() -> None:
    told: list[dict[str, Any]] = []

    def dies(reference: dict[str, Any], now: Any) -> None:
        raise Killed

    bound(sent={"news": dies})
    queue()
    with pytest.raises(Killed):
        worker.run_due(NOW)
    bound(sent={"news": lambda reference, now: told.append(reference)})
    worker.run_due(LATER)
    assert (states(), told, Delivered.objects.count()) == ([("perhaps twice", 2, "")], [{"n": 1}], 1)


def test_try_again_and_give_up_are_for_what_failed_and_count_once() -> None:
    bound()
    row = queue()
    assert (actions.try_again(row, now=NOW), actions.give_up(row)) == (False, False)
    Outgoing.objects.update(state=LetterState.FAILED)
    assert (actions.try_again(row, now=NOW), actions.try_again(row, now=NOW)) == (True, False)
    Outgoing.objects.update(state=LetterState.FAILED)
    assert (actions.give_up(row), actions.give_up(row)) == (True, False)
    assert worker.run_due(NOW) == 0


def test_a_letter_that_comes_back_twice_has_come_back_once() -> None:
    back: list[dict[str, Any]] = []
    bound(back={"news": lambda reference, now: back.append(reference)})
    row = queue()
    worker.run_due(NOW)
    assert [worker.came_back(row, trouble="5.1.1", now=NOW) for _twice in range(2)] == [True, False]
    assert (states(), back) == ([("failed", 1, "5.1.1")], [{"n": 1}])


def test_a_lease_of_a_clock_that_has_jumped_back_holds_nothing_up() -> None:
    bound()
    queue()
    Outgoing.objects.update(run_at=NOW - timedelta(days=400))
    (taken,) = actions.take_letters(NOW, most=5)
    assert actions.begin_letter(taken, now=NOW)
    assert worker.run_due(NOW - timedelta(days=365)) == 1
    assert states() == [("perhaps twice", 2, "")]


def test_a_worker_that_slept_three_days_sends_all_that_was_due_once_each_and_nothing_that_is_not() -> None:
    bound()
    for hour in (1, 30, 60):
        queue(hour)
        Outgoing.objects.filter(once=f"news:{hour}").update(run_at=NOW + timedelta(hours=hour))
    actions.queue("news", way="email", reference={"n": 99}, once="news:99", run_at=NOW + timedelta(days=4))
    woke = NOW + timedelta(days=3)
    assert [worker.run_due(woke) for _look in range(3)] == [3, 0, 0]
    assert [one.text for one in Delivered.objects.order_by("pk")] == ["Number 1", "Number 30", "Number 60"]
