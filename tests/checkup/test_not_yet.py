"""The list of what no table holds yet is true: nothing in it is filled, and nothing outside of it is left empty."""

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


def test_not_yet_lists_exactly_what_is_not_filled() -> None:
    listed = tomllib.loads((Path(__file__).parent / "not_yet.toml").read_text())
    facts = facts_of(rich(1).project, now=LATER)
    assert sorted(unfilled(record(Project), [facts])) == sorted(listed)
