"""News of the project as a whole: a rest, a hand-over, closing and opening again. Each entry keeps its id and leads to its own place."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from django.test import Client

from tests.cast import Cast, cast
from tests.loop import ground as loop
from tests.reports.ground import published
from withus.loop import actions, in_public, snapshot
from withus.loop.models import Answer
from withus.loop.models_of_closing import Turning
from withus.loop.pages import public
from withus.projects import actions as projects
from withus.projects.models import Part, Project
from withus.record.models import Opening
from withus.reports import feeds

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


class News(NamedTuple):
    title: str
    updated: str
    link: str
    text: str


@pytest.fixture
def them() -> Cast:
    snapshot._kept.clear()
    made = cast()
    projects.join_team(made.project, staff=made.ada, part=Part.CO_LEAD)
    return made


def news(them: Cast, *, at: datetime | None = None) -> dict[str, News]:
    """By id, newest first."""
    project = Project.objects.get(pk=them.project.pk)
    feed = ET.fromstring(feeds.atom(project, in_public.read(project, now=at or them.now)))
    found = {}
    for one in feed.iter(f"{ATOM}entry"):
        link = one.find(f"{ATOM}link")
        assert link is not None
        title, updated, text = (one.findtext(f"{ATOM}{name}") or "" for name in ("title", "updated", "summary"))
        found[one.findtext(f"{ATOM}id") or ""] = News(title, updated, link.attrib["href"], text)
    return found


def lead_somewhere(them: Cast, found: dict[str, News]) -> None:
    """Each to a place that is there once on the page, and no two to the same."""
    snapshot._kept.clear()
    here = f"https://withus.lantern.example/at/{them.project.address}"
    links = [one.link for one in found.values()]
    assert len(set(links)) == len(links)
    for link in links:
        page, _hash, place = link.partition("#")
        assert page.partition("?")[0] == here
        content = Client().get(page.removeprefix("https://withus.lantern.example")).content.decode()
        assert content.count(f'id="{place}"') == 1, link


def turn(them: Cast, what: str, *, at: datetime, terms: actions.Terms | None = None) -> Turning:
    row = actions.first_key(them.project, what=what, by=actions.Hand(staff=them.dev), now=at, terms=terms)
    if what == "hand over":
        actions.say_willing(row, by=them.sam, organisation=them.sams_project.organisation, now=at)
        row.refresh_from_db()
    return actions.second_key(row, by=actions.Hand(staff=them.ada), now=at)


def read_by(them: Cast, *, at: datetime) -> Answer:
    """One answer that its only author has."""
    answer = published(them)
    actions.note_told(them.amira, answers=[answer], how="In the room", by=them.dev, now=at)
    return answer


def test_a_rest_and_its_end_are_news_with_what_people_were_told(them: Cast) -> None:
    published(them)
    days = [them.now + timedelta(days=n) for n in (1, 9)]
    until = (them.now + timedelta(days=100)).date()
    terms = actions.Terms(not_answered="Nobody answers <now>.", keeper="Ada", until=until)
    turn(them, "rest", at=days[0], terms=terms)
    before = news(them)
    (rested,) = (one for one in before.values() if "rest" in one.title)
    assert rested.title == "The project began to rest."
    assert rested.updated == days[0].isoformat()
    assert "What will not be answered for now: Nobody answers &lt;now&gt;." in rested.text
    assert "Ada keeps people&#x27;s words, till 14 August 2026." in rested.text
    lead_somewhere(them, before)
    actions.wake(them.project, by=them.dev, now=days[1])
    after = news(them)
    assert [one.title for one in after.values()] == [
        "Work went on after the rest.",
        "The project began to rest.",
        "Doing it: Getting home",
    ]
    assert set(before) < set(after)
    lead_somewhere(them, after)


def test_closing_opening_again_and_closing_again_are_news_each_with_an_id_of_its_own(them: Cast) -> None:
    days = [them.now + timedelta(days=n) for n in (1, 2, 3)]
    answer = read_by(them, at=them.now)
    turn(them, "close", at=days[0])
    closed = news(them)
    actions.confirm(them.amira, answer=answer, says="no", now=days[1])
    opened = news(them)
    assert answer.theme is not None
    newer = loop.draft(them, answer.theme, we_do="A bus.", now=days[1], promised_on=None, outcome="done")
    actions.publish(newer, by=them.dev, now=days[1])
    actions.note_told(them.amira, answers=[newer], how="In the room", by=them.dev, now=days[1])
    turn(them, "close", at=days[2])
    again = news(them)
    assert set(closed) < set(opened) < set(again)
    titles = [one.title for one in again.values() if "Doing" not in one.title and "Done" not in one.title]
    assert titles == ["The project was closed.", "It was opened again.", "The project was closed."]
    lead_somewhere(them, again)


def test_a_hand_over_is_news_from_the_day_on_which_everybody_is_told(them: Cast) -> None:
    published(them)
    row = turn(them, "hand over", at=them.now, terms=actions.Terms(days=28, address="sam@elsewhere.example"))
    offered = news(them)
    (said,) = (one for one in offered.values() if "goes" in one.title)
    assert said.title == "Everybody was told that it goes to other people, from 3 June 2026 on."
    assert "It goes to Elsewhere Trust. From 3 June 2026 on they can read what people gave." in said.text
    lead_somewhere(them, offered)
    actions.call_off(row, by=them.dev, now=them.now + timedelta(days=2))
    stays = news(them)
    assert next(iter(stays.values())).title == "It stays where it is: it does not go to other people."
    assert "Elsewhere Trust" not in "".join(one.text for one in stays.values())
    lead_somewhere(them, stays)


def test_hidden_the_news_are_that_it_is_and_what_became_of_the_whole(them: Cast) -> None:
    answer = published(them, promised_on=them.now.date() + timedelta(days=1))
    terms = actions.Terms(not_answered="Nothing.", keeper="Ada", until=(them.now + timedelta(days=100)).date())
    turn(them, "rest", at=them.now, terms=terms)
    actions.hide_page(them.project, because="A court asked us.", by=them.dev, now=them.now + timedelta(days=1))
    hidden = news(them, at=them.now + timedelta(days=2))
    titles = ["The page of this project is hidden", "The project began to rest."]
    assert [one.title for one in hidden.values()] == titles
    lead_somewhere(them, hidden)
    actions.show_page(them.project, by=them.dev, now=them.now + timedelta(days=2))
    actions.hide_page(them.project, because="They asked again.", by=them.dev, now=them.now + timedelta(days=3))
    again = news(them, at=them.now + timedelta(days=4))
    assert [one.title for one in again.values()] == [titles[0], "This page was shown again.", titles[1]]
    assert len({*hidden, *again}) == 4
    assert f"urn:uuid:{answer.uid}" not in again
    lead_somewhere(them, again)


def test_each_answer_and_each_late_promise_leads_to_its_own_place_also_on_a_later_page(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "A_PAGE", 2)
    for name in ("One", "Two", "Three"):
        published(them, name=name, promised_on=them.now.date() + timedelta(days=1))
    published(them, name="Four", outcome="not doing", promised_on=None)
    found = news(them, at=them.now + timedelta(days=9))
    lead_somewhere(them, found)
    assert sorted(one.link.partition("?")[2].partition("#")[0] for one in found.values()) == [""] * 5 + ["page=2"] * 2


def test_no_id_and_no_place_tells_how_much_was_done_that_day(them: Cast) -> None:
    """The record's own number counts what people did."""
    read_by(them, at=them.now)
    turn(them, "close", at=them.now)
    entry = Opening.objects.get(kind="project.closed").entry
    (closed,) = (one for id, one in news(them).items() if "closed" in one.title)
    assert f"{entry.seq}" not in closed.link.partition("#turn-")[2].split("-")
