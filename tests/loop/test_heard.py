from datetime import timedelta

import pytest

from tests.cast import Cast, cast
from tests.loop import ground
from withus.loop import actions, asks
from withus.loop.models import Confirmation, Due, Telling
from withus.post import worker
from withus.projects import actions as projects
from withus.projects.models import ProjectState

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def test_answered_told_and_heard_are_counted_apart(them: Cast) -> None:
    answer = ground.published(them, them.amira, them.bo)
    actions.note_told(them.amira, answers=[answer], how="At the cafe", by=them.dev, now=them.now)
    count = asks.counters(them.project, now=them.now)
    assert (count.people, count.answered, count.told, count.heard, count.owed) == (2, 2, 1, 0, 0)


@pytest.mark.parametrize("says", ["i know now", "i know, and i do not agree"])
def test_who_knows_has_heard_whether_they_agree_or_not(them: Cast, says: str) -> None:
    actions.confirm(them.amira, answer=ground.published(them, them.amira), says=says, now=them.now)
    assert asks.counters(them.project, now=them.now).heard == 1
    telling = Telling.objects.get()
    assert (telling.state, telling.read_at) == ("waiting", them.now)


@pytest.mark.parametrize("says", ["no", "only partly"])
def test_a_no_opens_what_that_person_is_owed_and_only_that(them: Cast, says: str) -> None:
    answer = ground.published(them, them.amira, them.bo)
    actions.confirm(them.amira, answer=answer, says=says, now=them.now)
    assert Due.objects.get(contribution__person=them.amira).met_at is None
    assert Due.objects.get(contribution__person=them.bo).met_by == answer


def test_stop_holds_back_the_letter_that_is_still_on_its_way(them: Cast) -> None:
    ground.by_email(them, them.amira)
    answer = ground.published(them, them.amira)
    second = ground.draft(them, ground.theme(them, ground.card(them, them.amira)), we_do="More lamps.")
    actions.publish(second, by=them.dev, now=them.now)
    actions.confirm(them.amira, answer=answer, says="stop writing to me", now=them.now)
    worker.run_due(them.now)
    assert Telling.objects.get(version__answer=second).state == "waiting"


def test_the_last_word_counts(them: Cast) -> None:
    answer = ground.published(them, them.amira)
    actions.confirm(them.amira, answer=answer, says="i know now", now=them.now)
    actions.confirm(them.amira, answer=answer, says="no", now=them.now + timedelta(minutes=1))
    assert asks.counters(them.project, now=them.now).heard == 0


def test_a_no_opens_a_closed_project_again(them: Cast) -> None:
    answer = ground.published(them, them.amira)
    projects.set_state(them.project, state=ProjectState.CLOSED, now=them.now)
    actions.confirm(them.amira, answer=answer, says="no", now=them.now + timedelta(days=365))
    them.project.refresh_from_db()
    assert them.project.state == ProjectState.RUNNING


def test_after_a_year_a_no_is_kept_and_opens_nothing(them: Cast) -> None:
    answer = ground.published(them, them.amira)
    projects.set_state(them.project, state=ProjectState.CLOSED, now=them.now)
    actions.confirm(them.amira, answer=answer, says="no", now=them.now + timedelta(days=366))
    them.project.refresh_from_db()
    assert them.project.state == ProjectState.CLOSED
    assert Confirmation.objects.get().says == "no"
    assert Due.objects.get().met_by == answer
