"""
What participants and the public read is true of the project as it stands: running, closed, closed for more than a year, resting, going to
other people, with other people, open again.
"""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import rows
from tests.cast import Cast, phone
from tests.loop import ground
from tests.site.states import in_state
from withus.charter import actions as charter
from withus.charter.models import Charter
from withus.live.models import Contribution
from withus.loop import actions as loop
from withus.people.models import Person
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db
Read = Callable[[str], str]
PAGES = {
    "public": "",
    "me": "/me",
    "answers": "/me/answers",
    "answer": "/me/answer/ANSWER",
    "receipt": "/receipt/CARD",
    "slip": "/receipt/CARD/slip",
    "room": "/w/ROOM",
    "join": "/r/CODE",
    "organisation": "/of/ORGANISATION",
    "sign": "/charter/sign",
}


def reader(them: Cast, monkeypatch: pytest.MonkeyPatch) -> Read:
    """The page as Amira reads it on that day: its words, without the marks of its making."""
    monkeypatch.setattr(timezone, "now", lambda: them.now)
    project, workshop = them.project, Workshop.objects.get(project=them.project)
    card = Contribution.objects.filter(project=project, person=them.amira).order_by("-seq")[0]
    for_ = {
        "ANSWER": str(project.answers.get().uid), "CARD": card.mark, "ROOM": str(workshop.uid), "CODE": workshop.room_code,
        "ORGANISATION": project.organisation.key,
    }  # fmt: skip

    def read(name: str) -> str:
        path = PAGES[name] if name in {"join", "organisation"} else f"/at/{project.address}{PAGES[name]}"
        for short, long in for_.items():
            path = path.replace(short, long)
        client = Client() if name in {"public", "organisation"} else _phone(them.joy if name == "sign" else them.amira)
        page = client.get(path)
        assert page.status_code == 200, path
        text = re.sub(r"<(script|style|svg).*?</\1>", " ", page.content.decode().split("<main", 1)[1], flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()).replace(" .", ".")

    return read


def _phone(person: Person) -> Client:
    """With the link as it is now: a hand-over changes none."""
    return phone(Person.objects.select_related("project").get(pk=person.pk))


def of(state: str, monkeypatch: pytest.MonkeyPatch) -> Read:
    return reader(rows.once(f"state {state}", lambda: in_state(state)), monkeypatch)


IT_RUNS = {
    "public": ["1 thing can still change", "You hear back by 12 June 2026.", "What can still change"],
    "me": ["1 thing can still change", "You hear back by 12 June 2026."],
    "answers": ["it is open again and a person writes back."],
    "answer": ["it is open again and a person writes back."],
    "receipt": ["You hear back by Friday 12 June.", "By 12 June. We tell you what we did with it, or why not."],
    "slip": ["You hear back by 12 June 2026."],
    "room": ["You can still leave a note."],
    "join": ["you can leave a note.", "You hear back by 12 June 2026. We tell you what we did"],
    "sign": ["Sign it"],
}
"""What is true while somebody is there to answer, and of no closed or resting project."""


