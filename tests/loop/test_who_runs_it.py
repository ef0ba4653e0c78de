"""Who takes part reads who runs it: parts and days for everybody, a name only where its bearer said yes, and to a co-lead."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, cast, phone
from withus.loop import actions as loop
from withus.people.models import Person
from withus.projects.models import Part
from withus.table import actions as table

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    made = cast()
    table.put_on_the_team(made.project, staff=made.ada, part=Part.FACILITATOR, by=made.dev, now=made.now)
    loop.allow_name(made.project, who=made.ada, yes=True, now=made.now)
    return made


def read(person: Person) -> tuple[list[tuple[str, str]], list[str]]:
    page = phone(person).get(f"/at/{person.project.address}/me/team")
    assert page.status_code == 200
    now = [(name, str(part)) for name, part in page.context["now"]]
    return now, [sentence for _on, sentence in page.context["came_and_went"]]


def test_amira_reads_the_parts_and_the_one_name_that_may_be_read(them: Cast) -> None:
    now, before = read(them.amira)
    assert sorted(now) == [("", "decision maker"), ("", "facilitator"), ("Ada", "facilitator")]
    assert before == ["Ada came on the team: facilitator.", "Somebody began the project, and facilitates it."]


def test_who_left_or_took_their_yes_back_is_named_to_nobody_who_takes_part(them: Cast) -> None:
    later = them.now + timedelta(days=1)
    table.take_off_the_team(them.project, staff=them.ada, part=Part.FACILITATOR, by=them.dev, now=later)
    for reader in (them.amira, them.joy):
        now, before = read(reader)
        assert "Ada" not in str((now, before))
        assert before[0] == "Somebody left the team: facilitator."


def test_a_co_lead_reads_whom_they_run_it_with(them: Cast) -> None:
    now, before = read(them.joy)
    assert sorted(now) == [("Ada", "facilitator"), ("Dev", "facilitator"), ("Prof. Hall", "decision maker")]
    assert before == ["Ada came on the team: facilitator.", "Dev began the project, and facilitates it."]


def test_no_address_of_anybody_stands_there_and_a_stranger_reads_none_of_it(them: Cast) -> None:
    for reader in (them.amira, them.joy):
        text = phone(reader).get(f"/at/{them.project.address}/me/team").content.decode()
        assert "dev@" not in text
        assert "hall@" not in text
    for stranger in (Client(), phone(them.sams_person)):
        assert stranger.get(f"/at/{them.project.address}/me/team").status_code == 302
