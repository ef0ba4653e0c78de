"""The bulk door leaves what the single one leaves."""

import time
from typing import Any

import pytest

from tests.cast import NOW, cast
from withus.live import actions
from withus.live.actions import Row, many
from withus.live.models import Contribution
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person
from withus.record import verify
from withus.record.models import Entry, Opening

WORDS = ("The bus stops at nine.", "nothing", "", "cafe\u0301", "The bus stops at nine.", "🙂")
RANDOM = {"id", "uid", "project", "project_id", "person_id", "mark", "seq", "sent_once", "_state"}
pytestmark = pytest.mark.django_db


def rows(count: int = len(WORDS)) -> list[Row]:
    return [Row(words=WORDS[n % len(WORDS)], sent_once=f"id{n}", person_key=f"p{n % 3}") for n in range(count)]


def state(project: Any) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in vars(row).items() if key not in RANDOM}
        for row in Contribution.objects.filter(project=project)
    ]


def chain(project: Any) -> list[tuple[Any, ...]]:
    said = Opening.objects.filter(entry__project=project, kind="contribution.added").order_by("entry__seq")
    facts = [{what: fact for what, fact in one.facts.items() if what not in {"given_for", "typed"}} for one in said]
    return [(one.kind, one.at, one.by, of, bool(one.words_digest)) for one, of in zip(said, facts, strict=True)]


def test_many_leave_the_same_state_and_chain_as_one_by_one() -> None:
    them = cast()
    actions.add_contributions(them.project, rows(), by=them.dev, now=NOW)
    persons = [people.add_person(them.sams_project, now=NOW, came_by="import") for _ in range(3)]
    for number, row in enumerate(rows()):
        actions.add_contribution(
            them.sams_project,
            person=persons[number % 3],
            words=row.words,
            sent_once=row.sent_once,
            entered_by=them.dev,
            now=NOW,
        )
    assert state(them.project) == state(them.sams_project)
    assert chain(them.project) == chain(them.sams_project)
    mine = Person.objects.filter(project=them.project, came_by="import").order_by("pk")
    assert [person.contributions.count() for person in mine] == [2, 2, 2]
    assert all(link.by_words(them.project, link.speakable(person)) == person for person in mine)
    for project in (them.project, them.sams_project):
        assert verify.verify(project).ok


def test_the_same_rows_twice_add_nothing_and_a_longer_list_adds_its_new_ones() -> None:
    them = cast()
    actions.add_contributions(them.project, rows(), by=them.dev, now=NOW)
    again = actions.add_contributions(them.project, rows(8), by=them.dev, now=NOW)
    assert (again.seen, again.new) == (8, 2)
    assert Contribution.objects.count() == 8
    assert Person.objects.filter(came_by="import").count() == 3


def test_it_goes_on_at_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "AT_ONCE", 2)
    them = cast()
    told: list[int] = []
    added = actions.add_contributions(them.project, rows(), by=them.dev, now=NOW, begin_at=3, told=told.append)
    assert (added.new, told) == (3, [5, 6])


def test_too_long_a_row_is_told_by_its_number_and_the_others_are_kept() -> None:
    them = cast()
    long = [Row(words="a" * 20_001, sent_once="long"), Row(words="Good.", sent_once="short")]
    added = actions.add_contributions(them.project, long, by=them.dev, now=NOW)
    assert [number for number, _refusal in added.refused] == [0]
    assert added.new == 1


def test_without_a_key_each_row_is_a_person_of_its_own() -> None:
    them = cast()
    same = [Row(words="The same.", sent_once=f"r{n}") for n in range(3)]
    actions.add_contributions(them.project, same, by=them.dev, now=NOW)
    assert Person.objects.filter(came_by="import").count() == 3


@pytest.mark.slow
def test_ten_thousand_rows_take_seconds_and_not_minutes() -> None:
    them = cast()
    many_rows = (
        Row(words=f"Comment {n}, and a few words more to make it real.", sent_once=f"r{n}") for n in range(10_000)
    )
    began = time.process_time()
    actions.add_contributions(them.project, many_rows, by=them.dev, now=NOW)
    took = time.process_time() - began
    assert Entry.objects.filter(project=them.project).count() >= 10_000
    assert took < 30, took
