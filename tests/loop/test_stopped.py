"""A stopped rest or hand-over is told to those who run it, once each; a promise that opens a closed project is one mail, not two."""

from datetime import date, timedelta

import pytest
from django.core import mail

from tests.cast import Cast, cast
from tests.loop import ground
from tests.loop.test_actions_turning import carries_stop, goes, rests
from withus.loop import actions, turning_mail
from withus.loop.models_of_closing import Turning
from withus.people import actions as people
from withus.post import worker
from withus.post.models import Outgoing
from withus.projects import actions as projects
from withus.projects.models import Part, Project
from withus.record.models import Opening

pytestmark = pytest.mark.django_db
RESTS, STAYS = "It does not rest: The evening cafe", "It stays where it is: The evening cafe"
DEV, ADA, SAM, JOY = "dev@lantern.example", "ada@lantern.example", "sam@elsewhere.example", "joy@example.org"
OPENED = "was closed. With this it is open again"


@pytest.fixture
def them() -> Cast:
    """Dev and Ada run it; Prof. Hall decides."""
    made = cast()
    projects.join_team(made.project, staff=made.ada, part=Part.FACILITATOR)
    return made


def told(subject: str) -> dict[str, str]:
    """Who was written to, and what."""
    return {one.to[0]: " ".join(str(one.body).split()) for one in mail.outbox if one.subject == subject}


def stop(them: Cast) -> None:
    turning = Turning.objects.get()
    actions.object_to(turning, by=them.tomasz, now=them.now)
    worker.run_due(them.now)
    worker.run_due(them.now + timedelta(days=2))


def test_a_co_lead_stops_the_rest_and_the_team_hears_it_once_and_not_from_whom(them: Cast) -> None:
    rests(them)
    stop(them)
    letters = told(RESTS)
    assert (sorted(letters), len([one for one in mail.outbox if one.subject == RESTS])) == ([ADA, DEV], 2)
    assert ["does not rest any more" in text and "Tomasz" not in text for text in letters.values()] == [True, True]


def test_a_co_lead_stops_the_hand_over_and_who_was_to_take_it_hears_so_too(them: Cast) -> None:
    goes(them)
    stop(them)
    letters = told(STAYS)
    assert sorted(letters) == [ADA, DEV, SAM]
    assert "It stays with you" in letters[DEV]
    assert ("does not come to you" in letters[SAM], f"/at/{them.project.address}" in letters[SAM]) == (True, False)


def test_who_pressed_themselves_knows(them: Cast) -> None:
    rests(them)
    actions.wake(them.project, by=them.dev, now=them.now)
    worker.run_due(them.now)
    assert list(told(RESTS)) == [ADA]


def test_of_what_was_agreed_anew_or_is_not_theirs_nobody_hears_that_it_stopped(them: Cast) -> None:
    rests(them)
    actions.wake(them.project, by=them.dev, now=them.now)
    reference = Outgoing.objects.get(kind="project.stopped").reference
    assert turning_mail.project_stopped({**reference, "staff": str(them.hall.uid)}) is None
    assert turning_mail.project_stopped({**reference, "staff": str(them.sam.uid)}) is None
    assert turning_mail.project_stopped(reference) is not None
    rests(them)
    assert turning_mail.project_stopped(reference) is None


def test_a_broken_promise_in_a_closed_project_is_one_mail_to_each_that_says_both(them: Cast) -> None:
    people.set_way(them.joy, kind="email", address=JOY)
    ground.published(them, them.amira, promised_on=date(2026, 6, 1))
    worker.run_due(them.now)
    Project.objects.filter(pk=them.project.pk).update(state="closed", closed_at=them.now)
    mail.outbox.clear()
    for day in (27, 28):
        worker.run_due(them.now + timedelta(days=day))
    broken = told("A promise is broken: The evening cafe")
    assert sorted((one.to[0], "broken" in str(one.subject)) for one in mail.outbox) == [
        (ADA, True),
        (DEV, True),
        (JOY, False),
    ]
    assert [OPENED in text for text in broken.values()] == [True, True]
    assert list(told("Open again: The evening cafe")) == [JOY]
    assert Opening.objects.filter(kind="project.reopened").count() == 1


def test_in_a_running_project_the_mail_says_nothing_of_opening(them: Cast) -> None:
    ground.published(them, them.amira, promised_on=date(2026, 6, 1))
    worker.run_due(them.now + timedelta(days=27))
    assert [OPENED in text for text in told("A promise is broken: The evening cafe").values()] == [False, False]


def test_who_was_written_to_hears_that_it_stays(them: Cast) -> None:
    ground.by_email(them, them.amira)
    turning = goes(them)
    worker.run_due(them.now)
    actions.call_off(turning, by=them.dev, now=them.now)
    worker.run_due(them.now)
    worker.run_due(them.now + timedelta(days=2))
    subjects = [one.subject for one in mail.outbox if one.to == ["a@example.org"]]
    assert subjects == ["The evening cafe goes to other people", "The evening cafe stays where it is"]
    for one in mail.outbox:
        if one.to == ["a@example.org"]:
            carries_stop(them, one)
    told = next(one.body for one in mail.outbox if one.to == ["a@example.org"])
    assert "goes to other people: Elsewhere Trust. From 3 June 2026 on" in told
    assert "Sam" not in told
