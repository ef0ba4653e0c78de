"""Many letters in one go: what they say is asked for together, and each is begun, handed over and noted by itself."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from withus.post import actions, worker
from withus.post.letter import Letter, Rendered
from withus.post.lines import LineDown
from withus.post.mail_line import MailLine
from withus.post.models import Delivered, Outgoing
from withus.site import wiring

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOW = datetime(2026, 5, 6, 13, 30, tzinfo=UTC)
LATER = NOW + actions.LEASE + timedelta(seconds=1)
asked: list[list[int]] = []


class Killed(BaseException):
    """As a killed process: nothing catches it."""


def letter(reference: dict[str, Any]) -> Rendered | None:
    if reference["n"] == 13:
        raise ValueError
    return Letter(to="amira@example.org", subject="News", text=f"Number {reference['n']}")


def together(references: Sequence[dict[str, Any]]) -> list[Rendered | None]:
    asked.append([one["n"] for one in references])
    return [letter(one) for one in references]


@pytest.fixture(autouse=True)
def bound(settings: Any) -> Iterator[None]:  # Any: pytest-django's settings
    settings.EMAIL_BACKEND = "withus.post.mailbox.Mailbox"
    asked.clear()
    worker.down.until.clear()
    worker.bind(jobs={}, letters={"news": letter}, sent={}, failed={}, together={"news": together})
    yield
    worker.down.until.clear()
    worker.down.times.clear()
    wiring.bind()


def queue(*numbers: int) -> None:
    for n in numbers:
        actions.queue("news", way="email", reference={"n": n}, once=f"news:{n}", run_at=NOW)


def states() -> list[tuple[str, int]]:
    return list(Outgoing.objects.order_by("pk").values_list("state", "tries"))


def arrived() -> list[str]:
    return list(Delivered.objects.order_by("pk").values_list("text", flat=True))


def test_three_are_asked_for_at_once_and_leave_in_their_order() -> None:
    queue(1, 2, 3)
    assert worker.run_due(NOW) == 3
    assert asked == [[1, 2, 3]]
    assert arrived() == ["Number 1", "Number 2", "Number 3"]
    assert states() == [("sent", 1)] * 3


def test_what_was_asked_for_a_while_ago_is_asked_for_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever says stop while the letters before theirs leave slowly is heard."""
    monkeypatch.setattr(worker, "FRESH", -1.0)
    queue(1, 2, 3)
    worker.run_due(NOW)
    assert asked == [[1, 2, 3], [2, 3], [3]]
    assert len(arrived()) == 3


def test_before_each_is_handed_over_it_is_sending_and_the_one_before_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    whole = MailLine.hand_over

    def hand_over(line: MailLine, one: Rendered, *, uid: str) -> str:
        seen.append([state for state, _tries in states()])
        return whole(line, one, uid=uid)

    monkeypatch.setattr(MailLine, "hand_over", hand_over)
    queue(1, 2, 3)
    worker.run_due(NOW)
    assert seen == [["sending", "queued", "queued"], ["sent", "sending", "queued"], ["sent", "sent", "sending"]]


def test_killed_in_the_middle_only_the_one_in_hand_is_perhaps_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = MailLine.hand_over

    def hand_over(line: MailLine, one: Rendered, *, uid: str) -> str:
        said = whole(line, one, uid=uid)
        if Delivered.objects.count() == 2:
            raise Killed
        return said

    queue(1, 2, 3)
    monkeypatch.setattr(MailLine, "hand_over", hand_over)
    with pytest.raises(Killed):
        worker.run_due(NOW)
    assert states() == [("sent", 1), ("sending", 1), ("queued", 0)]
    monkeypatch.setattr(MailLine, "hand_over", whole)
    assert worker.run_due(NOW) == 0, "another worker may still have them in hand"
    assert worker.run_due(LATER) == 2
    assert states() == [("sent", 1), ("perhaps twice", 2), ("sent", 1)]
    assert sorted(arrived()) == ["Number 1", "Number 2", "Number 3"]


def test_one_that_cannot_be_written_holds_up_no_other() -> None:
    queue(1, 13, 3)
    worker.run_due(NOW)
    assert arrived() == ["Number 1", "Number 3"]
    assert states() == [("sent", 1), ("queued", 1), ("sent", 1)]


def test_when_the_line_goes_down_those_that_had_not_begun_wait_and_cost_no_try(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = MailLine.hand_over

    def hand_over(line: MailLine, one: Rendered, *, uid: str) -> str:
        if arrived():
            raise LineDown("ConnectionError")
        return whole(line, one, uid=uid)

    queue(1, 2, 3)
    monkeypatch.setattr(MailLine, "hand_over", hand_over)
    worker.run_due(NOW)
    assert states() == [("sent", 1), ("queued", 0), ("queued", 0)]
    assert set(Outgoing.objects.values_list("leased_until", flat=True)) == {None}
    monkeypatch.setattr(MailLine, "hand_over", whole)
    worker.run_due(NOW + timedelta(minutes=2))
    assert states() == [("sent", 1)] * 3
