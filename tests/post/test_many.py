"""Many rows at once are the rows that one after another would be, on both databases."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from withus.post import actions as post
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
