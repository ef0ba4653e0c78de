"""Letters that tell of one answer, rendered together: each says what it would say alone, and no more is asked for three than for one."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, cast
from tests.loop import ground
from withus.loop import actions
from withus.loop.answer_mail import answers_published, many_published
from withus.loop.models import Answer, Telling
from withus.people import actions as people
from withus.people.models import Person
from withus.post import actions as post
from withus.post import worker
from withus.post.models import Outgoing
from withus.table import actions as table

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def published(them: Cast, many: int) -> tuple[Answer, list[Person]]:
    persons = [people.add_person(them.project, now=them.now, name=f"Person {n}") for n in range(many)]
    for n, person in enumerate(persons):
        table.choose_way(person, way="email", address=f"p{n}@example.org", how_often="as it comes", now=them.now)
    cards = [ground.card(them, person, f"Buses, says {n}.") for n, person in enumerate(persons)]
    answer = ground.draft(them, ground.theme(them, *cards))
    actions.publish(answer, by=them.dev, now=them.now)
    return answer, persons


def references() -> list[dict[str, object]]:
    rows = Outgoing.objects.filter(kind="answers.published", state="queued").order_by("pk")
    return list(rows.values_list("reference", flat=True))


@pytest.mark.parametrize("many", [1, 3])
def test_as_many_questions_for_three_as_for_one(
    them: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    published(them, many)
    queued = references()
    with django_assert_num_queries(10):
        said = many_published(queued)
    assert said == [answers_published(one) for one in queued]
    assert [one.to for one in said if one is not None] == [f"p{n}@example.org" for n in range(many)]  # type: ignore[union-attr] # a test's own mix
    assert [f"Buses, says {n}." in str(one) for n, one in enumerate(said)] == [True] * many
    assert [str(one).count("Buses, says") for one in said] == [2] * many, "nobody's words stand in another's mail"


def test_each_reads_what_has_changed_since_they_were_told(them: Cast) -> None:
    answer, (one, other) = published(them, 2)
    worker.run_due(them.now)
    assert answer.theme is not None
    later = them.now + timedelta(days=20)
    new = people.add_person(them.project, now=later)
    ground.by_email(them, new)
    actions.place(answer.theme, contributions=[ground.card(them, new, "Trams.")], by=them.dev, now=later, read=True)
    ground.draft(them, answer.theme, we_do="A night bus.", now=later)
    actions.publish(answer, by=them.dev, now=later)
    said = {
        str(reference["person"]): str(letter)
        for reference, letter in zip(references(), many_published(references()), strict=True)
    }
    assert {uid: "It was: A taxi home." in text for uid, text in said.items()} == {
        str(one.uid): True, str(other.uid): True, str(new.uid): False
    }  # fmt: skip


def test_what_was_said_together_is_quoted_to_each_of_them(them: Cast) -> None:
    ground.by_email(them, them.amira)
    ground.by_email(them, them.bo)
    card = ground.card(them, them.amira, "We want a bench.")
    card.with_persons.add(them.bo)
    answer = ground.draft(them, ground.theme(them, card))
    actions.publish(answer, by=them.dev, now=them.now)
    assert ["We want a bench." in str(letter) for letter in many_published(references())] == [True, True]


def test_a_letter_that_a_worker_has_in_hand_keeps_its_wording_and_the_newer_one_is_told_after_it(them: Cast) -> None:
    ground.by_email(them, them.amira)
    answer = ground.published(them, them.amira)
    (taken,) = post.take_letters(them.now, most=5)
    assert answer.theme is not None
    ground.draft(them, answer.theme, we_do="A night bus.")
    actions.publish(answer, by=them.dev, now=them.now)
    assert "A taxi home." in str(answers_published(taken.reference))
    assert list(Telling.objects.order_by("pk").values_list("version__number", "state")) == [(1, "queued"), (2, "held")]


def test_nobody_is_written_to_who_takes_everything_back(them: Cast) -> None:
    _answer, (one, _other) = published(them, 2)
    people.begin_erasing(one, now=them.now, at_once=False)
    assert [letter is None for letter in many_published(references())] == [True, False]
