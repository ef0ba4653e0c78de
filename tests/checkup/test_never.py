"""Nothing is missing: every fact of the project file comes from a table, but those that nobody should keep."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.checkup.ground import LATER, rich
from withus.checkup.collect import facts_of
from withus.facts.project import Project
from withus.facts.shape import Record, Rows, record

pytestmark = pytest.mark.django_db


def unfilled(shape: Record, rows: Sequence[object], path: str = "") -> Iterator[str]:
    """Every field that no row fills, the outermost only."""
    for field in shape.fields:
        here = f"{path}{field.name}"
        values = [value for row in rows if (value := getattr(row, field.name)) not in (None, ())]
        if not values:
            yield here
            continue
        match field.shape:
            case Record():
                yield from unfilled(field.shape, values, f"{here}.")
            case Rows(item=Record() as item):
                yield from unfilled(item, [row for value in values for row in value], f"{here}.")


def test_every_fact_comes_from_a_table_but_those_that_nobody_should_keep() -> None:
    listed = tomllib.loads((Path(__file__).parent / "never.toml").read_text())
    facts = facts_of(rich(1).project, now=LATER)
    assert sorted(unfilled(record(Project), [facts])) == sorted(listed)
