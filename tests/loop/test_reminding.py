"""Whoever runs the project is reminded of a promise 7 days before and 1 day before; whatever clocks and workers do, once each."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from tests.cast import Cast, cast
from tests.loop import ground
from withus.loop import actions
from withus.loop.mail import promise_near
from withus.loop.models import Answer
from withus.post import worker
from withus.post.models import Outgoing
from withus.projects import actions as projects

pytestmark = pytest.mark.django_db
WEEK, EVE = datetime(2026, 8, 25, 9, 0, tzinfo=UTC), datetime(2026, 8, 31, 9, 0, tzinfo=UTC)


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.fixture
def promised(them: Cast) -> Answer:
    return ground.published(them, them.amira)


def sent(at: datetime) -> int:
    worker.run_due(at)
    return len(mail.outbox)


def test_a_week_and_a_day_before_once_each(promised: Answer) -> None:
    assert [sent(at) for at in (WEEK - timedelta(hours=3), WEEK, WEEK + timedelta(days=5), EVE, EVE)] == [0, 1, 1, 2, 2]
    assert mail.outbox[0].to == ["dev@lantern.example"]
    assert "1 September 2026" in mail.outbox[0].body


def test_whoever_has_left_the_team_before_the_letter_leaves_is_told_nothing_more(them: Cast, promised: Answer) -> None:
    actions.remind({"answer": str(promised.uid), "on": "2026-09-01", "days": 7}, WEEK)
    projects.move(them.project, organisation=them.sams_project.organisation, to=them.sam)
    letters = Outgoing.objects.filter(kind="promise.near", reference__staff=str(them.dev.uid))
    assert [promise_near(one.reference) for one in letters] == [None]


def test_a_worker_that_slept_three_days_sends_it_late_but_still_once(promised: Answer) -> None:
    assert [sent(WEEK + timedelta(days=3)), sent(EVE)] == [1, 2]


def test_a_worker_that_slept_through_both_sends_one_and_after_the_day_none(promised: Answer) -> None:
    assert sent(EVE) == 1


def test_after_the_day_nobody_is_reminded_and_the_team_reads_once_that_it_is_broken(promised: Answer) -> None:
    assert [sent(EVE + timedelta(days=2)), sent(EVE + timedelta(days=3))] == [1, 1]
    assert Outgoing.objects.filter(kind="promise.near").count() == 0
    assert "The day has passed" in mail.outbox[0].body


def test_a_clock_that_jumps_back_sends_nothing_twice(promised: Answer) -> None:
    assert sent(WEEK) == 1
    actions.remind({"answer": str(promised.uid), "on": "2026-09-01", "days": 7}, WEEK - timedelta(days=30))
    actions.remind({"answer": str(promised.uid), "on": "2026-09-01", "days": 7}, WEEK)
    assert (Outgoing.objects.filter(kind="promise.near").count(), sent(WEEK)) == (1, 1)


def test_nobody_is_reminded_of_what_is_kept_or_has_moved(them: Cast, promised: Answer) -> None:
    actions.redate(promised, on=date(2026, 10, 1), because="Ill.", by=them.dev, now=them.now)
    assert [sent(WEEK), sent(EVE)] == [0, 0]
    actions.keep_promise(promised, on=date(2026, 9, 10), by=them.dev, now=them.now)
    assert sent(datetime(2026, 9, 30, 9, 0, tzinfo=UTC)) == 0
