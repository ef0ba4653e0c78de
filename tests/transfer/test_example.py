"""The example that a stranger sees first."""

from datetime import UTC, datetime, time

import pytest

from withus.live.models import Running
from withus.table.models import Workshop
from withus.transfer import example

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize(
    ("now", "starts"),
    [
        (datetime(2026, 11, 27, 7, 26, tzinfo=UTC), time(6, 30)),
        (datetime(2026, 11, 27, 23, 30, tzinfo=UTC), time(14)),
        (datetime(2026, 11, 27, 0, 20, tzinfo=UTC), time(14)),
    ],
)
def test_the_workshop_that_is_open_now_is_planned_for_now(now: datetime, starts: time) -> None:
    example.load(now=now)
    workshop = Workshop.objects.get(title__startswith="Workshop 3", running__isnull=False)
    assert (workshop.on, workshop.starts) == (now.date(), starts)
    assert Running.objects.get(workshop=workshop).block is not None
