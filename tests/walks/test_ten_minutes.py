"""From nothing to a printed invitation: six answers, one person, and the slip comes out of the printer. In a browser, without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.walks.conftest import DESK, NewPage
from tests.walks.site import Site

pytestmark = [pytest.mark.walk, pytest.mark.slow]
SECONDS_A_FIELD = 20
"""What somebody who types with two fingers needs for a field: to read it, to think, and to write a few words."""
SECONDS_A_PRESS = 6
"""With a second for the page that comes. How long this machine took is not asked: it may be doing six things."""


class Hand:
    """Somebody at the keys; counts what they had to fill in and to press."""

    def __init__(self, page: Page) -> None:
        self.page, self.fields, self.presses = page, 0, 0

    def write(self, label: str, words: str) -> None:
        self.fields += 1
        self.page.get_by_label(label).first.fill(words)

    def press(self, name: str) -> None:
        self.presses += 1
        self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first.click()

    def tick(self, words: str) -> None:
        self.presses += 1
        self.page.locator("label.opt", has_text=words).first.click()


def begin(hand: Hand) -> None:
    hand.write("What are you called?", "Dev")
    hand.write("Your e-mail address", "dev@lantern.example")
    hand.write("What is your organisation called?", "Lantern House")
    hand.write("telephone", "01632 960 123")
    hand.press("Begin")
    hand.page.wait_for_url("**/projects")
    hand.press("Begin a project")


def six_answers(hand: Hand) -> None:
    answers: tuple[dict[str, str], ...] = (
        {"Its name": "Evenings", "What do you want to find out": "What a good evening is."},
        {"One thing that is to be decided": "The hours"},
        {},
        {"Which day?": "2031-04-03", "From": "14:00", "Until": "16:00", "Where?": "Mill Street hall"},
        {"By which day does everybody hear back?": "2031-05-01"},
        {"Their name": "Priya"},
    )
    for number, fields in enumerate(answers, start=1):
        expect(hand.page.get_by_text(f"Question {number} of 6")).to_be_visible()
        for label, words in fields.items():
            hand.write(label, words)
        hand.press("Make the project" if number == len(answers) else "Go on")
    hand.page.wait_for_url("**/table")


def invite_somebody(hand: Hand) -> None:
    hand.press("Add somebody")
    hand.write("What are they called?", "Amira")
    hand.tick("takes part because of what they lived")
    hand.tick("Evenings")
    hand.press("Add them")
    hand.page.wait_for_url("**/table")
    hand.press("Invite")
    hand.press("Invite them")
    hand.page.wait_for_url("**/table")


def test_six_answers_and_one_name_print_an_invitation_within_ten_minutes(site: Site, new_page: NewPage) -> None:
    page = new_page(js=False, size=DESK)
    hand = Hand(page)
    page.goto(site.link("/begin/"))
    begin(hand)
    six_answers(hand)
    invite_somebody(hand)
    hand.press("Print slips")
    hand.press("Make the slips")
    slip = page.locator(".a4")
    expect(slip).to_have_count(1)
    for words in ("Evenings", "Amira", "Your part: we ask you", "Mill Street hall", "01632 960 123", "1 May 2031"):
        expect(slip).to_contain_text(words)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    assert hand.fields * SECONDS_A_FIELD + hand.presses * SECONDS_A_PRESS < 600
