"""A question that is built once finds what Django's own query finds, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from tests.live.rooms import Phone, open_room
from withus.live.models import Contribution, Duty
from withus.live.pages.receipt import CARDS
from withus.people.here import ALIVE
from withus.people.models import Person
from withus.projects.question import Question
from withus.table.models import Workshop

NOON = datetime(2027, 5, 4, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def phone() -> Phone:
    _them, workshop = open_room()
    phone = Phone(Workshop.objects.get(pk=workshop.pk)).join()
    for number in range(3):
        phone.says(f"Card {number}", may_see="wall")
    return phone


def held(row: Model | None) -> dict[str, object]:
    return {} if row is None else {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_the_row_is_the_one_that_django_finds_with_its_relations_and_types(phone: Phone) -> None:
    card = Contribution.objects.select_related("workshop", "media").get(words="Card 1")
    for _first_and_again in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = CARDS.one(card.project_id, card.mark)
            assert found is not None
            assert held(found) == held(card)
            assert held(found.workshop) == held(card.workshop)
            assert found.media is None
        assert len(queries) == 1
    assert found == card
    found.words = "Changed"
    found.save()
    assert Contribution.objects.get(pk=card.pk).words == "Changed"


def test_nothing_of_another_is_found_and_an_erased_person_is_nobody(phone: Phone) -> None:
    person = Person.objects.exclude(contributions=None).get()
    assert ALIVE.one(person.project_id, person.uid, person.generation) == person
    assert ALIVE.one(person.project_id, person.uid, person.generation + 1) is None
    assert ALIVE.one(person.project_id + 1, person.uid, person.generation) is None
    Person.objects.filter(pk=person.pk).update(erased_at=NOON)
    assert ALIVE.one(person.project_id, person.uid, person.generation) is None


def test_more_than_one_row_in_order_and_more_than_equality(phone: Phone) -> None:
    project = phone.project
    for day in (3, 1, 2):
        begins = NOON + timedelta(days=day)
        Duty.objects.create(project=project, who=f"Day {day}", begins=begins, ends=begins + timedelta(hours=1))
    later = Question(Duty.objects.order_by("begins"), "project", "ends__gt")
    with CaptureQueriesContext(connection) as queries:
        assert [one.who for one in later.all(project.pk, NOON + timedelta(days=1, hours=2))] == ["Day 2", "Day 3"]
        assert [one.who for one in later.all(project.pk, NOON)] == ["Day 1", "Day 2", "Day 3"]
        assert later.all(project.pk, NOON + timedelta(days=9)) == []
    assert len(queries) == 3


def test_through_a_table_between_and_with_values_of_its_own(phone: Phone) -> None:
    card = Contribution.objects.get(words="Card 2")
    other = Person.objects.exclude(contributions=card).first()
    assert other is not None
    card.with_persons.add(other)
    together = Question(Contribution.objects.exclude(words="Card 1"), "project", "with_persons")
    assert together.all(card.project_id, other.pk) == [card]
    assert together.all(card.project_id, card.person_id) == []
