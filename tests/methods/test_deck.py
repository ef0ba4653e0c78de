"""Decks: ours, and what is refused of anybody's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from withus.methods.cutpaper.__main__ import drawn
from withus.methods.deck import STARTER, DeckError, Mood, hand, load, starter

GOOD = """
title = "Our street"
licence = "CC-BY-4.0"
credit = "Joy"
[[cards]]
id = "corner"
title = "The corner"
alt = "A street corner with a shut shop."
file = "corner.jpg"
tags = ["mixed"]
"""


def written(folder: Path, told: str = GOOD) -> Path:
    (folder / "deck.toml").write_text(told, encoding="utf-8")
    (folder / "corner.jpg").write_bytes(b"")
    (folder / "corner.svg").write_bytes(b"")
    return folder


def test_the_starter_deck_has_pictures_of_every_mood_each_in_words_too() -> None:
    deck = starter()
    assert len(deck.cards) == 20
    assert deck.licence == "CC0-1.0"
    assert {mood: sum(card.mood is mood for card in deck.cards) for mood in Mood} == {
        Mood.HARD: 7, Mood.MIXED: 7, Mood.HOPEFUL: 6,
    }  # fmt: skip
    assert [card.id for card in deck.cards if card.care] == ["boat", "bridge"]
    assert sorted(card.file for card in deck.cards) == sorted(file.name for file in STARTER.glob("*.svg"))
    assert deck.cards[0].asset == "deck/starter/door.svg"


def test_the_pictures_are_those_that_the_program_draws() -> None:
    assert {name: (STARTER / name).read_text(encoding="utf-8") for name in drawn()} == drawn()


def test_the_words_in_a_picture_are_those_of_its_card() -> None:
    for card in starter().cards:
        assert f"<title>{card.alt}</title>" in (STARTER / card.file).read_text(encoding="utf-8")


def test_a_hand_has_eight_of_all_moods_in_an_order_of_ones_own() -> None:
    amira, tomasz = hand(starter(), seed="amira"), hand(starter(), seed="tomasz")
    assert len({card.id for card in amira}) == 8
    assert amira == hand(starter(), seed="amira")
    assert amira != tomasz
    assert all(sum(card.mood is mood for card in amira) >= 2 for mood in Mood)


def test_asking_for_more_shows_every_picture_before_it_begins_again() -> None:
    turns = [hand(starter(), seed="amira", turn=turn) for turn in range(4)]
    assert len({card.id for turn in turns[:3] for card in turn}) == 20
    assert set(turns[3]) == set(turns[0])


def test_a_project_can_leave_out_what_needs_care() -> None:
    shown = {card.id for turn in range(3) for card in hand(starter(), seed="amira", turn=turn, care=False)}
    assert len(shown) == 18
    assert not shown & {"boat", "bridge"}


def test_a_deck_of_photographs_is_taken_with_words_and_licence(tmp_path: Path) -> None:
    deck = load(written(tmp_path))
    assert [(card.id, card.alt) for card in deck.cards] == [("corner", "A street corner with a shut shop.")]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('alt = "A street corner with a shut shop."', 'alt = " "', "“alt” is missing"),
        ('licence = "CC-BY-4.0"', "", "say under which licence"),
        ('file = "corner.jpg"', 'file = "other.jpg"', "there is no file"),
        ('file = "corner.jpg"', 'file = "../corner.jpg"', "there is no file"),
        ('file = "corner.jpg"', 'file = "corner.svg"', "is not a JPEG, PNG or WebP"),
        ('tags = ["mixed"]', 'tags = ["nice"]', "tag it as one of"),
        ("[[cards]]", "[[pictures]]", "has no cards"),
        ("title = ", "title = = ", "deck.toml"),
    ],
)
def test_a_deck_is_refused_with_a_sentence(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(DeckError, match=sentence):
        load(written(tmp_path, GOOD.replace(old, new, 1)))


def test_two_cards_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DeckError, match="more than one card is called corner"):
        load(written(tmp_path, GOOD + GOOD[GOOD.index("[[cards]]") :]))


def test_a_folder_without_a_list_is_refused(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    with pytest.raises(DeckError, match=r"there is no deck\.toml"):
        load(tmp_path)
