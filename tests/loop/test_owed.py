"""What is late or waits, on the list of projects of those who run them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, a_workshop, cast, signed_in
from tests.live.rooms import state
from tests.loop import ground
from withus.charter import actions as charter
from withus.charter.owed import Owed
from withus.live import actions as live
from withus.loop import actions, owed
from withus.loop.models import Due
from withus.people import actions as people
from withus.projects.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def test_nothing_waits_in_a_new_project(them: Cast) -> None:
    assert owed.owed([them.project, them.sams_project], them.now) == {}


def test_a_card_waits_until_it_is_answered_and_its_day_passes(them: Cast) -> None:
    card = ground.card(them, them.amira)
    due = Due.objects.get(contribution=card)
    on_the_day = them.now + (due.on - them.now.date())
    assert owed.owed([them.project], on_the_day) == {them.project.pk: Owed(waiting=1)}
    assert owed.owed([them.project], on_the_day + timedelta(days=1)) == {them.project.pk: Owed(past=1, waiting=1)}
    actions.publish(ground.draft(them, ground.theme(them, card)), by=them.dev, now=them.now)
    assert owed.owed([them.project], them.now) == {}


def test_a_promise_is_late_after_its_day_until_it_is_kept(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    answer = ground.draft(them, theme, promised_on=date(2026, 5, 20))
    actions.publish(answer, by=them.dev, now=them.now)
    on_the_day, after = them.now.replace(day=20), them.now.replace(day=21)
    assert owed.owed([them.project], on_the_day) == {}
    assert owed.owed([them.project], after)[them.project.pk].late == 1
    ground.draft(them, theme, we_do="Half done.", promised_on=None)
    actions.publish(answer, by=them.dev, now=after)
    assert owed.owed([them.project], after)[them.project.pk].late == 1, "one promise, however often it is told"
    actions.keep_promise(answer, on=date(2026, 5, 21), by=them.dev, now=after)
    assert owed.owed([them.project], after) == {}


def test_three_projects_cost_no_more_queries_than_one(them: Cast) -> None:
    projects, counts = [], []
    for number in (1, 2):
        for _n in range(number):
            one = charter.begin(them.organisation, title=uuid4().hex, purpose="To see.", by=them.dev, now=them.now)
            person = people.add_person(one, now=them.now, name="Femi")
            live.add_contribution(one, person=person, words="A lamp.", sent_once=uuid4().hex, now=them.now)
            projects.append(one)
        with CaptureQueriesContext(connection) as asked:
            found = owed.owed(list(Project.objects.filter(pk__in=[one.pk for one in projects])), them.now)
        assert [one.waiting for one in found.values()] == [1] * len(projects)
        counts.append(len(asked))
    assert counts == [4, 4], "the projects, promises, dues, workshops"


def test_who_runs_it_reads_it_on_the_list_and_who_only_decides_does_not() -> None:
    them = cast(now=timezone.now())
    ground.card(them, them.amira)
    workshop = a_workshop(them)
    state(workshop, "open")
    page = signed_in(them.dev).get("/projects").content.decode()
    assert "1 card waits for an answer." in page
    assert f'href="/at/{them.project.address}/w/{workshop.uid}/console"' in page
    halls = signed_in(them.hall).get("/projects").content.decode()
    assert them.project.title in halls
    assert ("waits for an answer" in halls, "/console" in halls) == (False, False)
    assert them.project.title not in signed_in(them.sam).get("/projects").content.decode()
