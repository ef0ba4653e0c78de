"""What hasty thumbs and bad luck do in a real browser: a double tap, Back, a photograph of 60 MB, a page left open for days."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.walks.conftest import PATIENCE, NewPage, until
from tests.walks.site import Site

pytestmark = [pytest.mark.walk, pytest.mark.slow]
RECEIPT = re.compile(r"/receipt/")
FOUND = 302
BOTH = pytest.mark.parametrize("js", [False, True], ids=["without a script", "with scripts"])


def in_the_room(demo: Site, new_page: NewPage, *, js: bool) -> Page:
    page = new_page(js=js)
    page.goto(demo.link("/r/"))
    page.get_by_role("button", name="Join in").click()
    page.wait_for_url("**/w/**")
    return page


def cards(page: Page, demo: Site) -> list[str]:
    """The words of all cards on this person's own page."""
    page.goto(f"{demo.link('/at/the-evening-cafe').split('/w/')[0]}/me")
    return page.locator(".said").all_inner_texts()


@dataclass
class Hasty:
    """A thumb over "Send it"; what it sends is held on the way, so that the page still stands there for the second tap."""

    page: Page
    x: float
    y: float
    sent: list[Route] = field(default_factory=list)

    def tap(self) -> None:
        self.page.mouse.click(self.x, self.y)

    def hold(self, route: Route) -> None:
        self.sent.append(route)


def over_the_button(page: Page, words: str) -> Hasty:
    page.get_by_label("What would you like to say?").fill(words)
    button = page.get_by_role("button", name="Send it")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    thumb = Hasty(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.route("**/say", thumb.hold)
    return thumb


def test_a_double_tap_is_one_card(demo: Site, new_page: NewPage) -> None:
    """Without a script both taps are sent, and the browser gives the first up, though it arrived. What is seen is the second's answer."""
    page = in_the_room(demo, new_page, js=False)
    thumb = over_the_button(page, "Two taps, one card.")
    thumb.tap()
    until(page, lambda: len(thumb.sent) == 1)
    assert thumb.sent[0].fetch(max_redirects=0).status == FOUND
    thumb.tap()
    until(page, lambda: len(thumb.sent) == 2)
    thumb.sent[1].continue_()
    expect(page).to_have_url(RECEIPT)
    expect(page.get_by_text("Two taps, one card.")).to_have_count(1)
    assert cards(page, demo) == ["Two taps, one card."]


def test_of_a_double_tap_the_script_sends_one(demo: Site, new_page: NewPage) -> None:
    page = in_the_room(demo, new_page, js=True)
    thumb = over_the_button(page, "Two taps, one card.")
    thumb.tap()
    until(page, lambda: len(thumb.sent) == 1)
    thumb.tap()
    thumb.sent[0].continue_()
    expect(page).to_have_url(RECEIPT)
    expect(page.get_by_text("Two taps, one card.")).to_have_count(1)
    assert len(thumb.sent) == 1
    assert cards(page, demo) == ["Two taps, one card."]


@BOTH
def test_back_and_sent_again_is_one_card_and_changed_is_two(demo: Site, new_page: NewPage, js: bool) -> None:
    page = in_the_room(demo, new_page, js=js)
    room = page.url
    page.get_by_label("What would you like to say?").fill("First thought.")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(RECEIPT)
    page.go_back()
    expect(page).to_have_url(room)
    page.get_by_label("What would you like to say?").fill("Second thought.")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(RECEIPT)
    assert sorted(cards(page, demo)) == ["First thought.", "Second thought."]


@BOTH
def test_a_photograph_of_60_megabytes_is_refused_and_the_words_come_back(
    demo: Site, new_page: NewPage, js: bool, tmp_path: Path
) -> None:
    photo = tmp_path / "huge.jpg"
    with photo.open("wb") as out:
        out.write(b"\xff\xd8\xff\xe0")
        out.truncate(60 * 1024 * 1024)
    page = in_the_room(demo, new_page, js=js)
    page.get_by_label("What would you like to say?").fill("My words beside a photograph.")
    page.get_by_label("Drew it on paper? Take a photo").set_input_files(photo)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("too big").first).to_be_visible(timeout=2 * PATIENCE)
    kept = page.locator("textarea").first
    words = kept.input_value() if kept.count() else page.locator("main").inner_text()
    assert "My words beside a photograph." in words
    assert cards_of_a_stranger(page, demo)


def cards_of_a_stranger(page: Page, demo: Site) -> bool:
    """Nothing was kept: the phone still belongs to nobody."""
    page.goto(f"{demo.link('/at/the-evening-cafe').split('/w/')[0]}/me")
    return "/words" in page.url


@BOTH
def test_a_page_left_open_for_days_loses_no_word(demo: Site, new_page: NewPage, js: bool) -> None:
    page = in_the_room(demo, new_page, js=js)
    page.get_by_label("What would you like to say?").fill("Still here.")
    page.context.clear_cookies(name="form")
    page.get_by_role("button", name="Send it").click()
    if not js:  # the page's own script fetches a fresh token and sends once more by itself
        expect(page.get_by_role("heading", level=1)).to_have_text("Please send that once more")
        expect(page.locator("blockquote")).to_have_text("Still here.")
        page.get_by_role("button", name="Send it").click()
    page.wait_for_url(RECEIPT)
    expect(page.get_by_text("Still here.")).to_be_visible()


def test_a_phone_that_forgot_whose_it_is_gives_the_words_back(demo: Site, new_page: NewPage) -> None:
    page = in_the_room(demo, new_page, js=False)
    page.get_by_label("What would you like to say?").fill("Not lost.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please send that once more")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We can’t find this page")
    expect(page.get_by_text("Not lost.")).to_be_visible()
