"""How often the pages after the workshop ask the database: as often for three people, cards and answers as for one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from withus.live import actions as live
from withus.loop import actions, asks, snapshot
from withus.loop.models import Answer, Telling
from withus.people import actions as people
from withus.people.models import Person
from withus.post import worker
from withus.table import actions as table

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.fixture
def dev(them: Cast) -> Client:
    return signed_in(them.dev)


def persons(them: Cast, many: int) -> list[Person]:
    made = [people.add_person(them.project, now=them.now, name=f"Person {n}") for n in range(many)]
    for n, person in enumerate(made):
        table.choose_way(person, way="email", address=f"p{n}@example.org", how_often="as it comes", now=them.now)
    return made


def drafted(them: Cast, many: int) -> Answer:
    """One answer to so many people."""
    cards = [ground.card(them, person, f"card of {person.pk}") for person in persons(them, many)]
    actions.cards_read(them.project, contributions=them.project.contributions.all(), by=them.dev, now=them.now)
    return ground.draft(them, ground.theme(them, *cards), outcome="done", promised_on=None)


def published(them: Cast, many: int) -> None:
    """So many answers, each to so many people, told by mail."""
    for _answer in range(many):
        actions.publish(drafted(them, many), by=them.dev, now=them.now)
    worker.run_due(them.now)


def asked(client: Client, path: str) -> int:
    """At the second look: what is kept for the whole process is there."""
    assert client.get(path).status_code == 200
    snapshot._kept.clear()
    with CaptureQueriesContext(connection) as questions:
        assert client.get(path).status_code == 200
    return len(questions)


@pytest.mark.parametrize("many", [1, 3])
def test_the_last_look_before_it_is_published(them: Cast, dev: Client, many: int) -> None:
    answer = drafted(them, many)
    assert asked(dev, reverse("loop:publish", args=[them.project.address, answer.uid])) == 22


@pytest.mark.parametrize("many", [1, 3])
def test_the_press_that_publishes(them: Cast, dev: Client, many: int) -> None:
    answer = drafted(them, many)
    path = reverse("loop:publish", args=[them.project.address, answer.uid])
    dev.get(path)
    with CaptureQueriesContext(connection) as questions:
        assert dev.post(path, {"version": Answer.objects.get().version}).status_code == 302
    assert Telling.objects.count() == many
    assert len(questions) == 48


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"), [("loop:telling", 12), ("loop:close", 22), ("loop:letters", 6), ("loop:themes", 23)]
)
def test_the_lists_of_people_and_answers(them: Cast, dev: Client, many: int, page: str, queries: int) -> None:
    published(them, many)
    assert asked(dev, reverse(page, args=[them.project.address])) == queries


@pytest.mark.parametrize("many", [1, 3])
def test_the_public_page_when_it_is_made(them: Cast, many: int) -> None:
    published(them, many)
    assert asked(Client(), reverse("loop:public", args=[them.project.address])) == 26


def test_the_workbench_counts_as_the_public_page_after_every_act(them: Cast) -> None:
    def counted() -> tuple[int, int]:
        known, whole = asks.standing(them.project, now=them.now), asks.counters(them.project, now=them.now)
        assert (known.owed, known.answered, known.overdue) == (whole.owed, whole.answered, whole.overdue)
        return known.owed, known.answered

    answer = drafted(them, 3)
    assert counted() == (3, 0)
    actions.publish(answer, by=them.dev, now=them.now)
    assert counted() == (0, 3)
    one, two, _three = them.project.contributions.order_by("pk")
    assert one.person is not None
    actions.confirm(one.person, answer=answer, says="no", now=them.now)
    assert counted() == (1, 2)
    assert two.person is not None
    live.withdraw(two, person=two.person, now=them.now)
    assert counted() == (1, 1)
