"""
Picture decks: a folder with a `deck.toml` and its pictures.

A picture without words for it, or without a licence, is refused: somebody cannot see it, or somebody owns it.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import zip_longest
from pathlib import Path

STARTER = Path(__file__).parent / "decks" / "starter"
HAND = 8
"""Pictures shown at a time: few enough to see them all on a phone, enough not to be steered."""

RASTER = frozenset({".jpg", ".jpeg", ".png", ".webp"})


class Mood(StrEnum):
    HARD = "hard"
    MIXED = "mixed"
    HOPEFUL = "hopeful"


class DeckError(ValueError):
    """Says what is wrong with a deck, in words for the person who made it."""


@dataclass(frozen=True)
class Card:
    id: str
    title: str
    alt: str
    file: str
    mood: Mood
    care: bool
    """Bridges, deep water and the like: a project may leave them out."""
    deck: str

    @property
    def asset(self) -> str:
        """For `{% static %}`."""
        return f"deck/{self.deck}/{self.file}"


@dataclass(frozen=True)
class Deck:
    id: str
    title: str
    licence: str
    credit: str
    cards: tuple[Card, ...]

    def card(self, id: str) -> Card | None:
        return next((card for card in self.cards if card.id == id), None)


@cache
def starter() -> Deck:
    return load(STARTER, ours=True)


def load(folder: Path, *, ours: bool = False) -> Deck:
    """`ours`: only our own decks may hold SVG, which can carry a script."""
    try:
        told = tomllib.loads((folder / "deck.toml").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DeckError(f"{folder.name}: there is no deck.toml.") from error
    except tomllib.TOMLDecodeError as error:
        raise DeckError(f"{folder.name}/deck.toml: {error}.") from error
    cards = tuple(_card(folder, one, told, ours=ours) for one in told.get("cards", []))
    if not cards:
        raise DeckError(f"{folder.name}: the deck has no cards.")
    twice = sorted({card.id for card in cards if sum(other.id == card.id for other in cards) > 1})
    if twice:
        raise DeckError(f"{folder.name}: more than one card is called {', '.join(twice)}.")
    licence, credit = (_text(told, key, folder.name) for key in ("licence", "credit"))
    return Deck(folder.name, _text(told, "title", folder.name), licence, credit, cards)


def hand(deck: Deck, *, seed: str, turn: int = 0, care: bool = True) -> tuple[Card, ...]:
    """Eight cards in an order of one's own, about a third of each mood; `turn` counts "show me 8 more", and goes round."""
    chance = random.Random(f"{deck.id} {seed}")  # noqa: S311 -- no secret
    cards = [card for card in deck.cards if care or not card.care]
    piles = [[card for card in cards if card.mood is mood] for mood in Mood]
    for pile in piles:
        chance.shuffle(pile)
    mixed = [card for row in zip_longest(*piles) for card in row if card is not None]
    turns = max(1, -(-len(mixed) // HAND))
    start = turn % turns * HAND
    shown = (mixed + mixed)[start : start + min(HAND, len(mixed))]
    chance.shuffle(shown)
    return tuple(shown)


def _card(folder: Path, told: Mapping[str, object], deck: Mapping[str, object], *, ours: bool) -> Card:
    where = f"{folder.name}, card “{told.get('id', '?')}”"
    if not (told.get("licence") or deck.get("licence")):
        raise DeckError(f"{where}: say under which licence it may be shown.")
    file = _text(told, "file", where)
    suffix = Path(file).suffix.lower()
    if Path(file).name != file or not (folder / file).is_file():
        raise DeckError(f"{where}: there is no file “{file}” in the folder.")
    if suffix not in RASTER and not (ours and suffix == ".svg"):
        raise DeckError(f"{where}: “{file}” is not a JPEG, PNG or WebP picture.")
    tags = told.get("tags", [])
    moods = [mood for mood in Mood if isinstance(tags, list) and mood in tags]
    if len(moods) != 1:
        raise DeckError(f"{where}: tag it as one of hard, mixed or hopeful.")
    words = {key: _text(told, key, where) for key in ("id", "title", "alt")}
    return Card(
        **words, file=file, mood=moods[0], care="care" in (tags if isinstance(tags, list) else []), deck=folder.name
    )


def _text(told: Mapping[str, object], key: str, where: str) -> str:
    found = told.get(key)
    if not isinstance(found, str) or not found.strip():
        raise DeckError(f"{where}: “{key}” is missing.")
    return found.strip()
