"""Reading project files: what is wrong is named with its place, and nothing hangs."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.traps.projects import projects
from withus.facts.bad_file import BadFile
from withus.facts.dump import dump
from withus.facts.load import load, loads
from withus.facts.project import Project
from withus.facts.schema import schema
from withus.traps.judge import judge

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[1] / "traps" / "example.toml"
MOST_SECONDS = 20
"""Of processor time: ten times what it takes, so that a slow machine passes; what grows with the square takes minutes."""
HEAD = 'title = "A bench"\ntoday = 2025-05-01\n'


def problems_of(text: str | bytes) -> str:
    with pytest.raises(BadFile) as caught:
        loads(text, name="bench.toml")
    return str(caught.value)


def test_title_and_today_are_enough() -> None:
    assert loads(HEAD) == Project(title="A bench", today=date(2025, 5, 1))


def test_the_example_comes_back_as_it_was() -> None:
    project = load(EXAMPLE)
    assert project.workshops[0].people is not None
    assert project.workshops[0].people[0].count == 9
    assert loads(dump(project)) == project


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + 'stge = "running"', "bench.toml:3: stge: There is no fact called “stge” here. Did you mean “stage”?"),
        (
            HEAD + '[[decisions]]\nid = "a"\nopenness = "opne"',
            "bench.toml:5: decisions[0].openness: “opne” is not one of: open, within limits, settled. "
            "Did you mean “open”?",
        ),
        (
            HEAD + '[[workshops]]\nid = "w"\nplan = [\n  { kind = "venting" },\n  { kind = "wandering" },\n]',
            "bench.toml:7: workshops[0].plan[1].kind: “wandering” is not one of: welcome, information, venting, "
            "discussion, activity, report back, parked subjects, slack, break, decision, closing. "
            "Did you mean “venting”?",
        ),
        (
            HEAD + '[[decisions]]\nid = "hours"\n[[workshops]]\nid = "w"\nplan = [{ about = ["hour"] }]',
            "bench.toml:7: workshops[0].plan[0].about[0]: There is no decision called “hour”. Did you mean “hours”?",
        ),
        (
            HEAD + '[[decisions]]\nid = "a"\n[[decisions]]\nid = "a"',
            "bench.toml:6: decisions[1].id: Another row is called “a” already.",
        ),
        (HEAD + 'invited_on = "May"', "bench.toml:3: invited_on: A day such as 2026-05-01 belongs here, without "
         "quotation marks or time."),
        (HEAD + "contributions = { people = -1 }", "bench.toml:3: contributions.people: “-1” is outside of 0 to "
         "1,000,000."),
        (HEAD + "[feedback]\nitems_answered = 3\nitems_total = 2",
         "bench.toml:4: feedback.items_answered: 3 of 2 answered cannot be."),
        (
            HEAD + '[[workshops]]\nid = "w"\ndecision_rule = "consnsus"',
            "bench.toml:5: workshops[0].decision_rule: “consnsus” is not one of: none, consensus, unanimous, majority, "
            "majority of ..., ... decides. Did you mean “consensus”?",
        ),
        ('title = "A bench"', "bench.toml: today: “today” is missing: the facts are judged as of this day."),
    ],
)  # fmt: skip
def test_an_error_names_file_line_place_and_nearest_word(text: str, said: str) -> None:
    assert problems_of(text) == said


def test_all_problems_are_said_at_once() -> None:
    assert len(problems_of(HEAD + "a = 1\nb = 2\nc = 3").splitlines()) == 3


@pytest.mark.parametrize("rule", ["majority of members", "the board decides", "none"])
def test_decision_rules_in_their_own_words(rule: str) -> None:
    assert loads(HEAD + f'[[workshops]]\ndecision_rule = "{rule}"').workshops[0].decision_rule == rule


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ten megabytes", HEAD + "x = '" + "a" * 10_000_000 + "'"),
        ("deep lists", "a = " + "[" * 200_000),
        ("deep tables", "a = " + "{a = " * 100_000),
        ("deep names", "a." * 200_000 + "b = 1"),
        ("deep names in quotation marks", '"a".' * 70_000 + '"b" = 1'),
        ("a deep header", "[" + '"a".' * 70_000 + '"b"]'),
        ("a deep name inside", "x = {" + "a." * 140_000 + "b = 1}"),
        ("open texts", "x = " + '"' * 3 + ("\\" + '"' * 3) * 70_000),
        ("many unknown names", HEAD + "".join(f"a{number} = 1\n" for number in range(28_000))),
        (
            "many references to nothing",
            HEAD
            + "".join(f'[[decisions]]\nid = "{"d" * 70}{n}"\n' for n in range(1_500))
            + "[[workshops]]\nplan = [{ about = ["
            + ",".join(f'"{"d" * 60}{n}"' for n in range(2_000))
            + "] }]",
        ),
        (
            "many short references to nothing",
            HEAD
            + "".join(f'[[decisions]]\nid = "hours {n}"\n' for n in range(1_900))
            + "[[workshops]]\nplan = [{ about = ["
            + ",".join(f'"hour {n}"' for n in range(2_000))
            + "] }]",
        ),
        ("many wrong words", HEAD + ("[[workshops]]\nplan = [" + '{ kind = "x" },' * 1_900 + "]\n") * 8),
        ("all against all", HEAD + "[[decisions]]\n" * 2_000 + "[[workshops]]\n" * 2_000),
        ("many tables", "\n".join(f"[a.b{number}]" for number in range(40_000))),
        ("a long number", "x = " + "9" * 400_000),
        ("a billion people", HEAD + "contributions = { people = 1000000000 }"),
        ("not a number", HEAD + "[[workshops]]\nlive = { speaking = { lived = nan } }"),
        ("endless", HEAD + "[[workshops]]\nlive = { speaking = { lived = inf } }"),
        ("year one", 'title = "a"\ntoday = 0001-01-01'),
        ("year 9999", 'title = "a"\ntoday = 9999-12-31'),
        ("no such day", 'title = "a"\ntoday = 2025-02-30'),
        ("many rows", HEAD + '[[decisions]]\nopenness = "x"\n' * 10_000),
        ("wrong kinds", HEAD + "decisions = 3\nworkshops = { a = 1 }\nfeedback = [1]"),
        ("not text", b"\xff\xfe\x00"),
        ("NUL", 'title = "a\x00b"'),
        ("empty", ""),
        ("a true count", HEAD + "contributions = { people = true }"),
        ("a moment for a day", 'title = "a"\ntoday = 2025-05-01T10:00:00Z'),
    ],
)
def test_a_hostile_file_is_refused_clearly_and_quickly(name: str, text: str | bytes) -> None:
    began = time.process_time()
    said = problems_of(text)
    assert time.process_time() - began < MOST_SECONDS, name
    assert said.startswith("bench.toml")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "[[workshops]]\nplan = [{ kind = 'venting', minutes = 5 }]\npeople = [{ count = 3, lived = true }]\n" * 1_900,
        HEAD + ("[[workshops]]\nplan = [" + "{ kind = 'activity', minutes = 5 }," * 1_900 + "]\n") * 3,
        HEAD + "[[decisions]]\nopenness = 'open'\nsettled_on = 2025-03-03\n" * 300 + "[[workshops]]\non = 2025-04-01\n" * 300,
        HEAD + "contributions = { people = 10 }\n[feedback]\nrounds = [" + "{ on = 2025-05-01, reached = 1 }," * 2_000 + "]",
    ],
    ids=["workshops", "blocks", "decisions", "rounds"],
)  # fmt: skip
def test_the_largest_files_that_are_taken_are_judged_quickly(text: str) -> None:
    began = time.process_time()
    judge(loads(text))
    assert time.process_time() - began < MOST_SECONDS


def test_full_stops_inside_a_text_are_no_deep_names() -> None:
    assert loads(HEAD + 'setting = """' + "One more. " * 100 + '"""').setting == "One more. " * 100


@settings(suppress_health_check=list(HealthCheck))
@given(projects())
def test_what_is_written_reads_back_the_same(project: Project) -> None:
    assert loads(dump(project)) == project


def test_every_fact_of_the_schema_has_a_meaning() -> None:
    made = schema()
    for kind in [made, *made["$defs"].values()]:
        assert all(fact["description"] for fact in kind["properties"].values())
    assert made["required"] == ["title", "today"]
