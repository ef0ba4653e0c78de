"""`/check`: a plan is judged for a stranger, nothing is kept, and what was typed stays."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from withus.facts.project import Project
from withus.facts.words import BlockKind, Openness
from withus.findings.pages import check
from withus.findings.quick import QuickForm, as_project
from withus.traps.judge import judge

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).parents[1] / "traps" / "example.toml"
TODAY = date(2026, 5, 6)
POLITE = {
    "how": "questions",
    "openness": "asked in vain",
    "settled_on": "2026-03-04",
    "on": "2026-06-01",
    "starts": "18:00",
    "ends": "20:00",
    "emotive": "high",
    "information": "45",
    "discussion": "75",
    "lived": "1",
    "others": "9",
    "votes": "others",
    "pay": "unpaid",
    "routes": "none",
}


@pytest.fixture(autouse=True)
def fresh_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "turns", check.Turns())


def words(page: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def project_of(**said: str) -> Project:
    form = QuickForm(said)
    assert form.is_valid(), form.errors
    return as_project(form.cleaned_data, title="Your plan", what="what you ask about", today=TODAY)


def test_a_pasted_file_is_judged_by_trap_with_ways_out() -> None:
    answer = Client().post("/check", {"how": "file", "text": EXAMPLE.read_text(encoding="utf-8")})
    assert answer.status_code == 200
    said = words(answer.content)
    assert "What to look at: Evening opening of the crisis cafe" in said
    assert "10 people gave something. At most 9 of them were reached with what became of it." in said
    assert "Find who is left, and tell each of them in the way they chose." in said
    assert re.search(r"4 Blank flip chart Nothing seen\.", said)
    assert "score" not in said


def test_an_uploaded_file_is_judged_like_a_pasted_one() -> None:
    upload = SimpleUploadedFile("plan.toml", EXAMPLE.read_bytes())
    answer = Client().post("/check", {"how": "file", "text": "", "file": upload})
    assert answer.status_code == 200
    assert "At most 9 of them were reached" in words(answer.content)


def test_nothing_is_kept_and_no_query_is_made() -> None:
    client = Client()
    with CaptureQueriesContext(connection) as made:
        client.get("/check")
        answer = client.post("/check", {"how": "file", "text": EXAMPLE.read_text(encoding="utf-8")})
    assert [query["sql"] for query in made] == []
    assert answer["Cache-Control"] == "no-store"
    assert set(client.cookies) == {"form"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "A bench"\ntoday = 2025-05-01\nstge = "running"', "3: stge: There is no fact called “stge” here. Did you mean “stage”?"),
        ("", "title: “title” is missing"),
        ("a\x00b", "This is not TOML"),
        ("x" * 400_000, "larger than 300,000 bytes"),
        ('"a".' * 20_000 + '"b" = 1', "nested too deeply"),
    ],
    ids=["a slip", "empty", "NUL", "long", "deep"],
)  # fmt: skip
def test_a_bad_file_is_said_and_stays_in_the_box(text: str, said: str) -> None:
    answer = Client().post("/check", {"how": "file", "text": text})
    assert answer.status_code == 422
    assert said in words(answer.content)
    assert '<details class="card" open>' in answer.content.decode()
    if len(text) == 51:
        assert 'stge = "running"' in unescape(answer.content.decode())


def test_a_bad_upload_stands_in_the_box_to_be_put_right() -> None:
    for raw in (b'title = "Caf\xc3\xa9"\ntoday = yesterday\n', b"\xff\xfe\x00t", b""):
        answer = Client().post("/check", {"how": "file", "file": SimpleUploadedFile("plan.toml", raw)})
        assert answer.status_code == 422
    answer = Client().post("/check", {"how": "file", "file": SimpleUploadedFile("p.toml", b'title = "Caf\xc3\xa9"\n')})
    assert 'title = "Café"' in unescape(answer.content.decode())


def test_words_of_a_file_make_no_markup() -> None:
    text = 'title = "<script>alert(1)</script>"\ntoday = 2025-05-01\n'
    answer = Client().post("/check", {"how": "file", "text": text})
    assert b"<script>alert" not in answer.content


def test_six_answers_show_a_polite_plan_for_what_it_is() -> None:
    verdict = judge(project_of(**POLITE))
    found = {each.rule for each in verdict.findings}
    assert {"T101", "T201", "T301", "T401", "T511"} <= found
    answer = Client().post("/check", POLITE)
    assert answer.status_code == 200
    assert "One person with lived experience is in a room of 10." in words(answer.content)
    assert 'value="2026-03-04"' in answer.content.decode()


def test_six_good_answers_find_nothing_to_stop() -> None:
    verdict = judge(
        project_of(
            openness="within limits",
            on="2026-06-01",
            starts="18:00",
            ends="20:00",
            emotive="high",
            venting="30",
            activity="45",
            slack="20",
            pause="15",
            lived="6",
            others="2",
            votes="all",
            pay="paid",
            promised_on="2026-07-01",
            routes="in the room\nby text\nby post",
        )
    )
    assert [(each.rule, each.level) for each in verdict.findings] == []


def test_an_answer_that_is_left_out_is_not_known() -> None:
    project = project_of(emotive="low")
    assert judge(project).findings == ()
    room = project.workshops[0]
    assert (room.people, room.plan, room.decision_rule) == (None, None, None)


def test_the_break_stands_in_the_middle_and_a_decided_matter_that_is_told_is_settled() -> None:
    project = project_of(openness="told", information="30", discussion="60", pause="10")
    plan = project.workshops[0].plan
    assert [(each.kind, each.minutes) for each in plan or ()] == [
        (BlockKind.INFORMATION, 30),
        (BlockKind.DISCUSSION, 15),
        (BlockKind.BREAK, 10),
        (BlockKind.DISCUSSION, 45),
    ]
    assert project.decisions[0].openness is Openness.SETTLED


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"how": "questions"}, "Answer at least one question."),
        ({"on": "0001-01-01"}, "Look at the year again."),
        ({"lived": "1000000000"}, "Ensure this value is less than or equal to 10000."),
        ({"venting": "-5"}, "Ensure this value is greater than or equal to 0."),
        ({"votes": "<b>"}, "Select a valid choice."),
    ],
)
def test_a_wrong_answer_is_said_and_the_others_stay(said: dict[str, str], sentence: str) -> None:
    typed = said if "how" in said else {"routes": "by post, to my sister", **said}
    answer = Client().post("/check", typed)
    assert answer.status_code == 422
    assert sentence in words(answer.content)
    if "routes" in typed:
        assert "by post, to my sister" in words(answer.content)


def test_what_is_decided_nobody_knows_since_when_is_decided_by_today() -> None:
    project = project_of(**{**POLITE, "settled_on": ""})
    assert project.decisions[0].settled_on == TODAY
    codes = {one.rule for one in judge(project_of(**POLITE)).findings}
    assert {one.rule for one in judge(project).findings} == codes
    assert "T101" in codes
    assert project_of(openness="told").decisions[0].settled_on is None


def test_thirty_a_minute_from_one_place_are_enough_and_the_text_stays() -> None:
    client = Client()
    for _number in range(30):
        assert client.post("/check", {"emotive": "low"}).status_code == 200
    answer = client.post("/check", {"routes": "by post, to my sister"})
    assert answer.status_code == 429
    assert "by post, to my sister" in words(answer.content)
    assert Client(REMOTE_ADDR="198.51.100.7").post("/check", {"emotive": "low"}).status_code == 200


def test_a_place_may_ask_again_after_a_minute_and_is_forgotten_in_the_end() -> None:
    turns = check.Turns()
    assert [turns.taken("a", at=float(second)) for second in range(31)] == [True] * 30 + [False]
    assert turns.taken("a", at=60.5)
    for number in range(check.MOST_REMEMBERED):
        turns.taken(str(number), at=61.0)
    assert [turns.taken("a", at=61.0) for _again in range(30)] == [True] * 30
