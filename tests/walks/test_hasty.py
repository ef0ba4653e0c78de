"""What hasty thumbs and bad luck do in a real browser: a double tap, Back, a photograph of 60 MB, a page left open for days."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.walks.conftest import NewPage
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


def test_a_double_tap_is_one_card(demo: Site, new_page: NewPage) -> None:
    """Without a script both taps are sent, and the browser gives the first up, though it arrived. What is seen is the second's answer."""
    page = in_the_room(demo, new_page, js=False)
    sent: list[Route] = []

    def hold(route: Route) -> None:
        sent.append(route)

    page.route("**/say", hold)
    page.get_by_label("What would you like to say?").fill("Two taps, one card.")
    button = page.get_by_role("button", name="Send it")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    for tap in (1, 2):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        while len(sent) < tap:
            page.wait_for_timeout(10)
        if tap == 1:
            assert sent[0].fetch(max_redirects=0).status == FOUND
    sent[1].continue_()
    expect(page).to_have_url(RECEIPT)
    expect(page.get_by_text("Two taps, one card.")).to_have_count(1)
    assert cards(page, demo) == ["Two taps, one card."]


def test_of_a_double_tap_the_script_sends_one(demo: Site, new_page: NewPage) -> None:
    page = in_the_room(demo, new_page, js=True)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.url.endswith("/say") else None)
    page.get_by_label("What would you like to say?").fill("Two taps, one card.")
    page.get_by_role("button", name="Send it").dblclick(delay=5)
    expect(page).to_have_url(RECEIPT)
    assert sent == ["POST"]
    assert cards(page, demo) == ["Two taps, one card."]


@BOTH
def test_back_and_sent_again_is_one_card_and_changed_is_two(demo: Site, new_page: NewPage, js: bool) -> None:
    page = in_the_room(demo, new_page, js=js)
    room = page.url
    page.get_by_label("What would you like to say?").fill("First thought.")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(RECEIPT)
    page.go_back()
    page.wait_for_url(room)
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
    expect(page.get_by_text("too big").first).to_be_visible(timeout=30_000)
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
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We can’t find this page")
    expect(page.get_by_text("Not lost.")).to_be_visible()
