"""Who leaves the team hears nothing more, and somebody is always left to run it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from tests.cast import cast
from withus import stream
from withus.projects import actions as projects
from withus.projects.models import Part, Project, Team
from withus.table import actions as table


@pytest.mark.django_db
def test_every_open_stream_ends_when_somebody_leaves_or_the_project_moves(
    django_capture_on_commit_callbacks: Any,  # Any: pytest-django's own
) -> None:
    them = cast()
    projects.join_team(them.project, staff=them.ada, part=Part.FACILITATOR)
    with stream.capture() as told, django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            table.take_off_the_team(them.project, staff=them.ada, part=Part.FACILITATOR, now=them.now)
        projects.move(them.project, organisation=them.sams_project.organisation, to=them.sam)
    assert told.revoked == [(them.project.uid, 2), (them.project.uid, 3)]
    assert Project.objects.get(pk=them.project.pk).stream_number == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_take_each_other_off_at_once_leave_one() -> None:
    them = cast()
    projects.join_team(them.project, staff=them.ada, part=Part.FACILITATOR)

    def leave(staff: Any) -> str:  # Any: an account
        try:
            fresh = Project.objects.get(pk=them.project.pk)
            table.take_off_the_team(fresh, staff=staff, part=Part.FACILITATOR, now=them.now)
            return "left"
        except projects.LastFacilitator:
            return "stays"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, (them.dev, them.ada))) == ["left", "stays"]
    assert Team.objects.filter(project=them.project, part=Part.FACILITATOR).count() == 1
