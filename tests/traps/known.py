"""Projects that a person told, and each of their facts by its place: the ground of the property tests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from hypothesis import strategies as st

from tests.traps.projects import of_hint, possible
from withus.facts.load import load, read
from withus.facts.project import Project
from withus.traps.catalogue import catalogue

TESTS = Path(__file__).parents[1]
REFERENCES = frozenset({"id", "method", "about", "asked_in", "decision"})
ROWS = frozenset({"decisions", "changes", "workshops", "methods"})
Step = str | int
Steps = tuple[Step, ...]


@cache
def known() -> Mapping[str, Project]:
    """Every case of every rule, every whole project, and the example, by a name that is worth reading."""
    cases = {
        f"{code} {side} {number}": read(case.plan)
        for code, entry in catalogue().items()
        for side, told in entry.cases().items()
        for number, case in enumerate(told)
    }
    files = [TESTS / "traps" / "example.toml", *sorted((TESTS / "projects").rglob("[0-9]*.toml"))]
    return {**cases, **{str(path.relative_to(TESTS)): load(path) for path in files}}


@dataclass(frozen=True, slots=True)
class Site:
    """One fact of one project."""

    steps: Steps
    value: Any  # whatever the fact is
    hint: Any  # type hints have no common class of their own

    @property
    def name(self) -> str:
        return str(self.steps[-1])

    @property
    def place(self) -> str:
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps).lstrip(".")


def sites(row: Any, before: Steps = ()) -> Iterator[Site]:  # Any: a row of facts
    """Each fact that is known, the inner ones too."""
    hints = get_type_hints(type(row), include_extras=True)
    for each in fields(row):
        value = getattr(row, each.name)
        steps = (*before, each.name)
        if value is None:
            continue
        yield Site(steps, value, hints[each.name])
        if is_dataclass(value):
            yield from sites(value, steps)
        elif isinstance(value, tuple):
            for number, inner in enumerate(value):
                if is_dataclass(inner):
                    yield from sites(inner, (*steps, number))


def put(row: Any, steps: Steps, value: Any) -> Any:  # Any: rows and facts of every kind
    """The same project with one fact changed."""
    step, *rest = steps
    if isinstance(step, int):
        inner = value if not rest else put(row[step], tuple(rest), value)
        return (*row[:step], inner, *row[step + 1 :])
    return replace(row, **{step: value if not rest else put(getattr(row, step), tuple(rest), value)})


@st.composite
def changed(draw: st.DrawFn) -> Project:
    """A known project with up to three of its facts replaced by others."""
    names = sorted(known())
    project = known()[draw(st.sampled_from(names))]
    for _time in range(draw(st.integers(0, 3))):
        open_ones = [each for each in sites(project) if each.name not in REFERENCES | ROWS | {"title"}]
        site = draw(st.sampled_from(open_ones))
        if isinstance(site.value, tuple) and site.value and is_dataclass(site.value[0]):
            continue
        value = draw(of_hint(site.hint))
        if not (value is None and site.steps == ("today",)):
            project = put(project, site.steps, value)
    return project if possible(project) else known()[names[0]]
