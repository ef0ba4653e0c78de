"""Who has lived through it, in words that give nobody away; and the address that lasts."""

from types import SimpleNamespace
from typing import Any

import pytest

from withus.projects.lasting import lasting
from withus.projects.models import Organisation
from withus.table.asks import mix_in_words

HIDDEN = "How many have lived through it is not shown: it could give somebody away."


def people(yes: int = 0, no: int = 0, silent: int = 0) -> Any:
    said = ["yes"] * yes + ["no"] * no + ["not saying"] * silent + [""] * silent
    return [SimpleNamespace(place=SimpleNamespace(lived=one)) for one in said]


@pytest.mark.parametrize(
    ("those", "words"),
    [
        (people(), HIDDEN),
        (people(yes=2, no=2, silent=20), HIDDEN),
        (people(yes=9), HIDDEN),
        (people(no=9), HIDDEN),
        (people(yes=1, no=6), "A few of those who said have lived through it."),
        (people(yes=5, no=5), "About half of those who said have lived through it."),
        (people(yes=9, no=1), "Nearly all of those who said have lived through it."),
    ],
)
def test_the_mix_is_said_in_words_and_hidden_where_it_tells_of_one(those: Any, words: str) -> None:
    assert str(mix_in_words(those)) == words


@pytest.mark.parametrize(
    ("lasts", "lan", "address"),
    [
        ("https://withus.example/", True, "https://withus.example"),
        ("https://withus.example", False, "https://withus.example"),
        ("", False, "http://10.0.0.5:8000"),
        ("", True, ""),
    ],
)
def test_a_laptop_s_address_in_a_hall_is_none_to_take_home(lasts: str, lan: bool, address: str, settings: Any) -> None:
    settings.WITHUS_LAN, settings.WITHUS_ADDRESS = lan, "http://10.0.0.5:8000"
    assert lasting(Organisation(lasting_address=lasts)) == address
