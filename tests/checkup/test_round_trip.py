"""The facts of the web app, written as a project file and read again, are judged the same."""

import pytest

from tests.checkup.ground import LATER, rich
from withus.checkup.collect import facts_of
from withus.facts.dump import dump
from withus.facts.load import loads
from withus.projects.models import Project
from withus.transfer import example
from withus.traps.judge import judge

pytestmark = pytest.mark.django_db


def test_a_rich_project_survives_the_way_through_a_file() -> None:
    facts = facts_of(rich(2).project, now=LATER)
    again = loads(dump(facts))
    assert again == facts
    assert judge(again) == judge(facts)


@pytest.mark.slow
def test_each_project_of_the_example_survives_the_way_through_a_file() -> None:
    example.load(now=LATER)
    projects = {one.address: facts_of(one, now=LATER) for one in Project.objects.all()}
    assert len(projects) == 4
    judged = {address: judge(facts) for address, facts in projects.items()}
    assert {address: judge(loads(dump(facts))) for address, facts in projects.items()} == judged
    assert any(verdict.findings for verdict in judged.values())
