"""Verdicts on whole projects, and what holds for every one of them."""

import random
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.traps.projects import projects
from withus.facts.dump import dump
from withus.facts.load import load, loads
from withus.facts.project import Project
from withus.facts.workshop import Workshop
from withus.traps.judge import judge
from withus.traps.rule import Level

Row = TypeVar("Row")
EXAMPLE = Path(__file__).with_name("example.toml")
every = settings(suppress_health_check=list(HealthCheck))


def test_the_example_has_one_person_not_reached_and_no_carer_in_the_room() -> None:
    verdict = judge(load(EXAMPLE))
    assert [(each.rule, each.level, each.where, each.said) for each in verdict.findings] == [
        (
            "T120",
            Level.PRAISE,
            "workshop:w1",
            "At the end of this workshop hardly anybody said that it felt already decided.",
        ),
        (
            "T209",
            Level.PRAISE,
            "workshop:w1",
            "On 12 June 2025 the plan was left for what people needed to say, and they say that they could say it.",
        ),
        (
            "T305",
            Level.WARN,
            "table",
            "The service is for 2 groups. Everybody with lived experience comes from one: people who hear voices.",
        ),
        (
            "T502",
            Level.STOP,
            "feedback",
            "10 people gave something. At most 9 of them were reached with what became of it.",
        ),
    ]
    assert [each.rule for each in verdict.cannot_tell] == ["T102"]


@every
@given(projects())
def test_any_project_is_judged_and_every_sentence_filled(project: Project) -> None:
    verdict = judge(loads(dump(project)))
    for each in verdict.findings:
        assert each.said
        assert each.ways_out
        assert each.as_dict()["where"] == each.where
    places = [(each.rule, each.where) for each in verdict.findings]
    assert len(places) == len(set(places))


def shuffled(project: Project, seed: int) -> Project:
    chance = random.Random(seed)

    def mixed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(chance.sample(rows, len(rows)))

    def room(workshop: Workshop) -> Workshop:
        people = None if workshop.people is None else mixed(workshop.people)
        parked = None if workshop.parked is None else mixed(workshop.parked)
        return replace(workshop, people=people, parked=parked)

    told = project.feedback
    if told is not None and told.rounds is not None:
        told = replace(told, rounds=mixed(told.rounds))
    return replace(
        project,
        decisions=mixed(project.decisions),
        changes=mixed(project.changes),
        workshops=tuple(room(each) for each in mixed(project.workshops)),
        methods=mixed(project.methods),
        feedback=told,
    )


@every
@given(projects(), st.integers())
def test_the_order_of_rows_never_matters(project: Project, seed: int) -> None:
    assert judge(shuffled(project, seed)) == judge(project)
