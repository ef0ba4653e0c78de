"""Whoever presses on their own page changes no list of the team: a name that drops off one would say who has answered."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from withus.loop import actions, asks
from withus.loop.holding import Why, holds
from withus.loop.models import Answer, Telling
from withus.people import actions as people
from withus.people.models import Person
from withus.post import worker
from withus.table import actions as table

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LISTS = ("telling", "in-person", "letters", "close", "telling/not-gone")
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"')


@pytest.fixture
def them() -> Cast:
    return cast(now=timezone.now())


def published(them: Cast, *persons: Person) -> Answer:
    return ground.published(them, *persons, outcome="done", promised_on=None)


def lists(them: Cast) -> dict[str, str]:
    """What the team reads, as it stands, with the page of each person."""
    dev = signed_in(them.dev)
    paths = [*LISTS, *(f"telling/{one.uid}" for one in (them.amira, them.bo, them.joy, them.tomasz))]
    pages = {path: dev.get(f"/at/{them.project.address}/{path}").content.decode() for path in paths}
    return {path: CHANGING.sub("", page) for path, page in pages.items()}


def no_way(them: Cast, count: int) -> list[Person]:
    return [people.add_person(them.project, now=them.now, name=f"Guest {number}") for number in range(count)]


@pytest.mark.parametrize("says", ["i know now", "i know, and i do not agree"])
@pytest.mark.parametrize("who", ["amira", "bo", "joy", "tomasz"])
def test_by_whichever_way_they_hear_a_press_changes_no_list(them: Cast, who: str, says: str) -> None:
    """Amira left no way, Bo chose post, Joy the telephone, and Tomasz hears once, when all is done."""
    table.choose_way(them.bo, way="post", address="1 Mill Lane", how_often="as it comes", now=them.now)
    table.choose_way(them.joy, way="phone", address="0113", how_often="as it comes", now=them.now)
    ground.by_email(them, them.tomasz, how_often="once")
    answer = published(them, them.amira, them.bo, them.joy, them.tomasz)
    ground.card(them, them.tomasz, "Not answered yet.")
    before = lists(them)
    person = getattr(them, who)
    actions.confirm(person, answer=answer, says=says, now=them.now + timedelta(hours=1))
    assert lists(them) == before
    assert asks.counters(them.project, now=them.now).heard == 1


def test_noting_that_somebody_was_told_says_the_same_whether_they_have_answered_or_not(them: Cast) -> None:
    answer = published(them, them.amira, them.bo)
    actions.confirm(them.amira, answer=answer, says="i know now", now=them.now)
    told = [
        actions.note_told(one, answers=[answer], how="There", by=them.dev, now=them.now)
        for one in (them.amira, them.bo)
    ]
    assert told == [1, 1]


def test_three_tries_are_enough_whether_they_have_answered_or_not_and_only_the_count_knows(them: Cast) -> None:
    table.choose_way(them.bo, way="phone", address="0113", how_often="as it comes", now=them.now)
    answer = published(them, them.bo)
    actions.confirm(them.bo, answer=answer, says="i know now", now=them.now)
    tried = [
        actions.note_try(them.bo, way=way, because="Nobody answered.", by=them.dev, now=them.now + timedelta(days=day))
        for day, way in enumerate(("phone", "phone", "post"))
    ]
    count = asks.counters(them.project, now=them.now)
    assert (tried, count.told, count.unreachable) == ([False, False, True], 1, 0)


@pytest.mark.parametrize(("count", "held"), [(4, 4), (5, 0), (6, 0)])
def test_who_left_no_way_goes_from_the_list_with_all_the_others_or_waits_for_the_day(
    them: Cast, count: int, held: int
) -> None:
    guests = no_way(them, count)
    answer = published(them, *guests)
    for guest in guests[:-1]:
        actions.confirm(guest, answer=answer, says="i know now", now=them.now)
        assert [one.why for one in holds(them.project, now=them.now).people] == [Why.WAITS] * count
    actions.confirm(guests[-1], answer=answer, says="i know, and i do not agree", now=them.now)
    assert len(holds(them.project, now=them.now).people) == held


@pytest.mark.parametrize("last", ["", "only partly", "no", "i know now"])
def test_they_go_from_the_list_only_where_everybody_in_the_project_knows(them: Cast, last: str) -> None:
    """Amira hears by mail. While she has not said that she knows, a list without the five would say that each of them has answered."""
    ground.by_email(them, them.amira)
    guests = no_way(them, 5)
    answer = published(them, them.amira, *guests)
    worker.run_due(them.now)
    for guest in guests:
        actions.confirm(guest, answer=answer, says="i know now", now=them.now)
    if last:
        actions.confirm(them.amira, answer=answer, says=last, now=them.now)
    found = [one.person for one in holds(them.project, now=them.now).people]
    assert found == ([] if last == "i know now" else guests)


def test_what_they_read_before_its_day_is_not_written_to_them_and_counts_as_told_on_it(them: Cast) -> None:
    ground.by_email(them, them.amira)
    first = published(them, them.amira)
    worker.run_due(them.now)
    second = published(them, them.amira)
    assert [one.state for one in Telling.objects.order_by("pk")] == ["sent", "held"]
    actions.confirm(them.amira, answer=second, says="i know now", now=them.now)
    assert [one.state for one in Telling.objects.order_by("pk")] == ["sent", "held"]
    for _round in range(2):
        worker.run_due(them.now + timedelta(days=14, minutes=1))
    assert [one.state for one in Telling.objects.order_by("pk")] == ["sent", "sent"]
    assert len(mail.outbox) == 1
    assert first.versions.get().tellings.get().read_at is None
