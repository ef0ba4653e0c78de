"""Joining, saying, parking, reading an answer and confirming it by keyboard alone: every stop is seen, in the order of the page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.walks.conftest import NewPage
from tests.walks.site import Site

pytestmark = [pytest.mark.walk, pytest.mark.slow]
STOP = """() => { const e = document.activeElement, shown = e.closest('label.opt, label.pick, label.lil, label.btn') || e;
  const last = window.lastStop; window.lastStop = e;
  const rings = [e, shown].some(one => getComputedStyle(one).outlineStyle === 'solid');
  const box = shown.getBoundingClientRect();
  const called = e.labels && e.labels.length ? e.labels[0].textContent : e.textContent;
  return { name: ((e.getAttribute('aria-label') || '') + ' ' + called).trim(), rings,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    after: !last || !last.isConnected || !!(last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) }; }"""
MOST_STOPS = 60


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the thing of this name has the focus. A stop that cannot be seen, or that jumps back, fails."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop["rings"], f"no ring on: {stop['name']}"
        assert stop["seen"], f"out of sight: {stop['name']}"
        assert stop["after"], f"the order jumps back at: {stop['name']}"
        if re.search(name, stop["name"]):
            return
    raise AssertionError(f"{MOST_STOPS} stops, and none of them is {name}")


def press(page: Page, name: str, leads_to: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(leads_to))


def test_joining_saying_and_parking_without_a_pointer(demo: Site, new_page: NewPage) -> None:
    page = new_page()
    page.goto(demo.link("/r/"))
    tab_to(page, "Skip to main content")
    press(page, "Join in", "/w/")
    tab_to(page, "What would you like to say")
    assert page.evaluate("document.activeElement.id") == "id_words"
    page.keyboard.type("A bell that nobody has to ring.")
    tab_to(page, "The wall")
    page.keyboard.press("Space")
    press(page, "Send it", "/receipt/")
    expect(page.locator("h1")).to_be_focused()
    expect(page.get_by_text("A bell that nobody has to ring.")).to_be_visible()
    press(page, "Add one more", "/w/")
    press(page, "Park a subject", "/park")
    tab_to(page, "What should not be forgotten")
    page.keyboard.type("The back gate.")
    press(page, "Park it", "/receipt/")
    expect(page.get_by_text("The back gate.")).to_be_visible()


def test_what_is_wrong_takes_the_focus(demo: Site, new_page: NewPage) -> None:
    page = new_page()
    page.goto(demo.link("/r/"))
    press(page, "Join in", "/w/")
    tab_to(page, "Send it")
    page.keyboard.press("Enter")
    expect(page.locator("#oops")).to_be_focused()
    press(page, "Pick a picture, draw, or write", "#id_words")
    expect(page.locator("#id_words")).to_be_focused()


def test_reading_an_answer_and_confirming_it_without_a_pointer(demo: Site, new_page: NewPage) -> None:
    reader = new_page().request
    mails = reader.get(f"{demo.url}/mailbox").text()
    numbers = re.findall(r'href="(/mailbox/\d+)"><b>What became of what you said: The evening cafe', mails)
    for number in numbers:
        link = re.search(r'href="http://[^/"]+(/k/\w+)"', reader.get(demo.url + number).text())
        assert link is not None
        page = new_page()
        page.goto(demo.url + link.group(1))
        press(page, "Read our answer", "/me/answer/")
        if not page.get_by_text("You told us:").count():
            break
    tab_to(page, "I know now")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You told us:")).to_be_visible()
