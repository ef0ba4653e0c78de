"""Every figure that leaves a project, on each page that shows it, beside numbers that were worked out by hand."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from withus.charter import actions as charter
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions, asks, in_public, snapshot
from withus.loop import follow as loop
from withus.loop.models import Answer, Telling, Theme
from withus.people import actions as people
from withus.people.models import Person
from withus.projects.models import Project
from withus.reports.pages.organisation import rows_of
from withus.reports.rows import tables

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
THEN = datetime(2024, 5, 6, 13, 30, tzinfo=UTC)
"""Long ago: the confirmations were there last midnight, and the promise is late."""
MEANINGS = [
    "Cards that we have, of all that were given.",
    "Cards to which a published answer speaks, of all cards.",
    "Cards where the answer says that something is done, or partly done, of all cards. A promise counts from the day it is kept.",
    "People who say that they know now what happened, of all who gave something. Only they can say it; silence never counts. "
    "Counted until last midnight and in fives, 15 for 15 to 19, so that no step tells who it was.",
]
NAMES = ["Received", "Answered", "Changed", "Confirmed"]
Shown = tuple[int | None, str, int | None]
"""The number, or the words in its place, and out of how many."""


@pytest.fixture
def them() -> Cast:
    snapshot._kept.clear()
    return cast(now=THEN)


def theme(them: Cast, name: str, *cards: Contribution) -> Theme:
    return actions.make_theme(them.project, name=name, by=them.dev, now=THEN, contributions=cards, read=True)


def answered(them: Cast, about: Theme, at: datetime, **texts: object) -> Answer:
    row = ground.draft(them, about, now=at, **texts)  # type: ignore[arg-type] # a test's own mix
    actions.publish(row, by=them.dev, now=at)
    return row


def say(says: str, answer: Answer, *persons: Person, days: int = 1) -> None:
    for person in persons:
        actions.confirm(person, answer=answer, says=says, now=THEN + timedelta(days=days))


def more(them: Cast, how_many: int) -> list[Person]:
    return [people.add_person(them.project, now=THEN, name=f"P{at}") for at in range(how_many)]


def nine_people(them: Cast) -> None:
    """
    Ten cards of nine people, Amira's two among them. Five lie in a theme where something is done, four in one with a promise that is late;
    Amira's second lies nowhere. One person is erased: nine cards of eight people stay.
    """
    fay, gus, hana, ines, jo = more(them, 5)
    ground.by_email(them, fay)
    home = theme(them, "Getting home", *[ground.card(them, one) for one in (them.amira, them.bo, them.joy)])
    actions.place(
        home, contributions=[ground.card(them, one) for one in (them.tomasz, fay)], by=them.dev, now=THEN, read=True
    )
    warm = theme(them, "Being warm", *[ground.card(them, one, "It is cold.") for one in (gus, hana, ines, jo)])
    ground.card(them, them.amira, words="And the stairs.")
    taxi = answered(them, home, THEN, outcome="done", promised_on=None)
    heater = answered(them, warm, THEN, we_do="A heater.", promised_on=date(2024, 6, 1))
    say("i know now", taxi, them.amira)
    say("i know, and i do not agree", taxi, them.bo)
    say("only partly", taxi, them.joy)
    say("no", taxi, them.tomasz)
    say("stop writing to me", taxi, fay)
    say("i know now", heater, gus, jo)
    for way, at in (("phone", 2), ("phone", 3), ("post", 4)):
        actions.note_try(ines, way=way, because="Nobody there.", by=them.dev, now=THEN + timedelta(days=at))
    answered(them, home, THEN + timedelta(days=5), outcome="done", promised_on=None, we_do="A taxi, at ten too.")
    say("i know now", taxi, them.joy, days=6)
    say("no", taxi, them.tomasz, days=6)
    people.begin_erasing(jo, now=THEN + timedelta(days=7), at_once=True)
    loop.erase_due({}, THEN + timedelta(days=7))


def thirty_people(them: Cast) -> None:
    """A card each: twelve where something is done, eight with a promise, ten without an answer; one of the twelve says no."""
    persons = more(them, 30)
    cards = [ground.card(them, one) for one in persons]
    taxi = answered(them, theme(them, "Getting home", *cards[:12]), THEN, outcome="done", promised_on=None)
    heater = answered(
        them, theme(them, "Being warm", *cards[12:20]), THEN, we_do="A heater.", promised_on=date(2024, 6, 1)
    )
    say("i know now", taxi, *persons[:10])
    say("i know, and i do not agree", heater, *persons[12:17])
    say("no", taxi, persons[10])
    say("only partly", heater, persons[17])


def on_the_public_page(them: Cast) -> tuple[list[str], list[str]]:
    """The four with what stands beside them, and what they count, as read on the page."""
    html = Client().get(f"/at/{them.project.address}").content.decode()
    four = html.partition('<dl class="four">')[2].partition("</dl>")[0]
    said = [plain(one) for one in re.findall(r"<dd>(.*?)</dd>", four, flags=re.S)]
    meant = html.partition("What these count")[2].partition("</ul>")[0]
    return said, [plain(one) for one in re.findall(r"<li>(.*?)</li>", meant, flags=re.S)]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def compare(them: Cast, shown: list[Shown], *, late: int) -> None:
    """The page, its data, the badge, the funder's page and the tables say these four and no others."""
    said, meant = on_the_public_page(them)
    units = ["cards", "cards", "cards", "people"]
    beside = [f" of {of} {unit}" if of else "" for (_n, _w, of), unit in zip(shown, units, strict=True)]
    assert said == [
        (words if number is None else str(number)) + of for (number, words, _of), of in zip(shown, beside, strict=True)
    ]
    assert meant[:4] == [f"{name}. {meaning}" for name, meaning in zip(NAMES, MEANINGS, strict=True)]
    actions.switch_feeds(them.project, feeds=True, badge=True, by=them.dev, now=THEN)
    data = json.loads(Client().get(f"/at/{them.project.address}/public.json").content)
    assert [(one["number"], one["words"] or "", one["of"]) for one in data["counters"]] == shown
    assert [one["meaning"] for one in data["counters"]] == MEANINGS
    assert (data["promises_late"], len(data["late"])) == (late, late)
    short = [words if number is None else f"{number} of {of}" for number, words, of in shown]
    badge = Client().get(f"/at/{them.project.address}/badge.svg").content.decode()
    texts = [plain(one) for one in re.findall(r"<text[^>]*>.*?</text>", badge, flags=re.S)]
    for name, figure in zip(NAMES[1:], short[1:], strict=True):
        assert texts[texts.index(name) + 1] == figure
    client = signed_in(them.dev)
    funder = plain(client.get(f"/at/{them.project.address}/report/funder").content.decode())
    for name, figure, meaning in zip(NAMES, short, MEANINGS, strict=True):
        assert f"{name}: {figure}. {meaning}" in funder


