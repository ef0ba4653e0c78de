"""A rare word among many cards: the marks of their pairs of letters leave out only cards that the database would not have found."""

from collections.abc import Iterator

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions, found, pairs
from withus.loop.ahead import read_ahead

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TEXTS = (
    "The last bus leaves at nine.",
    "THE ZEBRA CROSSING\nwas repainted\tin 1999",
    "Un bus à l'Été, où ça ?",
    "Die STRASSE und die Straße, größer als eine GROẞE",
    "İstanbul, ISTANBUL, istanbul, ıstanbul, i̇stanbul",
    "ΟΔΟΣ, οδος, οδός, Οδοσ",
    "夜里很长,没有人来",
    "الليل كان طويلا",
    "100% of_it \\ b%s 'quoted' \"twice\"",
    "🚌🚌 two buses; the ﬁre, the Kelvin K",
    "a",
    "ab",
    "n/a",
    "",
)


@pytest.fixture
def them(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """Where three cards are many, and two are added at once."""
    monkeypatch.setattr("withus.loop.pairs.FROM", 2)
    monkeypatch.setattr("withus.loop.pairs.AT_ONCE", 4)
    pairs.forget()
    yield cast()
    pairs.forget()


def looked_for(them: Cast, find: str, show: str = "all") -> list[int]:
    return found.numbers(them.project, found.ask_of({"show": show, "find": find}, them.project))


def until_all_are_known(them: Cast) -> None:
    while pairs.cards_with(["bus"], project=them.project.pk) is None:
        pass


def test_marks_leave_out_no_card_that_the_database_finds(them: Cast) -> None:
    for text in TEXTS:
        ground.card(them, them.amira, text)
    until_all_are_known(them)
    words = {piece for text in TEXTS for word in text.split() for piece in (word, word[:3], word[-2:], word[-1:])}
    for word in sorted(words | {"straSSe", "straße", "ıSTANBUL", "ﬁ"}):
        for way in {word, word.swapcase()}:
            can = pairs.cards_with([way], project=them.project.pk)
            there = Contribution.objects.filter(found.has(way)).values_list("pk", flat=True)
            assert can is None or set(there) <= set(can), way


@pytest.mark.parametrize("show", ["all", "open"])
def test_the_same_cards_are_found_as_by_reading_all(them: Cast, monkeypatch: pytest.MonkeyPatch, show: str) -> None:
    cards = [ground.card(them, them.amira, text) for text in TEXTS]
    ground.theme(them, *cards[::3])
    asked = ("BUS", "last bus", "bus last", "zebra", "zebra 1999", "zebra bus", "xx", "%", "_", "0%", "of_it", "straße")
    until_all_are_known(them)
    by_pairs = {find: looked_for(them, find, show) for find in asked}
    monkeypatch.setattr("withus.loop.pairs.cards_with", lambda *_words, **_where: None)
    assert by_pairs == {find: looked_for(them, find, show) for find in asked}
    assert any(by_pairs.values())


def test_a_word_that_no_card_can_hold_is_looked_for_in_none(them: Cast) -> None:
    cards = [ground.card(them, them.amira, text) for text in TEXTS]
    until_all_are_known(them)
    assert pairs.cards_with(["zebra"], project=them.project.pk) == [cards[1].pk]
    assert pairs.cards_with(["zebra", "bus"], project=them.project.pk) == []
    assert pairs.cards_with(["夜"], project=them.project.pk) == [cards[6].pk]
    assert pairs.cards_with(["%"], project=them.project.pk) == [cards[8].pk]
    assert pairs.cards_with(["a"], project=them.project.pk) is None


def test_each_search_adds_some_and_says_nothing_before_all_are_there(them: Cast) -> None:
    for number in range(9):
        ground.card(them, them.amira, f"zebra {number}")
    said = [pairs.cards_with(["zebra"], project=them.project.pk) for _time in range(4)]
    assert [one and len(one) for one in said] == [None, None, 9, 9]
    ground.card(them, them.bo, "one more zebra")
    assert len(looked_for(them, "zebra")) == 10


def test_what_the_server_reads_when_it_starts_is_not_waited_for(them: Cast) -> None:
    cards = [ground.card(them, them.amira, f"zebra {number}") for number in range(9)]
    read_ahead()
    with CaptureQueriesContext(connection) as asked:
        assert pairs.cards_with(["zebra"], project=them.project.pk) == [card.pk for card in cards]
    assert len(asked) == 2


def test_of_a_small_project_and_of_another_nothing_is_kept(them: Cast) -> None:
    for number in range(2):
        ground.card(them, them.amira, f"zebra {number}")
    assert pairs.cards_with(["zebra"], project=them.project.pk) is None
    assert not pairs._pairs
    ground.card(them, them.amira, "zebra 2")
    until_all_are_known(them)
    assert pairs.cards_with(["zebra"], project=them.sams_project.pk) is None
    assert looked_for(them, "zebra") != []


def test_marks_go_with_the_words_that_they_are_of(them: Cast) -> None:
    for person in (them.amira, them.bo, them.amira):
        ground.card(them, person, "zebra")
    until_all_are_known(them)
    live.erase_given(them.amira, now=them.now)
    assert looked_for(them, "zebra") == pairs.cards_with(["zebra"], project=them.project.pk)
    assert [bool(np.any(marks)) for marks in pairs._pairs[them.project.pk].marks.T] == [False, True, False]


def test_many_that_can_hold_common_words_are_narrowed_to_those_in_no_theme(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withus.loop.found.FEW", 2)
    cards = [ground.card(them, them.amira, f"the bus and {number}") for number in range(8)]
    until_all_are_known(them)
    theme = ground.theme(them, *cards[:7])
    assert looked_for(them, "the bus", "open") == [cards[7].pk]
    assert looked_for(them, "the bus") == [card.pk for card in cards]
    actions.remove_theme(theme, by=them.dev, now=them.now)
    assert looked_for(them, "the bus", "open") == [card.pk for card in cards]


@pytest.mark.parametrize("cards", [1, 3])
def test_a_search_by_marks_asks_as_often_for_three_as_for_one(them: Cast, cards: int) -> None:
    dev: Client = signed_in(them.dev)
    for number in range(cards):
        ground.card(them, them.amira, f"zebra {number}")
    for _other in range(3):
        ground.card(them, them.bo, "bus")
    until_all_are_known(them)
    with CaptureQueriesContext(connection) as asked:
        page = dev.get(f"/at/{them.project.address}/themes?find=zebra", headers={"HX-Request": "true"})
    assert page.content.decode().count('class="bc') == cards + 1
    assert len(asked) == 10


def test_cards_are_numbered_in_the_order_of_the_record_by_whichever_door_they_came(them: Cast) -> None:
    """Lists and searches go by a card's number where they mean its place in the record."""
    for turn in range(2):
        rows = [live.Row(words=f"From a file, {turn} {number}", sent_once=f"{turn}-{number}") for number in range(3)]
        live.add_contributions(them.project, rows, by=them.dev, now=them.now)
        ground.card(them, them.amira, f"From a phone, {turn}")
    cards = Contribution.objects.filter(project=them.project)
    by_number = list(cards.order_by("pk").values_list("seq", flat=True))
    assert (len(by_number), by_number) == (8, sorted(by_number))
