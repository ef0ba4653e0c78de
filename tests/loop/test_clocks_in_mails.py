"""A mail is written by the worker, hours later and by its own clocks: what it says is by the project's, with the day in words."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests.cast import Cast, cast
from tests.loop import ground
from withus.loop import actions, turning_mail
from withus.loop.models_of_closing import Turning
from withus.people.models import Person
from withus.people.tongue import as_they_read
from withus.post.letter import Letter
from withus.projects import actions as projects
from withus.projects.models import Part

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)
"""In London half past midnight of the next day, and of the next month."""


@pytest.fixture
def them(monkeypatch: pytest.MonkeyPatch) -> Cast:
    made = cast()
    projects.join_team(made.project, staff=made.ada, part=Part.CO_LEAD)
    monkeypatch.setattr(timezone, "now", lambda: LATE)
    return made


def written(letter: Letter | None) -> str:
    assert letter is not None
    assert "2026-" not in letter.text
    assert "<p>" in letter.html
    return " ".join(letter.text.split())


def test_till_when_a_second_key_is_waited_for(them: Cast) -> None:
    ground.known_by_email(them, them.joy)
    row = actions.first_key(them.project, what="close", by=actions.Hand(staff=them.dev), now=LATE)
    about = {"turning": str(row.uid), "again": False}
    said = "if nobody says yes by Monday 15 June, 12.30 a.m., nothing will."
    to_staff = turning_mail.key_waits({**about, "staff": str(them.ada.uid)})
    to_joy = turning_mail.key_waits({**about, "person": str(them.joy.uid)})
    assert [said in written(one) for one in (to_staff, to_joy)] == [True, True]


def test_till_when_somebody_can_say_that_they_would_take_it(them: Cast) -> None:
    terms = actions.Terms(days=28, address="sam@elsewhere.example")
    actions.first_key(them.project, what="hand over", by=actions.Hand(staff=them.dev), now=LATE, terms=terms)
    letter = turning_mail.project_asked({"turning": str(Turning.objects.get().uid)})
    assert "Sign in with this e-mail address till Monday 15 June, 12.30 a.m.," in written(letter)


def test_whoever_is_written_to_reads_their_project_s_clocks(them: Cast) -> None:
    with as_they_read(Person.objects.get(pk=them.amira.pk)):
        assert timezone.get_current_timezone_name() == "Europe/London"
    assert timezone.get_current_timezone_name() == "UTC"