def row_of(them: Cast) -> tuple[int, bool, int | None, int]:
    row = next(one for one in rows_of(them.organisation, now=THEN + timedelta(days=90)) if one.project == them.project)
    return row.answers, row.waits, row.waiting, row.late


def test_nine_people_whose_numbers_would_tell_who_they_are(them: Cast) -> None:
    nine_people(them)
    count = asks.counters(them.project, now=THEN + timedelta(days=90))
    assert (count.people, count.cards, count.answered, count.changed, count.owed, count.said_no) == (8, 9, 7, 5, 2, 1)
    assert (count.heard, len(count.overdue)) == (4, 1)
    compare(them, [(9, "", 9), (None, "nearly all", 9), (None, "about half", 9), (None, "fewer than 5", 8)], late=1)
    assert row_of(them) == (2, True, None, 1)
    assert "Some cards wait for an answer" in Client().get(f"/of/{them.organisation.key}").content.decode()


def test_thirty_people_whose_numbers_stand_there(them: Cast) -> None:
    other = charter.begin(them.organisation, title="The garden", purpose="Green.", by=them.dev, now=THEN)
    them.project = Project.objects.get(pk=other.pk)
    thirty_people(them)
    count = asks.counters(them.project, now=THEN + timedelta(days=90))
    assert (count.people, count.cards, count.answered, count.changed, count.owed, count.said_no) == (
        30,
        30,
        18,
        12,
        12,
        2,
    )
    compare(them, [(30, "", 30), (20, "", 30), (12, "", 30), (15, "", 30)], late=1)
    assert row_of(them) == (2, True, 10, 1)
    assert "10 cards wait for an answer" in Client().get(f"/of/{them.organisation.key}").content.decode()
    assert [one.cards for one in in_public.read(them.project, now=THEN + timedelta(days=90)).answers] == [12, 8]


