"""Whoever takes everything back while the server's clock runs ahead is not left waiting for that day when it is set back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast, cast
from tests.loop import ground
from withus.people import actions
from withus.people.models import Person, WayAsked
from withus.people.sealed import unseal_text
from withus.post import worker
from withus.table import actions as table

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
A_YEAR, A_MINUTE, A_DAY = timedelta(days=365), timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def them() -> Cast:
    return cast(now=timezone.now())


def erasing(them: Cast) -> datetime | None:
    return Person.objects.get(pk=them.amira.pk).erasing_at


def erased(them: Cast) -> bool:
    return Person.objects.get(pk=them.amira.pk).erased_at is not None


def back(them: Cast, *, after: timedelta = timedelta(0)) -> None:
    """The clock as it is now, as the worker looks at it."""
    worker.look_at_the_clock(them.now + after)
    worker.run_due(them.now + after)


@pytest.mark.parametrize("ahead", [timedelta(days=3), A_YEAR])
def test_by_the_link_it_is_done_within_a_minute_of_the_clock_that_is_right(them: Cast, ahead: timedelta) -> None:
    card = ground.card(them, them.amira, "Only for you.")
    actions.begin_erasing(them.amira, now=them.now + ahead, at_once=True)
    worker.run_due(them.now)
    assert not erased(them)
    back(them)
    card.refresh_from_db()
    assert (erased(them), card.words) == (True, "")


def test_by_words_there_are_fourteen_days_from_then_and_the_page_says_so(them: Cast) -> None:
    actions.begin_erasing(them.amira, now=them.now + A_YEAR, at_once=False)
    back(them)
    assert (erasing(them), erased(them)) == (them.now + actions.UNDO, False)
    back(them, after=actions.UNDO - A_MINUTE)
    assert not erased(them)
    back(them, after=actions.UNDO + A_MINUTE)
    assert erased(them)


def test_undone_and_asked_anew_the_older_day_counts_for_nothing(them: Cast) -> None:
    actions.begin_erasing(them.amira, now=them.now + A_YEAR, at_once=False)
    actions.stop_erasing(them.amira, now=them.now)
    actions.begin_erasing(them.amira, now=them.now + 2 * A_DAY, at_once=False)
    back(them, after=2 * A_DAY)
    assert erasing(them) == them.now + 2 * A_DAY + actions.UNDO


def test_with_a_clock_that_is_right_nothing_is_moved(them: Cast) -> None:
    actions.begin_erasing(them.amira, now=them.now, at_once=False)
    for after in (timedelta(0), A_DAY, actions.UNDO - A_MINUTE):
        back(them, after=after)
        assert (erasing(them), erased(them)) == (them.now + actions.UNDO, False)


def test_another_way_that_was_asked_for_takes_its_place_a_week_from_then(them: Cast) -> None:
    ground.by_email(them, them.amira)
    ahead = them.now + A_YEAR
    table.choose_way(them.amira, way="email", address="new@example.org", how_often="", now=ahead, by_words=True)
    back(them)
    assert WayAsked.objects.get().takes_at == them.now + 7 * A_DAY
    back(them, after=7 * A_DAY + A_MINUTE)
    assert unseal_text(them.amira.ways.get(chosen=True).sealed) == "new@example.org"
