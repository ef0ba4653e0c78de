"""`withus check`, `withus rule` and `withus schema`, as they are typed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from withus.traps import command
from withus.traps.catalogue import catalogue
from withus.traps.judge import Verdict
from withus.traps.page import page
from withus.traps.report import folded
from withus.traps.rule import CannotTell

app = typer.Typer()
app.command()(command.check)
app.command()(command.rule)
app.command()(command.schema)
run = CliRunner()

EXAMPLE = Path(__file__).with_name("example.toml")
WITHUS = (sys.executable, "-c", "from withus.site.cli import main; main()")
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
    assert verdict["findings"][3] == {
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
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [str(EXAMPLE)] * 2
    assert "bad.toml:1: title: Words in quotation marks belong here." in result.stderr


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    result = run.invoke(app, ["check", str(tmp_path / "nothing.toml")])
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / 'nothing.toml'}: No such file or directory.\n"


def test_a_folder_ends_with_2_and_says_what_to_name(tmp_path: Path) -> None:
    result = run.invoke(app, ["check", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path}: This is a folder. Name the project files in it.\n"


def test_a_file_may_come_from_another_program() -> None:
    result = run.invoke(app, ["check", "-"], input=CALM)
    assert result.exit_code == 0
    assert result.stdout.startswith("A bench, as of 2025-05-01\n")


@pytest.mark.parametrize("day", ["tomorrow", "2025-13-01", "0001-01-01", "9999-12-31", "\x1b[31m"])
def test_a_bad_today_is_refused_before_anything_is_judged(day: str) -> None:
    result = run.invoke(app, ["check", "--today", day, str(EXAMPLE)])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--today" in result.stderr
    assert "\x1b[31m" not in result.stderr


@pytest.mark.parametrize("form", ["text", "json", "markdown", "sarif"])
def test_words_of_a_file_cannot_command_a_terminal(form: str, tmp_path: Path) -> None:
    nasty = 'title = "\\u001b[2J\\u202e"\ntoday = 2025-05-01\n[[workshops]]\nid = "' + "\\u001b[31mw" * 60 + '"\n'
    nasty += "people = [{ count = 1, lived = true }, { count = 9, lived = false }]\n"
    (tmp_path / "nasty.toml").write_text(nasty, encoding="utf-8")
    result = run.invoke(app, ["check", "--format", form, str(tmp_path / "nasty.toml")])
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    if form == "text":
        assert max(map(len, result.stdout.splitlines())) <= 80


def test_words_of_a_bad_file_cannot_command_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "nasty.toml").write_text('"\\u001b[2J" = 1\n', encoding="utf-8")
    result = run.invoke(app, ["check", str(tmp_path / "nasty.toml")])
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr


def test_a_terminal_of_few_letters_is_no_reason_to_fail() -> None:
    told = {**os.environ, "PYTHONIOENCODING": "ascii"}
    made = subprocess.run([*WITHUS, "check", str(EXAMPLE)], capture_output=True, env=told, check=False)
    assert (made.returncode, made.stderr) == (1, b"")


def test_several_files_each_say_their_name_and_a_bad_one_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "bench.toml").write_text(CALM, encoding="utf-8")
    result = run.invoke(app, ["check", str(tmp_path / "bench.toml"), str(tmp_path), str(EXAMPLE)])
    assert result.exit_code == 2
    assert "bench.toml" in result.stdout.replace("\n", "")
    assert "stop T502" in result.stdout


def test_things_not_known_are_counted_once_where_two_rules_ask_for_them() -> None:
    verdict = Verdict((), (CannotTell("T501", ("a", "b")), CannotTell("T502", ("b",)), CannotTell("T101", ("c",))))
    assert [verdict.unknown_of_trap(trap) for trap in (1, 2, 5)] == [1, 0, 2]


def test_markdown_makes_no_markup_of_the_words_of_a_file(tmp_path: Path) -> None:
    text = CALM.replace("A bench", "# <b>A</b> [bench](x)")
    (tmp_path / "bench.toml").write_text(text, encoding="utf-8")
    result = run.invoke(app, ["check", "--format", "markdown", str(tmp_path / "bench.toml")])
    assert result.stdout.splitlines()[0] == r"# \# \<b\>A\</b\> \[bench\](x)"
    assert result.stdout.splitlines()[4:7] == ["## Trap 1: Already agreed", "", "Nothing seen."]


def test_sarif_says_where_how_bad_and_what_was_explained(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("title = 3", encoding="utf-8")
    asked = ["check", "--format", "sarif", "--explain", "T305=Carers meet in May.", str(EXAMPLE)]
    result = run.invoke(app, [*asked, str(tmp_path / "bad.toml")])
    assert result.exit_code == 2
    said = json.loads(result.stdout)
    assert said["version"] == "2.1.0"
    (made,) = said["runs"]
    assert {rule["id"] for rule in made["tool"]["driver"]["rules"]} == set(catalogue())
    *praise, first, second = [each for each in made["results"] if each["kind"] != "open"]
    results = [first, second, *(each for each in made["results"] if each["kind"] == "open")]
    assert [(each["ruleId"], each["kind"], each["level"]) for each in praise] == [
        ("T120", "informational", "none"),
        ("T209", "informational", "none"),
    ]
    kinds = [(each["ruleId"], each["kind"], each["level"]) for each in results]
    assert kinds[:2] == [("T305", "fail", "warning"), ("T502", "fail", "error")]
    assert {(kind, level) for _rule, kind, level in kinds[2:]} == {("open", "none")}
    reasons = [each.get("suppressions", [{}])[0].get("justification") for each in results[:2]]
    assert reasons == ["Carers meet in May.", None]
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    places = [each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in results[:2]]
    assert lines[places[0] - 1].startswith("people = [")
    assert lines[places[1] - 1] == "[feedback]"
    (call,) = made["invocations"]
    assert call["executionSuccessful"] is False
    assert [each["message"]["text"] for each in call["toolExecutionNotifications"]][:1] == [
        "title: Words in quotation marks belong here."
    ]


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
    assert [each["rule"] for each in json.loads(result.stdout)["findings"]] == ["T120", "T209", "T305"]


def test_a_rule_shows_its_page_and_its_path() -> None:
    result = run.invoke(app, ["rule", "t502"])
    assert "# T502 not-everyone-reached" in result.stdout
    assert result.stdout.rstrip().endswith("not_everyone_reached.py")
    assert "<!--" not in result.stdout
    assert run.invoke(app, ["rule", "T999"]).exit_code == 2


def test_no_page_of_a_rule_is_wider_than_a_terminal_and_no_word_is_lost() -> None:
    for entry in catalogue().values():
        shown = folded(page(entry))
        assert max(map(len, shown.splitlines())) <= 80
        assert "".join(shown.split()) == "".join(page(entry).split("-->", 1)[1].split())


def test_the_schema_is_json() -> None:
    assert json.loads(run.invoke(app, ["schema"]).stdout)["title"] == "WithUs project file"


def test_checking_needs_no_django() -> None:
    code = "import sys, withus.traps.command; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