def test_who_gave_something_together_is_one_of_those_who_gave(them: Cast) -> None:
    """Six say it together, one of them something alone, too, and all six know now: six of six, never six of one."""
    others = more(them, 5)
    ours = live.add_contribution(
        them.project, person=them.amira, words="Ours.", sent_once="ours", now=THEN, with_persons=others
    )
    ground.card(them, others[0])
    answer = answered(them, theme(them, "Ours", ours.contribution), THEN, outcome="done", promised_on=None)
    everybody = [one.person for one in Telling.objects.select_related("person")]
    say("i know now", answer, *everybody)
    count = asks.counters(them.project, now=THEN)
    assert (len(everybody), count.cards, count.people, count.heard) == (6, 2, 6, 6)
    client = signed_in(them.dev)
    funder = plain(client.get(f"/at/{them.project.address}/report/funder").content.decode())
    assert ("6 people gave something." in funder, "Confirmed: 6 of 6." in funder) == (True, True)


def test_who_took_all_back_is_in_neither_number(them: Cast) -> None:
    answer = answered(them, theme(them, "Home", ground.card(them, them.amira), ground.card(them, them.bo)), THEN)
    say("i know now", answer, them.amira, them.bo)
    live.withdraw(Contribution.objects.get(person=them.amira), person=them.amira, now=THEN + timedelta(days=2))
    count = asks.counters(them.project, now=THEN)
    assert (count.people, count.heard) == (1, 1)


def in_public_now(them: Cast) -> tuple[object, ...]:
    """Every public number of cards, and how many cards wait."""
    actions.switch_feeds(them.project, feeds=True, badge=True, by=them.dev, now=THEN)
    data = json.loads(Client().get(f"/at/{them.project.address}/public.json").content)
    badge = Client().get(f"/at/{them.project.address}/badge.svg").content
    return data["counters"], [one["cards"] for one in data["answers"]], badge, row_of(them)


def test_no_public_number_moves_when_somebody_presses_no(them: Cast) -> None:
    """Whoever sits in the same room would see who it was. That a card is owed again is for the team."""
    persons = more(them, 20)
    cards = [ground.card(them, one) for one in persons]
    taxi = answered(them, theme(them, "Getting home", *cards[:12]), THEN, outcome="done", promised_on=None)
    before = in_public_now(them)
    say("no", taxi, persons[0])
    say("only partly", taxi, persons[1])
    assert in_public_now(them) == before
    count = asks.counters(them.project, now=THEN + timedelta(days=90))
    assert (count.answered, count.owed, count.said_no) == (10, 10, 2)


def test_a_card_that_its_author_took_out_of_a_theme_waits_for_an_answer_of_its_own(them: Cast) -> None:
    persons = more(them, 20)
    cards = [ground.card(them, one) for one in persons]
    home = theme(them, "Getting home", *cards[:12])
    answered(them, home, THEN, outcome="done", promised_on=None)
    actions.say_it_fits(cards[0], theme=home, person=persons[0], right=False, now=THEN)
    count = asks.counters(them.project, now=THEN + timedelta(days=90))
    assert (count.answered, count.owed, count.said_no) == (11, 9, 0)


def test_the_tables_hide_of_a_theme_what_the_public_page_hides(them: Cast) -> None:
    """By a rule of their own they showed the six, and with the counters beside them the three could be worked out."""
    cards = [ground.card(them, one) for one in more(them, 24)]
    answered(them, theme(them, "Ten", *cards[:10]), THEN, outcome="done", promised_on=None)
    answered(them, theme(them, "Six", *cards[10:16]), THEN, outcome="not doing", promised_on=None)
    answered(them, theme(them, "Three", *cards[16:19]), THEN, outcome="not doing", promised_on=None)
    theme(them, "Five, no answer yet", *cards[19:24])
    now = THEN + timedelta(days=90)
    public = {one.said: one.cards for one in in_public.read(them.project, now=now).answers}
    assert public == {"Ten": 10, "Six": None, "Three": None}
    found = {one.name: one for one in tables(them.project, now=now)}
    assert {row[1]: row[2] for row in found["themes"].rows} == public | {"Five, no answer yet": 5}
    assert {row[1] for row in found["cards_in_themes"].rows} == {"t1", "t4"}
