"""A no holds closing until it is answered anew: to a parked subject, and to what nobody expected to learn."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, a_workshop, cast
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions, refusals
from withus.loop.holding import holds
from withus.loop.models import Answer
from withus.people import actions as people
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db
TEXTS: Any = {"we_heard": "It.", "outcome": "done", "because": "So.", "body": "Lantern House"}
NOES = ["no", "only partly"]


@pytest.fixture
def them() -> Cast:
    return cast()


def open_workshop(them: Cast) -> Workshop:
    workshop = a_workshop(them)
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    workshop.refresh_from_db()
    return workshop


def answer(them: Cast, days: int, we_do: str, **to: Any) -> Answer:  # Any: a card or what was learned
    """Amira is told it to her face: only what she says can still hold."""
    now = them.now + timedelta(days=days)
    row = actions.draft_answer(them.project, we_do=we_do, by=them.dev, now=now, **TEXTS, **to)
    actions.publish(row, by=them.dev, now=now)
    actions.note_told(them.amira, answers=[row], how="At the cafe", by=them.dev, now=now)
    return row


def can_be_closed(them: Cast, days: int) -> bool:
    now = them.now + timedelta(days=days)
    try:
        actions.turning.refuse_while_held(them.project, now=now)
    except refusals.StillOwed:
        return False
    return True


@pytest.mark.parametrize("says", NOES)
def test_a_no_to_the_answer_to_a_parked_subject_holds_until_it_is_answered_anew(them: Cast, says: str) -> None:
    live.park(
        them.project, now=them.now, workshop=open_workshop(them), person=them.amira, words="Buses.",
        sent_once="p", may_see="wall",
    )  # fmt: skip
    parked = Contribution.objects.get()
    assert not can_be_closed(them, 0)
    row = answer(them, 1, "A later bus.", contribution=parked)
    assert can_be_closed(them, 1)
    actions.confirm(them.amira, answer=row, says=says, now=them.now + timedelta(days=2))
    held = holds(them.project, now=them.now + timedelta(days=2))
    assert [one.contribution for one in held.dues] == [parked]
    assert not can_be_closed(them, 100)
    answer(them, 101, "A bus at ten.", contribution=parked)
    assert can_be_closed(them, 101)


@pytest.mark.parametrize("says", NOES)
def test_a_no_to_what_was_learned_holds_until_it_is_answered_anew(them: Cast, says: str) -> None:
    workshop = open_workshop(them)
    card = live.add_contribution(
        them.project, now=them.now, workshop=workshop, person=them.amira, words="Cold.", sent_once="a"
    ).contribution
    live.start(workshop, by=them.dev, now=them.now)
    learned = live.keep_learned(workshop, words="Nobody can find the door.", by=them.dev, now=them.now)
    answer(them, 1, "A heater.", contribution=card)
    row = answer(them, 1, "A sign is up.", learned=learned)
    assert can_be_closed(them, 1)
    actions.confirm(them.amira, answer=row, says=says, now=them.now + timedelta(days=2))
    held = holds(them.project, now=them.now + timedelta(days=2))
    assert ([one.pk for one in held.said_no], held.dues, held.people) == ([row.pk], (), ())
    assert not can_be_closed(them, 100)
    answer(them, 101, "Two signs are up.", learned=learned)
    assert can_be_closed(them, 101)


@pytest.mark.parametrize("at_once", [True, False])
def test_whoever_takes_everything_back_leaves_no_no_that_nobody_could_ever_answer(them: Cast, at_once: bool) -> None:
    workshop = open_workshop(them)
    live.add_contribution(
        them.project, now=them.now, workshop=workshop, person=them.amira, words="Cold.", sent_once="a"
    )
    live.start(workshop, by=them.dev, now=them.now)
    row = answer(them, 1, "A sign.", learned=live.keep_learned(workshop, words="A.", by=them.dev, now=them.now))
    actions.confirm(them.amira, answer=row, says="no", now=them.now + timedelta(days=2))
    assert len(holds(them.project, now=them.now + timedelta(days=2)).said_no) == 1
    people.begin_erasing(them.amira, now=them.now + timedelta(days=3), at_once=at_once)
    assert holds(them.project, now=them.now + timedelta(days=3)).said_no == ()
