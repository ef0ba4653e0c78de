"""Two people at the workbench at once: cards are ticked by mouse and keyboard, and each sees what the other does without losing a tick."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.walks.conftest import DESK, NewPage
from tests.walks.site import Site

pytestmark = [pytest.mark.walk, pytest.mark.slow]
AT = "/at/the-evening-cafe/themes"


def boxes(page: Page) -> list[bool]:
    return [box.is_checked() for box in page.locator("input[name=card]").all()]


@pytest.fixture(scope="module")
def team(demo: Site, browser: Browser) -> Any:  # Any: Playwright's storage state
    """Signed in once: the link works once."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(demo.link("sign-in-once"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects")
    state = context.storage_state()
    context.close()
    return state


def two(demo: Site, new_page: NewPage, team: Any) -> tuple[Page, Page]:
    one, other = (new_page(size=DESK, storage_state=team) for _page in range(2))
    for page in (one, other):
        with page.expect_response(re.compile("/stream/console/")):
            page.goto(f"{demo.url}{AT}?show=all")
    return one, other


def test_two_sort_at_once(demo: Site, new_page: NewPage, team: Any) -> None:
    dev, joy = two(demo, new_page, team)
    ticks_by_mouse_and_keyboard(joy)
    joy.locator("#name").fill("Half typed")
    mark = dev.locator(".bc .cmark").nth(5).inner_text()
    dev.locator("input[name=card]").nth(5).check()
    dev.locator("#name").fill("A theme of Dev's")
    dev.get_by_role("button", name="Make it").click()
    expect(dev.get_by_text("“A theme of Dev's” is made.")).to_be_visible()
    expect(joy.locator("#theme-list").get_by_text("A theme of Dev's")).to_be_visible()
    expect(joy.locator(f"#in-{mark}")).to_contain_text("A theme of Dev's")
    expect(joy.get_by_text("Somebody else sorted just now.")).to_be_visible()
    expect(joy.locator("#name")).to_have_value("Half typed")
    assert sum(boxes(joy)) == 3
    joy.get_by_role("button", name="Put the ticked cards into A theme of Dev's").click()
    expect(dev.locator("#theme-list li", has_text="A theme of Dev's")).to_contain_text("4 cards")
    joy.get_by_role("button", name="Undo").click()
    expect(joy.get_by_text("Taken back.")).to_be_visible()
    expect(dev.locator("#theme-list li", has_text="A theme of Dev's")).to_contain_text("1 card")


def test_cards_like_one_come_in_place_and_what_is_typed_beside_them_stays(
    demo: Site, new_page: NewPage, team: Any
) -> None:
    page = new_page(size=DESK, storage_state=team)
    page.goto(f"{demo.url}{AT}?show=all")
    page.locator("#name").fill("Half typed")
    page.get_by_role("link", name=re.compile("^More like")).first.click()
    expect(page.get_by_role("heading", name="Cards like this one")).to_be_focused()
    expect(page.locator("[data-ticked]")).to_have_text("Ticked: 1")
    expect(page).to_have_url(re.compile(r"\?like="))
    page.get_by_role("link", name="Back to all cards").click()
    expect(page.get_by_role("heading", name="Cards", exact=True)).to_be_focused()
    expect(page).to_have_url(f"{demo.url}{AT}?show=all")
    expect(page.locator("#name")).to_have_value("Half typed")


def ticks_by_mouse_and_keyboard(page: Page) -> None:
    """Shift and a click, arrows with Shift, Escape, and all of the page; Enter in a box sends nothing. Three stay ticked."""
    box, said = page.locator("input[name=card]"), page.locator("[data-ticked]")
    box.nth(1).click()
    box.nth(4).click(modifiers=["Shift"])
    assert boxes(page)[:6] == [False, True, True, True, True, False]
    expect(said).to_have_text("Ticked: 4")
    page.keyboard.press("Escape")
    expect(said).to_have_text("No card is ticked.")
    page.get_by_role("button", name="Tick all on this page").click()
    assert all(boxes(page))
    page.get_by_role("button", name="Tick all on this page").click()
    box.nth(0).focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    expect(box.nth(2)).to_be_focused()
    assert boxes(page)[:4] == [True, True, True, False]
    expect(said).to_have_text("Ticked: 3")


def test_a_search_changes_the_cards_and_leaves_the_rest(demo: Site, new_page: NewPage, team: Any) -> None:
    page, _other = two(demo, new_page, team)
    page.locator("#name").fill("Half typed")
    page.get_by_role("searchbox").fill("lamp")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", level=2, name="Cards")).to_be_focused()
    page.wait_for_url("**find=lamp")
    cards = page.locator(".bc .said").all_inner_texts()
    assert cards
    assert all("lamp" in words.casefold() for words in cards)
    expect(page.locator("#name")).to_have_value("Half typed")
    expect(page.get_by_role("button", name="Tick all on this page")).to_be_visible()


def test_without_a_script_one_by_one(demo: Site, new_page: NewPage, team: Any) -> None:
    dev = new_page(size=DESK, js=False, storage_state=team)
    dev.goto(f"{demo.url}{AT}?show=all")
    dev.locator("input[name=card]").nth(7).check()
    dev.locator("#name").fill("By hand")
    dev.get_by_role("button", name="Make it").click()
    expect(dev.locator("#theme-list li", has_text="By hand")).to_contain_text("1 card")
