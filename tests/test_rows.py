"""The cast that is laid out again is the one that was made."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import rows
from tests.cast import Cast, cast
from withus.accounts import actions as accounts
from withus.record.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def cleared(kept: rows.Rows) -> None:
    with connection.cursor() as cursor:
        for table in reversed(kept):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def fields(them: Cast) -> list[dict[str, object]]:
    known = (them.organisation, them.project, them.dev, them.amira, them.sams_project, them.sams_person)
    return [{field.name: getattr(one, field.attname) for field in one._meta.concrete_fields} for one in known]


def test_row_by_row_it_is_the_same_and_costs_a_fifth() -> None:
    standing = rows.standing()
    made = cast()
    kept = rows.since(standing)
    cleared(kept)
    with CaptureQueriesContext(connection) as asked:
        again = cast()
    assert rows.since(standing) == kept
    assert fields(again) == fields(made)
    assert verify(again.project).ok
    assert len(asked) < 25


def test_what_one_test_does_to_its_people_is_not_seen_by_the_next() -> None:
    standing = rows.standing()
    first = cast()
    name = first.project.title
    first.project.title = "Changed by a test"
    cleared(rows.since(standing))
    assert cast().project.title == name


def test_where_something_stands_already_it_is_made_beside_it() -> None:
    accounts.add_staff(email="zoe@elsewhere.example", name="Zoe", password="a long password")
    assert not rows.empty()
    assert verify(cast().project).ok
