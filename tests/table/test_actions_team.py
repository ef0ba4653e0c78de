"""Who leaves the team hears nothing more, and somebody is always left to run it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connections

from tests.cast import Cast, a_workshop, cast, team
from withus import stream
from withus.charter import actions as charter
from withus.charter import refusals
from withus.charter.models import Charter
from withus.findings.mail import finding_asked
from withus.findings.models import Asked
from withus.live import actions as live
from withus.people import actions as people
from withus.projects import actions as projects
from withus.projects.models import Part, Project, Team
from withus.projects.refused import Refused
from withus.record.models import Entry, Opening
from withus.table import actions as table
from withus.table.models import Workshop


@pytest.mark.django_db
def test_every_open_stream_ends_when_somebody_leaves_or_the_project_moves(
    django_capture_on_commit_callbacks: Any,  # Any: pytest-django's own
) -> None:
    them = cast()
    projects.join_team(them.project, staff=them.ada, part=Part.FACILITATOR)
    with stream.capture() as told, django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            table.take_off_the_team(them.project, staff=them.ada, part=Part.FACILITATOR, by=them.ada, now=them.now)
        projects.move(them.project, organisation=them.sams_project.organisation, to=them.sam)
    assert told.revoked == [(them.project.uid, 2), (them.project.uid, 3)]
    assert Project.objects.get(pk=them.project.pk).stream_number == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_take_each_other_off_at_once_leave_one() -> None:
    them = cast()
    projects.join_team(them.project, staff=them.ada, part=Part.FACILITATOR)

    as_each_read_it = {one.pk: Project.objects.get(pk=them.project.pk) for one in (them.dev, them.ada)}

    def leave(staff: Any) -> str:  # Any: an account
        try:
            project = as_each_read_it[staff.pk]
            table.take_off_the_team(project, staff=staff, part=Part.FACILITATOR, by=them.ada, now=them.now)
            return "left"
        except projects.LastFacilitator:
            return "stays"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, (them.dev, them.ada))) == ["left", "stays"]
    assert Team.objects.filter(project=them.project, part=Part.FACILITATOR).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "refusal"), [("closed", refusals.ClosedForAsking), ("resting", refusals.RestsForAsking)]
)
def test_nobody_is_invited_or_let_into_a_room_where_everybody_was_told_that_nobody_answers(
    state: str, refusal: type[Refused]
) -> None:
    them = cast()
    workshop, person = a_workshop(them), table.add_to_table(them.project, by=them.dev, now=them.now, role="member")
    ready(them)
    projects.set_state(Project.objects.get(pk=them.project.pk), state=state, now=them.now)
    before = Entry.objects.count()
    with pytest.raises(refusal):
        table.invite(them.project, persons=[person], by=them.dev, now=them.now)
    with pytest.raises(refusal):
        live.start(workshop, by=them.dev, now=them.now)
    assert (Entry.objects.count(), Workshop.objects.get().state) == (before, "planned")
    projects.set_state(them.project, state="running", now=them.now)
    table.invite(them.project, persons=[person], by=them.dev, now=them.now)
    live.start(workshop, by=them.dev, now=them.now)


def ready(them: Cast) -> None:
    own = Charter.objects.get(project=them.project)
    on = date(2026, 9, 1)
    charter.change_charter(own, by=them.dev, now=them.now, version=own.version, safe_person="Priya", hear_back_on=on)


@pytest.mark.django_db
def test_a_question_to_somebody_who_has_left_the_team_is_not_sent() -> None:
    them = cast()
    asked = Asked.objects.create(project=them.project, words="Why?", to_staff=them.hall, by=them.dev, at=them.now)
    reference = {"question": str(asked.uid)}
    letter = finding_asked(reference)
    assert letter is not None
    assert letter.to == "hall@trust.example"
    table.take_off_the_team(them.project, staff=them.hall, part=Part.DECISION_MAKER, by=them.ada, now=them.now)
    assert finding_asked(reference) is None


@pytest.mark.django_db
def test_who_came_and_who_left_stands_on_the_record_once_by_whom_and_without_a_name() -> None:
    them = cast()
    for _twice in range(2):
        table.put_on_the_team(them.project, staff=them.ada, part=Part.CO_LEAD, by=them.dev, now=them.now)
    for _twice in range(2):
        table.take_off_the_team(them.project, staff=them.ada, part=Part.CO_LEAD, by=them.dev, now=them.now)
    dev, ada = f"staff:{them.dev.uid}", str(them.ada.uid)
    facts = {"part": "co-lead"}
    assert told() == [("team.joined", dev, ada, facts), ("team.left", dev, ada, facts)]


@pytest.mark.django_db
def test_an_account_that_ends_says_who_left_each_team() -> None:
    them = cast()
    table.put_on_the_team(them.project, staff=them.ada, part=Part.FACILITATOR, by=them.dev, now=them.now)
    people.end_account(them.organisation, staff=them.dev, by=them.ada, now=them.now)
    ada, dev = f"staff:{them.ada.uid}", str(them.dev.uid)
    assert told()[1:] == [("team.left", ada, dev, {"part": "facilitator"})]


@pytest.mark.django_db
def test_a_refused_leaving_leaves_no_entry() -> None:
    them = cast()
    with pytest.raises(projects.LastFacilitator):
        table.take_off_the_team(them.project, staff=them.dev, part=Part.FACILITATOR, by=them.ada, now=them.now)
    assert told() == []


@pytest.mark.django_db
def test_the_team_reads_who_came_and_went_and_by_whom() -> None:
    them = cast()
    page, browser = f"/at/{them.project.address}/team", team(them)
    browser.post(page, {"staff": str(them.ada.uid), "part": "facilitator"})
    browser.post(page, {"leave": f"{them.ada.uid} facilitator"})
    lines = [sentence for _on, sentence in browser.get(page).context["came_and_went"]]
    assert lines == [
        "Ada left the team: facilitator. By Dev.",
        "Ada came on the team: facilitator. By Dev.",
        "Dev began the project, and facilitates it.",
    ]


def told() -> list[tuple[Any, ...]]:
    rows = Opening.objects.filter(kind__startswith="team.").order_by("entry__seq")
    return list(rows.values_list("kind", "by", "about", "facts"))
