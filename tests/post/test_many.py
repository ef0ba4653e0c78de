"""Many rows at once are the rows that one after another would be, on both databases."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import cast
from withus.people import actions as people
from withus.people.models import Way
from withus.post import actions as post
from withus.post import worker
from withus.post.models import Outgoing

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOW = datetime(2025, 6, 1, 9, 30, tzinfo=UTC)
WHOSE = UUID("6f1c9d2e-0000-4000-8000-000000000001")
LETTERS = [
    post.ToQueue("email", {"person": "p1", "tellings": ["a", "b"]}, "one", NOW, WHOSE),
    post.ToQueue("sms", {"person": 'who says "no" in Welsh: dŵr\t\\N'}, "two", NOW.replace(hour=23), None),
    post.ToQueue("post", {}, "three", NOW, WHOSE),
]


def test_many_letters_are_queued_as_each_alone_would_be() -> None:
    post.queue_many("a.kind", LETTERS)
    many = {one.once: one for one in Outgoing.objects.all()}
    for at, letter in enumerate(LETTERS):
        fields = letter._asdict() | {"once": f"alone {at}"}
        alone = Outgoing.objects.get(pk=post.queue("a.kind", **fields).pk)
        for field in Outgoing._meta.concrete_fields:
            if field.attname not in {"id", "uid", "once"}:
                assert getattr(many[letter.once], field.attname) == getattr(alone, field.attname), field.attname
    assert len({one.uid for one in many.values()}) == 3


def test_what_is_queued_already_is_refused_with_all_that_came_with_it() -> None:
    post.queue_many("a.kind", LETTERS[1:])
    with pytest.raises(IntegrityError), transaction.atomic():
        post.queue_many("a.kind", LETTERS)
    assert sorted(Outgoing.objects.values_list("once", flat=True)) == ["three", "two"]


def test_nothing_to_queue_queues_nothing() -> None:
    post.queue_many("a.kind", [])
    assert Outgoing.objects.count() == 0


@pytest.mark.parametrize("which", [[], [0], [2, 0], [0, 0, 1, 2]])
def test_among_many_numbers_is_what_in_is(which: list[int]) -> None:
    post.queue_many("a.kind", LETTERS)
    keys = list(Outgoing.objects.order_by("pk").values_list("pk", flat=True))
    wanted = [keys[at] for at in which] + ([keys[-1] + 1] if which else [])
    rows = Outgoing.objects.filter(pk__among=wanted)
    assert set(rows) == set(Outgoing.objects.filter(pk__in=wanted))
    assert (rows.update(tries=7), Outgoing.objects.filter(tries=7).count()) == (len(set(which)), len(set(which)))
    assert Outgoing.objects.exclude(pk__among=wanted).count() == 3 - len(set(which))


def test_among_many_numbers_of_other_rows_is_what_in_is() -> None:
    """Of a relation, and across one."""
    them = cast()
    for person in (them.amira, them.bo, them.sams_person):
        people.set_way(person, kind="email", address="a@example.org")
    numbers = [them.amira.pk, them.sams_person.pk]
    assert set(Way.objects.filter(person__among=numbers)) == set(Way.objects.filter(person__in=numbers))
    theirs = Way.objects.filter(person__project__among=[them.project.pk])
    assert sorted(theirs.values_list("person", flat=True)) == sorted([them.amira.pk, them.bo.pk])


def test_a_breath_is_longer_after_what_took_long_but_not_where_the_database_wakes_who_waits() -> None:
    breaths = [worker._breath(breath, took=took) for breath, took in ((0, 9), (0.05, 0.01), (0.05, 0.5))]
    assert breaths == ([0, 0.05, 0.1] if connection.vendor == "sqlite" else [0, 0.05, 0.05])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="how PostgreSQL compares numbers")
def test_many_numbers_are_looked_up_and_not_gone_through_for_each_row() -> None:
    """Of numbers narrower than the column it makes no table: twenty thousand rows were held against a thousand numbers each."""
    sql, params = Way.objects.filter(person__among=[1, 2, 40_000]).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (VERBOSE) " + sql, params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "::bigint[]" in plan
    assert "::integer[]" not in plan
