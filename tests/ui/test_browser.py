"""Every example in a real browser, under the real policy."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.ui.gallery import ERRORS, NAMES
from tests.ui.serving import Site

pytestmark = pytest.mark.slow
PAGES = [*NAMES, "form-wrong", "rtl", *ERRORS]
SMALL = """() => [...document.querySelectorAll('button, .btn, input:not([type=hidden]), select, textarea, summary, .nav a, .brand')]
  .filter(e => e.checkVisibility() && !(e.closest('.opt, .pick, .lil, .btn, .bcards label') && e.tagName === 'INPUT'))
  .map(e => [e.className || e.tagName, e.getBoundingClientRect()]).filter(([, r]) => r.height < 43.5 || r.width < 43.5)
  .map(([name, r]) => `${name} ${r.width} x ${r.height}`)"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page) -> list[Any]:  # Any: axe's own JSON
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_phone_by_day_and_on_a_desk_at_night(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/{name}")
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


@pytest.mark.parametrize("font", ["with its font", "before its font has come"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_off_a_small_screen_and_everything_can_be_hit(
    page: Page, site: Site, name: str, font: str
) -> None:
    if font == "before its font has come":
        page.route("**/*.woff2", lambda route: route.fulfill(status=200, content_type="font/woff2", body=b""))
    page.goto(f"{site.url}/{name}")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate(SMALL) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(SIDEWAYS) == 0
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate(SIDEWAYS) == 0
    page.set_viewport_size({"width": 195, "height": 422})  # 390 pixels at 200 %
    assert page.evaluate(SIDEWAYS) == 0


def test_only_the_part_of_the_font_that_a_page_needs_is_fetched(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/honest")
    page.evaluate("document.fonts.load('1em \"Atkinson Next\"').then(() => true)")
    assert [path for path in site.gets if path.endswith(".woff2")] == [
        "/static/atkinson-hyperlegible-next-latin-wght-normal.woff2"
    ]


def test_what_is_wrong_is_where_the_reader_starts(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/form-wrong")
    assert page.evaluate("document.activeElement.id") == "oops"
    page.get_by_role("link", name="Say a word.").click()
    assert page.evaluate("document.activeElement.id") == "id_words"


def test_everything_can_be_reached_by_tab_and_shows_it(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/picture")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_pack_prints_on_as_many_sheets_as_it_has(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/pack")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 2


def test_a_call_for_help_on_the_console_closes_by_itself(page: Page, site: Site) -> None:
    page.clock.install()
    page.goto(f"{site.url}/console")
    calls = page.locator("details.peek")
    expect(calls).to_have_attribute("open", "")
    page.clock.run_for(61_000)
    expect(calls).not_to_have_attribute("open", "")
