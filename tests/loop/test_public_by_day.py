"""What one person does moves no number of the public page before the next midnight; what is late stands there at once."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Cast, cast
from tests.loop import ground
from withus.live import actions as live
from withus.loop import actions, in_public
from withus.loop.norm import countdown
from withus.people.actions import add_persons
from withus.people.models import Person
from withus.post import worker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def them() -> Cast:
    return cast()


def many(them: Cast, count: int = 12) -> list[Person]:
    return add_persons(them.project, uids=[uuid4() for _one in range(count)], now=them.now, came_by="room")


def read(them: Cast, now: datetime) -> tuple[Any, ...]:
    known = in_public.read(them.project, now=now)
    four = [(one.key, one.number, str(one.words), one.of) for one in known.four]
    cards = [one.cards for one in known.answers]
    owed = countdown(them.project, now=now, owed=known.counts.owed)
    return json.dumps(four), cards, known.counts.owed, owed is None, known.step


def test_an_erasure_and_a_card_taken_back_move_a_number_at_midnight_only(them: Cast) -> None:
    people = many(them)
    ground.published(them, *people, promised_on=date(2090, 9, 1))
    later = them.now + DAY
    before = read(them, later)
    live.erase_given(people[0], now=later)
    card = people[1].contributions.get()
    live.withdraw(card, person=people[1], now=later)
    assert read(them, later) == before
    assert json.loads(before[0])[0] == ["acknowledged", 12, "", 12]
    after = read(them, later + DAY)
    assert (json.loads(after[0])[0], after[1]) == (["acknowledged", 10, "", 10], [10])


def test_what_was_taken_back_last_week_and_is_erased_today_is_not_counted_again(them: Cast) -> None:
    people = many(them)
    ground.published(them, *people, promised_on=date(2090, 9, 1))
    live.withdraw(people[0].contributions.get(), person=people[0], now=them.now)
    later = them.now + 7 * DAY
    before = read(them, later)
    live.erase_given(people[0], now=later)
    assert read(them, later) == before == read(them, later + DAY)


@pytest.mark.parametrize("press", ["erased", "taken back", "together", "no"])
def test_who_confirmed_and_takes_it_back_is_confirmed_till_midnight(them: Cast, press: str) -> None:
    people = many(them, 16)
    alone = people[1:] if press == "together" else people
    answer = ground.published(them, *alone, promised_on=date(2090, 9, 1))
    card = alone[0].contributions.get()
    if press == "together":
        card.with_persons.add(people[0])
    for one in alone[:10]:
        actions.confirm(one, answer=answer, says="i know now", now=them.now)
    later = them.now + DAY
    before = read(them, later)
    if press == "erased":
        live.erase_given(people[0], now=later)
    elif press == "no":
        actions.confirm(people[0], answer=answer, says="no", now=later)
    else:
        live.withdraw(card, person=alone[0], now=later)
    assert read(them, later) == before
    assert json.loads(before[0])[3] == ["confirmed", 10, "", 16]
    assert json.loads(read(them, later + DAY)[0])[3][1] == 5


def test_a_no_opens_nothing_in_public_before_midnight(them: Cast) -> None:
    people = many(them)
    answer = ground.published(them, *people, promised_on=date(2090, 9, 1))
    later = them.now + DAY
    before = read(them, later)
    actions.confirm(people[0], answer=answer, says="no", now=later)
    assert (read(them, later), before[2:4]) == (before, (0, True))
    assert read(them, later + DAY)[2] == 1


def test_what_a_clock_that_ran_ahead_wrote_is_counted_once_it_is_set_back(them: Cast) -> None:
    people = many(them)
    answer = ground.published(them, *people, promised_on=date(2090, 9, 1))
    ahead = them.now + 400 * DAY
    actions.confirm(people[0], answer=answer, says="no", now=ahead)
    live.withdraw(people[1].contributions.get(), person=people[1], now=ahead)
    after = read(them, them.now + DAY)
    assert (json.loads(after[0])[0], after[2]) == (["acknowledged", 11, "", 11], 1)


def test_a_promise_that_is_late_stands_there_at_once(them: Cast) -> None:
    ground.published(them, *many(them), promised_on=date(2026, 5, 8))
    morning = datetime(2026, 5, 9, 9, 0, tzinfo=them.now.tzinfo)
    worker.run_due(morning)
    known = in_public.read(them.project, now=morning)
    assert [one.days for one in known.overdue] == [1]
