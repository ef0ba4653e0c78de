"""An installation's own numbers: only stricter, all or none of them, and each where its rule says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.traps.known import known
from withus.facts.load import loads
from withus.facts.project import Project
from withus.traps import command
from withus.traps.catalogue import catalogue
from withus.traps.judge import judge
from withus.traps.page import page
from withus.traps.rule import Level, Stricter
from withus.traps.stricter import BadNumbers, Number, Value, numbers, plain, set_back, set_from

NUMBERS = list(numbers())
ROOMY = """
title = "The new clinic"
today = 2025-03-01
[[workshops]]
id = "w1"
starts = 14:00:00
ends = 16:00:00
plan = [
  { minutes = 10, kind = "welcome" }, { minutes = 20, kind = "venting" }, { minutes = 60, kind = "activity" },
  { minutes = 20, kind = "slack" }, { minutes = 10, kind = "closing" },
]
"""
NARROWED = """
title = "The new clinic"
today = 2025-03-01
invited_on = 2025-01-01
decisions = [{ id = "doors", openness = "within limits" }]
changes = [{ on = 2025-02-01, decision = "doors", before = "open", after = "within limits", told_on = 2025-02-06 }]
"""
app = typer.Typer()
app.command()(command.check)
app.command()(command.rule)
IDS = [f"{each.code} {each.name}" for each in NUMBERS]


@pytest.fixture(autouse=True)
def ours_again() -> Iterator[None]:
    yield
    set_back()


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "numbers.toml"
    file.write_text(text, encoding="utf-8")
    return file


def far(number: Number, ours: Value | None = None) -> str:
    """As strict as a person might ever want it."""
    ours = number.ours if ours is None else ours
    if isinstance(ours, tuple):
        return f"[{', '.join(far(number, one) for one in ours)}]"
    more = number.stricter is Stricter.MORE
    if isinstance(ours, timedelta):
        return str(ours.days * 20 if more else 0)
    if isinstance(ours, int):
        return str(ours * 20 if more else 0)
    return str(min(ours * 9, 1.0) if more else 0.0)


def worst(project: Project, code: str) -> dict[str, int]:
    """What the rule says at each place, by weight; praise is below saying nothing."""
    said = judge(project, [catalogue()[code]]).findings
    return {each.where: -1 if each.level is Level.PRAISE else each.level.weight for each in said}


@pytest.mark.parametrize("number", NUMBERS, ids=IDS)
def test_stricter_never_says_less_and_says_more_somewhere(number: Number, tmp_path: Path) -> None:
    projects = list(known().values())
    before = [worst(each, number.code) for each in projects]
    set_from(written(tmp_path, f"[{number.code}]\n{number.name} = {far(number)}\n"))
    after = [worst(each, number.code) for each in projects]
    milder = [
        (each.title, where)
        for each, one, other in zip(projects, before, after, strict=True)
        for where in {*one, *other}
        if other.get(where, 0) < one.get(where, 0) and not (one.get(where, 0) == 0 and other.get(where, 0) == -1)
    ]
    assert milder == []
    assert before != after


@pytest.mark.parametrize("number", NUMBERS, ids=IDS)
def test_ours_may_be_written_down_and_changes_nothing(number: Number, tmp_path: Path) -> None:
    set_from(written(tmp_path, f"[{number.code}]\n{number.name} = {plain(number.ours)}\n"))
    assert [each.now for each in numbers()] == [each.ours for each in NUMBERS]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[T202]\nLEAST = 0.05\n", "T202 LEAST can be made stricter, never milder: at least 0.1."),
        ("[T101]\nLEAST = 1\n", "T101 LEAST is no number that can be made stricter."),
        ("[T999]\nLEAST = 1\n", "T999 LEAST is no number that can be made stricter."),
        ("[T202]\nMOST = 1\n", "There is: LEAST, LEAST_EMOTIVE, SHORT."),
        ("[T202]\nLEAST = '0.2'\n", "T202 LEAST has to be written like 0.1."),
        ("[T202]\nLEAST = true\n", "T202 LEAST has to be written like 0.1."),
        ("[T202]\nLEAST = nan\n", "T202 LEAST has to be written like 0.1."),
        ("[T505]\nWEEK = 2.5\n", "T505 WEEK has to be written like 7."),
        ("[T108]\nDAYS_MEETING = [20]\n", "T108 DAYS_MEETING has to be written like [14, 7]."),
        ("[T108]\nDAYS_MEETING = [20, 6]\n", "T108 DAYS_MEETING can be made stricter, never milder: at least [14, 7]."),
        ("T202 = 1\n", "T202 has to be a table, such as [T202]."),
        ("[T202\n", "is no TOML file"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_set(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadNumbers, match=r"numbers\.toml") as caught:
        set_from(written(tmp_path, f"[T203]\nLONGEST = 45\n{text}" if text.startswith("[T202]") else text))
    assert said in str(caught.value)
    assert [each.now for each in numbers()] == [each.ours for each in NUMBERS]


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(BadNumbers, match="No such file"):
        set_from(Path("/nowhere/numbers.toml"))


def test_the_command_judges_by_them(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(ROOMY, encoding="utf-8")
    assert "T202" not in CliRunner().invoke(app, ["check", str(plan)]).stdout
    strict = written(tmp_path, "[T202]\nLEAST = 0.4\n")
    assert "T202" in CliRunner().invoke(app, ["check", str(plan), "--numbers", str(strict)]).stdout
    set_back()
    assert "T202" in CliRunner().invoke(app, ["check", str(plan)], env={"WITHUS_NUMBERS": str(strict)}).stdout
    set_back()
    milder = written(tmp_path, "[T202]\nLEAST = 0.01\n")
    assert CliRunner().invoke(app, ["check", str(plan), "--numbers", str(milder)]).exit_code == 2


def test_the_rules_page_names_them(tmp_path: Path) -> None:
    set_from(written(tmp_path, "[T202]\nLEAST = 0.2\n"))
    assert "- `LEAST`: 0.1. An installation may ask for more. Here it is 0.2." in page(catalogue()["T202"])


def test_a_sentence_names_the_number_that_it_is_judged_by(tmp_path: Path) -> None:
    """Told on the fifth day: not within three days, and within a week."""
    told = loads(NARROWED)
    assert worst(told, "T107") == {}
    set_from(written(tmp_path, "[T107]\nTELL_WITHIN = 3\n"))
    said = [each.said for each in judge(told, [catalogue()["T107"]]).findings]
    assert [each.rpartition(". ")[2] for each in said] == ["People were not told within 3 days."]
