"""The facts from the tables: few queries whatever the size, and the same facts as the project file that they export."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, cast
from tests.checkup.ground import DAY, LATER, rich, seats_of
from withus.checkup.collect import facts_of
from withus.checkup.judge import judge_now
from withus.facts.dump import dump
from withus.facts.load import loads
from withus.facts.words import Says
from withus.live.models import Contribution
from withus.loop import actions as loop
from withus.loop.models import Answer
from withus.people import actions as people
from withus.table import actions as table
from withus.table.models import Place, Seat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("n", [1, 3])
def test_facts_are_eleven_queries_and_a_judgement_of_what_has_not_changed_fourteen(n: int) -> None:
    project = rich(n).project
    with CaptureQueriesContext(connection) as reading:
        facts = facts_of(project, now=LATER)
    judge_now(project, LATER)
    with CaptureQueriesContext(connection) as judging:
        judge_now(project, LATER)
    assert (len(reading), len(judging)) == (11, 14)
    assert [len(rows) for rows in (facts.decisions, facts.workshops)] == [n, n]


def test_an_empty_project_can_be_read_and_exported() -> None:
    facts = facts_of(cast().project, now=NOW)
    assert (facts.decisions, facts.workshops, facts.feedback) == ((), (), None)
    assert loads(dump(facts)) == facts


@pytest.mark.parametrize("n", [1, 3])
def test_the_exported_file_loads_to_the_same_facts(n: int) -> None:
    facts = facts_of(rich(n).project, now=LATER)
    assert loads(dump(facts)) == facts


def test_a_moved_promise_stays_the_day_that_people_were_given_and_says_when_they_heard() -> None:
    feedback = facts_of(rich(1).project, now=LATER).feedback
    assert feedback is not None
    assert feedback.promised_on == DAY
    assert feedback.redated is not None
    assert (feedback.redated.on, feedback.redated.to, feedback.redated.because) == (
        date(2026, 5, 26),
        date(2026, 8, 1),
        "The board meets late.",
    )


def test_a_decision_is_public_from_the_day_it_was_written_down_not_from_the_day_it_was_taken() -> None:
    (decision,) = facts_of(rich(1).project, now=LATER).decisions
    assert (decision.settled_on, decision.public_on) == (date(2026, 5, 20), date(2026, 5, 26))


def test_what_came_back_counts_persons_and_silence_is_not_heard() -> None:
    them = rich(3)
    feedback = facts_of(them.project, now=LATER).feedback
    assert feedback is not None
    assert (feedback.confirmed, feedback.items_answered, feedback.items_total) == (3, 3, 6)
    assert feedback.rounds is not None
    assert [(one.route, one.of, one.says) for one in feedback.rounds] == [
        ("email", 3, (Says.NEXT_DATE, Says.NO_BECAUSE, Says.REASONS, Says.YOU_SAID_WE_DID)),
    ]
    person = seats_of(them)[0].person
    answer = Answer.objects.filter(confirmations__person=person).get()
    loop.confirm(person, answer=answer, says="no", now=LATER)
    now_and_tomorrow = [facts_of(them.project, now=LATER + timedelta(days=days)).feedback for days in (0, 1)]
    counted = [(one.confirmed, one.items_answered, one.items_total) for one in now_and_tomorrow if one]
    assert counted == [(3, 3, 6), (2, 2, 6)], "no finding comes or goes while somebody presses"


def test_a_card_taken_back_is_neither_given_nor_owed() -> None:
    them = rich(1)
    Contribution.objects.filter(words="A light on.").update(state="withdrawn")
    facts = facts_of(them.project, now=LATER)
    assert facts.contributions is not None
    assert facts.feedback is not None
    assert (facts.contributions.items, facts.feedback.items_answered, facts.feedback.items_total) == (1, 0, 1)


def test_who_cannot_come_is_not_in_the_room() -> None:
    them = rich(3)
    seats = Seat.objects.filter(person=seats_of(them)[0].person)
    for seat in seats:
        table.answer_invitation(seat, answer="no", now=NOW)
    facts = facts_of(them.project, now=LATER)
    assert [sum(row.count or 0 for row in one.people or ()) for one in facts.workshops] == [2, 2, 2]


def test_what_dev_lived_through_and_told_nobody_is_in_no_fact() -> None:
    """A facilitator who sits at the table answers the same question as everybody. What he says is his, and is not counted."""
    them = rich(1)
    before = facts_of(them.project, now=LATER)
    (workshop,) = (seats_of(them)[0].workshop,)
    person = people.add_person(them.project, now=NOW, name="Dev", staff=them.dev)
    Place.objects.create(person=person, role="worker")
    Seat.objects.create(person=person, workshop=workshop, vote=False)
    silent = facts_of(them.project, now=LATER)
    for lived in ("yes", "no", "not saying"):
        table.say_lived(person, lived=lived, now=NOW)
        assert facts_of(them.project, now=LATER) == silent
    assert silent != before