def test_what_is_said_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the tests after this one look for sentences that there are."""
    read = of("running", monkeypatch)
    assert [(name, one) for name, said in IT_RUNS.items() for one in said if one not in read(name)] == []


CLOSED = {
    "public": ["So it was while it ran:", "1 thing could change until it closed", "not decided when it closed"],
    "me": [
        "So it was while it ran:",
        "1 thing could change until it closed",
        "say “No” at its answer: that opens it again.",
    ],
    "receipt": ["This project is closed. What became of your card stands on your page."],
    "room": ["This project is closed, and takes no more notes.", "ring 01632 960 123"],
    "join": ["This project is closed. You can still read what came of it."],
    "organisation": ["Closed The evening cafe"],
    "sign": ["There is nothing to sign any more."],
}
A_NO_OPENS_IT = {"answers", "answer"}


def test_of_a_closed_project_nothing_is_said_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    read = of("closed", monkeypatch)
    assert [(name, one) for name, said in CLOSED.items() for one in said if one not in read(name)] == []
    false = [(name, one) for name, said in IT_RUNS.items() for one in said if one in read(name)]
    assert false == [(name, one) for name in IT_RUNS for one in IT_RUNS[name] if name in A_NO_OPENS_IT]
    assert "asks you to join" not in read("join")
    assert "Leave the note" not in read("room")


def test_a_year_after_it_closed_no_answer_is_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    them = rows.once("state closed", lambda: in_state("closed"))
    them.now += timedelta(days=400)
    read = reader(them, monkeypatch)
    for name in ("answers", "answer"):
        assert "This project has been closed for more than a year. We keep what you say" in read(name)
        assert "a person writes back." not in read(name)
    loop.confirm(them.amira, answer=them.project.answers.get(), says="no", now=them.now)
    assert "This project is closed for good, so nobody writes back by itself." in read("answer")
    assert "say “No” at its answer" not in read("me")
    assert "It was promised by 1 September 2026. That day has passed, and it is not done." in read("answer")


RESTS = {
    "public": ["This project rests. Nobody answers now, and what you gave is kept.", "What waits for an answer waits."],
    "me": ["This project rests. Nobody answers now, and your card is kept."],
    "answers": ["a person writes back once this project goes on."],
    "answer": ["a person writes back once this project goes on."],
    "receipt": ["This project rests. Nobody answers now, and your card is kept.", "When this project goes on."],
    "room": ["This project rests: nobody answers now."],
    "join": ["This project rests: nobody answers now.", "This project rests. Nobody answers now"],
    "organisation": ["Resting The evening cafe", "Some cards wait for an answer"],
}
STILL_TRUE = {
    "1 thing can still change",
    "What can still change",
    "You can still leave a note.",
    "you can leave a note.",
    "Sign it",
}
"""Also of a project that rests."""


def test_while_it_rests_no_day_is_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    read = of("resting", monkeypatch)
    assert [(name, one) for name, said in RESTS.items() for one in said if one not in read(name)] == []
    assert {one for name, said in IT_RUNS.items() for one in said if one in read(name)} == STILL_TRUE
    for name in ("public", "organisation"):
        assert "12 June" not in read(name)
    assert "days are left to answer" not in read("public")


def test_what_is_open_again_while_it_rests_waits_for_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    them = rows.once("state resting", lambda: in_state("resting"))
    loop.confirm(them.amira, answer=them.project.answers.get(), says="no", now=them.now)
    read = reader(them, monkeypatch)
    for name in ("me", "answer"):
        assert "It is open again. A person writes back to you once this project goes on." in read(name)


@pytest.mark.parametrize("state", ["handing over", "handed over"])
def test_who_takes_it_owes_what_was_promised(monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    read = of(state, monkeypatch)
    assert [(name, one) for name, said in IT_RUNS.items() for one in said if one not in read(name)] == []
    assert ("This project is being handed over." in read("public")) == (state == "handing over")
    assert ("It went to other people." in read("public")) == (state == "handed over")
    assert ("Elsewhere Trust The evening cafe" in read("public")) == (state == "handed over")


PAST = {
    "public": ["You were to hear back by 12 June 2026.", "12 June 2026 By this day everybody was to hear back.", "It was opened again."],
    "me": ["It is open again. A person writes back to you."],
    "receipt": ["You were to hear back by Friday 12 June.", "By 12 June. We were to tell you"],
    "organisation": ["People were to hear back by 12 June 2026."],
}  # fmt: skip


def test_open_again_it_says_of_a_day_that_has_passed_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    read = of("reopened", monkeypatch)
    assert [(name, one) for name, said in PAST.items() for one in said if one not in read(name)] == []
    for name in ("public", "me", "receipt", "slip", "join"):
        assert not re.search(r"[Yy]ou hear back by|This project is closed", read(name)), name


def test_a_second_answer_is_asked_about_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they said of the first one stands there as said of the first: it is not open any more."""
    them = rows.once("state running", lambda: in_state("running"))
    read = reader(them, monkeypatch)
    answer = them.project.answers.get()
    loop.confirm(them.amira, answer=answer, says="no", now=them.now)
    assert "You told us: No" in read("answer")
    them.now += timedelta(days=2)
    assert answer.theme is not None
    loop.publish(ground.draft(them, answer.theme, we_do="A bus home."), by=them.dev, now=them.now)
    page = read("answer")
    assert "Of what we wrote before you told us: No. This is new." in page.replace(" .", ".")
    assert "It is open again." not in page
    assert "We do not agree" in page


def test_a_day_that_moved_stands_everywhere_with_the_day_it_was_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    them = rows.once("state running", lambda: in_state("running"))
    ground.card(them, them.amira, "And who sweeps the yard?")
    read = reader(them, monkeypatch)
    for on, why in ((date(2026, 7, 3), "Two of us were ill."), (date(2026, 7, 24), "The board meets later.")):
        own = Charter.objects.get(project=them.project)
        charter.change_charter(own, version=own.version, hear_back_on=on, because=why, by=them.dev, now=them.now)
    moved = "It was to be 12 June 2026 at first. It moved, because: The board meets later."
    for name in ("public", "me", "join"):
        assert f"You hear back by 24 July 2026. {moved}" in read(name), name
    assert moved in read("receipt")
    assert (
        "You hear back by 24 July 2026. It was to be 12 June 2026. It moved, because: The board meets later."
        in read("me")
    )
    assert "The day by which people hear back : 24 July 2026. Because: The board meets later." in read("me")
    them.now += timedelta(days=90)
    assert "You were to hear back by 12 June 2026, and then by 24 July 2026. We have not answered yet." in read("me")
    assert f"You were to hear back by 24 July 2026. {moved}" in read("public")
