"""Web addresses in cards: what their pages are called counts, the site does not."""

import numpy as np
import pytest

from withus.loop.sense import vectors
from withus.loop.sense.letters import Letters, is_bare_address, without_addresses
from withus.loop.suggesting import _told_by

SITE = "https://decidim.example.cat/processes/pam/proposals"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{SITE}/mes-carrils-bici", "mes carrils bici"),
        (f"See {SITE}/mes-carrils-bici-6ec86a2a-736f?page=2#c9, please", "See mes carrils bici please"),
        ("Look at www.nhs.uk", "Look at www.nhs.uk"),
        ("http://example.org/2016/03/112", "example.org"),
        ("(https://example.org/bins.html)", "(bins html)"),
        ("No address :// here", "No address :// here"),
        ("A lamp", "A lamp"),
    ],
)
def test_a_web_address_is_read_as_the_name_of_its_page(text: str, left: str) -> None:
    assert without_addresses(text) == left


def test_two_links_to_one_site_are_no_repeats_and_the_same_link_twice_is() -> None:
    lamp, bench = Letters.of(f"{SITE}/mes-fanals-al-parc"), Letters.of(f"{SITE}/bancs-per-la-gent-gran")
    assert not lamp.nearly(bench)
    assert lamp.nearly(Letters.of(f"{SITE}/mes-fanals-al-parc"))


def test_cards_are_not_about_the_same_for_having_a_link() -> None:
    said = [f"{SITE}/mes-fanals-al-parc", f"{SITE}/bancs-per-la-gent-gran", "Calen més fanals al parc"]
    rows = vectors.of_texts(said, by=None).rows.astype(np.float64)
    assert rows[0] @ rows[2] > 0.5
    assert rows[0] @ rows[1] < 0.3


def test_a_group_is_told_by_words_before_links() -> None:
    said = [f"{SITE}/a-b", f"{SITE}/c-d.", "More lamps", "Tea at night", "A bus that waits"]
    assert _told_by(said) == ("More lamps", "Tea at night", "A bus that waits")
    assert [is_bare_address(one) for one in said] == [True, True, False, False, False]
