"""Reports: facts from the data, the team's own text beside them; nobody named, no small number, words with a yes only."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, cast, team
from tests.loop import ground as loop
from tests.paper import unpacked
from tests.reports.ground import published
from withus.live import actions as live
from withus.live.models import Use
from withus.loop import actions as loop_actions
from withus.people import actions as people
from withus.people.models import Person
from withus.reports import paper
from withus.reports.models import Report
from withus.table import actions as table

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def everybody(them: Cast) -> tuple[Person, ...]:
    return them.amira, them.bo, them.joy, them.tomasz, people.add_person(them.project, now=them.now, name="Grace")


def facts(them: Cast, key: str, *, which: str = "funder") -> tuple[str, ...]:
    make = paper.funder if which == "funder" else paper.gripp
    made = make(them.project, paper.report_of(them.project), now=them.now)
    return next(one.facts for one in made.sections if one.key == key)


def test_gripp2_has_its_five_parts_and_keeps_the_draft(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/report"
    made = paper.gripp(them.project, Report(project=them.project), now=them.now)
    assert [one.heading for one in made.sections] == [
        "1. Aim", "2. Methods", "3. Study results", "4. Discussion and conclusions", "5. Reflections/critical perspective",
    ]  # fmt: skip
    typed = {"version": "0", "aim": "To be safe at night.", "cost": "800 pounds"}
    assert client.post(path, typed).status_code == 302
    assert "To be safe at night." in client.get(path).content.decode()
    assert "800 pounds" in client.get(f"{path}/funder").content.decode()


def test_its_day_is_the_project_s(them: Cast) -> None:
    """Half past midnight in London in June is still yesterday where clocks go by UTC."""
    night = datetime(2026, 6, 9, 23, 30, tzinfo=UTC)
    made = [make(them.project, Report(project=them.project), now=night) for make in (paper.gripp, paper.funder)]
    assert [one.under.rpartition(", ")[2] for one in made] == ["10 June 2026", "10 June 2026"]


def test_two_writers_lose_nothing(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/report"
    client.post(path, {"version": "0", "aim": "The first text."})
    page = client.post(path, {"version": "0", "aim": "The second text."})
    assert page.status_code == 409
    text = page.content.decode()
    assert "The first text." in text
    assert "The second text." in text
    assert 'name="version" value="1"' in text
    assert Report.objects.get().aim == "The first text."
    assert client.post(path, {"version": "1", "aim": "The second text."}).status_code == 302
    assert Report.objects.get().aim == "The second text."


def test_fewer_than_five_people_are_not_counted(them: Cast) -> None:
    published(them)
    assert facts(them, "who")[0] == "Fewer than 5 people gave something."
    assert not any(char.isdigit() and char != "5" for char in facts(them, "who")[0])


def test_a_role_of_few_hides_another_that_would_give_it_away(them: Cast) -> None:
    published(them, people=everybody(them))
    for at in range(6):
        person = table.add_to_table(them.project, by=them.dev, now=them.now, role="worker", name=f"W{at}", workshops=[])
        loop.card(them, person, words=f"From work {at}")
    lone = table.add_to_table(them.project, by=them.dev, now=them.now, role="decider", name="D", workshops=[])
    loop.card(them, lone, words="I decide.")
    who = facts(them, "who")
    assert who[0] == "12 people gave something."
    assert [one for one in who if one.startswith(("decision maker", "frontline", "role"))] == [
        "role not said: number not told",
        "decision maker: number not told",
        "frontline worker: 6",
    ]


def test_what_did_not_change_stands_there_with_its_reason(them: Cast) -> None:
    published(them, outcome="not doing", promised_on=None, we_do="No bus.", because="No money.")
    assert facts(them, "changed") == ()
    assert facts(them, "refused") == ("Getting home. Not doing it: No bus. Because: No money.",)
    assert facts(them, "discussion", which="gripp") == ("Getting home. Not doing it: No bus. Because: No money.",)


def test_words_stand_in_a_report_with_a_yes_to_a_report_only(them: Cast) -> None:
    card = loop.card(them, them.amira, words="A lamp by the door.")
    loop_actions.publish(loop.draft(them, loop.theme(them, card)), by=them.dev, now=them.now)
    live.allow_uses(card, person=them.amira, uses=[Use.PUBLIC], now=them.now)
    assert "lamp" not in " ".join(facts(them, "promised"))
    live.allow_uses(card, person=them.amira, uses=[Use.REPORT], now=them.now)
    by = "By 1 September 2026. Lantern House owes it."
    assert facts(them, "promised") == (
        f"Getting home. Doing it: A taxi home. {by} In people's words: “A lamp by the door.”",
    )
    assert facts(them, "changed") == ()


@pytest.mark.parametrize(
    ("which", "title", "parts"),
    [("gripp2", "How people were involved: The evening cafe", 5), ("funder", "The evening cafe", 7)],
)
def test_the_pdf_is_tagged_paper(them: Cast, which: str, title: str, parts: int) -> None:
    """Each part is a heading of its own, facts are a list, and a reader shows the title and speaks the language."""
    published(them, we_do="#panic() $x$ *bold*")
    answer = team(them).get(f"/at/{them.project.address}/report/{which}.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    whole = unpacked(answer.content)
    assert (whole.count(b"/S/H1"), whole.count(b"/S/H2")) == (1, parts)
    assert 0 < whole.count(b"/S/LI") == whole.count(b"/S/LBody")
    assert (b"/Lang(en)" in whole, b"/DisplayDocTitle true" in whole, b"/Marked true" in whole) == (True, True, True)
    assert title.encode() in whole
    assert team(them).get(f"/at/{them.project.address}/report/other.pdf").status_code == 404


def test_a_report_costs_the_same_for_one_answer_and_for_three(them: Cast) -> None:
    counts = []
    for names in (["One"], ["Two", "Three"]):
        for name in names:
            published(them, name=name)
        with CaptureQueriesContext(connection) as asked:
            paper.funder(them.project, Report(project=them.project), now=them.now)
        counts.append(len(asked))
    assert counts == [19, 19]
