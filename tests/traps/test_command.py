"""`withus check`, `withus rule` and `withus schema`, as they are typed."""

import json
import subprocess
import sys
from pathlib import Path

import typer
from typer.testing import CliRunner

from withus.traps import command

app = typer.Typer()
app.command()(command.check)
app.command()(command.rule)
app.command()(command.schema)
run = CliRunner()

EXAMPLE = Path(__file__).with_name("example.toml")
CALM = 'title = "A bench"\ntoday = 2025-05-01\n'


def test_a_project_without_findings_ends_with_0_and_never_says_fine(tmp_path: Path) -> None:
    (tmp_path / "bench.toml").write_text(CALM, encoding="utf-8")
    result = run.invoke(app, ["check", str(tmp_path / "bench.toml")])
    assert result.exit_code == 0
    assert "Nothing seen." in result.stdout
    assert "fine" not in result.stdout.lower()


def test_the_example_ends_with_1_and_fits_80_columns_without_colour() -> None:
    result = run.invoke(app, ["check", str(EXAMPLE)])
    assert result.exit_code == 1
    assert "stop T502 not-everyone-reached (feedback)" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "\x1b" not in result.stdout


def test_json_has_the_shape_that_others_read() -> None:
    result = run.invoke(app, ["check", "--format", "json", str(EXAMPLE)])
    verdict = json.loads(result.stdout)
    assert verdict["findings"][1] == {
        "rule": "T502",
        "name": "not-everyone-reached",
        "trap": 5,
        "level": "stop",
        "where": "feedback",
        "sentence": "10 people gave something. At most 9 of them were reached with what became of it.",
        "evidence": {"gave": 10, "reached": 9},
        "way_out": [
            "Find who is left, and tell each of them in the way they chose.",
            "Where somebody cannot be found: try three times in two ways, and write that down.",
        ],
    }
    assert [each["rule"] for each in verdict["cannot_tell"]] == ["T102"]


def test_several_files_are_json_lines_and_a_bad_one_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("title = 3", encoding="utf-8")
    result = run.invoke(app, ["check", "--format", "json", str(EXAMPLE), str(tmp_path / "bad.toml"), str(EXAMPLE)])
    assert result.exit_code == 2
    assert len([json.loads(line) for line in result.stdout.splitlines()]) == 2
    assert "bad.toml:1: title: Words in quotation marks belong here." in result.stderr


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    result = run.invoke(app, ["check", str(tmp_path / "nothing.toml")])
    assert result.exit_code == 2
    assert "No such file" in result.stderr


def test_explained_findings_stay_and_open_the_next_step() -> None:
    reasons = ["--explain", "T502=The nurse was told in person.", "--explain", "T305=Carers meet in May."]
    result = run.invoke(app, ["check", str(EXAMPLE), *reasons])
    assert result.exit_code == 0
    assert "Explained: The nurse was told in person." in result.stdout


def test_an_explanation_needs_a_reason_and_a_rule() -> None:
    assert run.invoke(app, ["check", str(EXAMPLE), "--explain", "T502="]).exit_code == 2
    assert run.invoke(app, ["check", str(EXAMPLE), "--explain", "T999=because"]).exit_code == 2


def test_another_day_changes_what_is_due() -> None:
    result = run.invoke(app, ["check", "--format", "json", "--today", "2025-07-01", str(EXAMPLE)])
    assert [each["rule"] for each in json.loads(result.stdout)["findings"]] == ["T305"]


def test_a_rule_shows_its_page_and_its_path() -> None:
    result = run.invoke(app, ["rule", "t502"])
    assert "# T502 not-everyone-reached" in result.stdout
    assert result.stdout.rstrip().endswith("not_everyone_reached.py")
    assert run.invoke(app, ["rule", "T999"]).exit_code == 2


def test_the_schema_is_json() -> None:
    assert json.loads(run.invoke(app, ["schema"]).stdout)["title"] == "WithUs project file"


def test_checking_needs_no_django() -> None:
    code = "import sys, withus.traps.command; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
