"""The islands, in a real browser against a server that answers, fails and goes away."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.serving import Site

pytestmark = pytest.mark.slow
RECEIPT = re.compile("got it$")
CARD = '<li class="paper" id="c{n}" data-n="{n}" hx-swap-oob="afterbegin:#cards">Card {n}</li>'


def until(held: Callable[[], bool]) -> None:
    for _ in range(600):
        if held():
            return
        time.sleep(0.05)
    pytest.fail("waited 30 seconds in vain")


def sent(site: Site, field: str) -> list[str]:
    pattern = re.compile(rf'name="{field}"\r\n\r\n(.*?)\r\n--', re.S)
    return [found[1] for _, body in site.posted if (found := pattern.search(body.decode()))]


def test_what_is_sent_arrives_once_and_the_answer_is_shown_without_a_second_fetch(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/form")
    page.get_by_label("What would help?").fill("Somebody awake")
    page.get_by_label("The wall").check()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(RECEIPT)
    assert page.url == f"{site.url}/receipt"
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert (sent(site, "words"), sent(site, "who"), sent(site, "sent_once")) == (
        ["Somebody awake"],
        ["wall"],
        ["first"],
    )
    assert site.gets.count("/receipt") == 1
    assert page.evaluate("sessionStorage.length") == 0
    page.go_back()
    expect(page.get_by_label("What would help?")).to_have_value("")


def test_without_a_signal_the_words_wait_and_go_when_it_is_back(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/form")
    page.get_by_label("What would help?").fill("Somebody awake")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("We saved it on your phone.")).to_be_visible()
    assert site.posted == []
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text(RECEIPT)
    assert sent(site, "words") == ["Somebody awake"]


def test_a_gateway_that_is_away_is_tried_again_with_the_same_id(page: Page, site: Site) -> None:
    site.answers = [(503, "gone")]
    page.clock.install()
    page.goto(f"{site.url}/form")
    page.get_by_label("What would help?").fill("Somebody awake")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("We saved it on your phone.")).to_be_visible()
    page.clock.run_for(4000)
    expect(page.get_by_role("heading", level=1)).to_have_text(RECEIPT)
    assert sent(site, "sent_once") == ["first", "first"]


def test_what_is_wrong_comes_back_with_what_was_typed(page: Page, site: Site) -> None:
    site.answers = [(200, site.pages["form-wrong"])]
    page.goto(f"{site.url}/form")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Something to put right")).to_be_visible()
    expect(page.get_by_label("What can we call you?")).to_have_value("Amira")
    assert page.evaluate("document.activeElement.id") == "oops"


def test_an_old_token_is_renewed_in_silence(page: Page, site: Site) -> None:
    token = '<input type="hidden" name="csrfmiddlewaretoken" value="fresh">'
    site.pages["form"] = site.pages["form"].replace("novalidate>", f"novalidate>{token}")
    site.answers = [(403, "old")]
    page.goto(f"{site.url}/form")
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'old'")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(RECEIPT)
    assert sent(site, "csrfmiddlewaretoken") == ["old", "fresh"]


def test_typed_words_survive_a_reload_for_their_owner_only(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/form")
    page.get_by_label("What would help?").fill("Half a thought")
    page.get_by_label("The group").check()
    page.reload()
    expect(page.get_by_label("What would help?")).to_have_value("Half a thought")
    expect(page.get_by_label("The group")).to_be_checked()
    site.pages["form"] = site.pages["form"].replace('data-owner="amira"', 'data-owner="sam"')
    page.goto(f"{site.url}/honest")
    page.goto(f"{site.url}/form")
    expect(page.get_by_label("What would help?")).to_have_value("")


def test_passing_on_leaves_nothing_of_the_first_person(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/form")
    page.get_by_label("What would help?").fill("Only mine")
    page.goto(f"{site.url}/picture")
    page.get_by_role("button", name="Next person on this phone").click()
    expect(page).to_have_url(f"{site.url}/honest")
    assert page.evaluate("sessionStorage.length") == 0
    assert [path for path, _ in site.posted] == ["/pass-on"]
    page.go_back()
    expect(page.get_by_label("What would help?")).to_have_value("")


def test_a_drawing_is_kept_as_strokes_and_the_last_can_be_undone(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/picture")
    sheet = page.get_by_role("img", name="Your drawing.")
    box = sheet.bounding_box()
    assert box is not None
    for pen, offset in (("Ink", 40), ("Plum", 90)):
        page.get_by_label(pen).check()
        sheet.scroll_into_view_if_needed()
        box = sheet.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 30, box["y"] + offset)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + offset + 30, steps=6)
        page.mouse.up()
    strokes = json.loads(page.locator("[name=strokes]").input_value())
    assert [stroke["pen"] for stroke in strokes] == ["ink", "plum"]
    assert all(isinstance(at, int) and 0 <= at <= 400 for stroke in strokes for at in stroke["points"])
    assert page.locator("[data-sheet] path").count() == 2
    page.get_by_role("button", name="Undo").click()
    assert [stroke["pen"] for stroke in json.loads(page.locator("[name=strokes]").input_value())] == ["ink"]
    page.get_by_role("button", name="Start again").click()
    assert page.locator("[name=strokes]").input_value() == ""


def test_without_a_script_the_sheet_is_not_offered(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(f"{site.url}/picture")
    expect(bare.locator("drawing-pad")).to_be_hidden()
    expect(bare.get_by_label("Or drew it on paper?")).to_be_visible()
    context.close()


def wall(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/wall")
    until(lambda: bool(site.streams))


def cards(page: Page) -> list[str]:
    found: list[str] = page.locator("#cards > li").evaluate_all("all => all.map(one => one.id)")
    return found


def test_cards_come_in_order_once_and_the_oldest_makes_room(page: Page, site: Site) -> None:
    wall(page, site)
    for n in (2, 4, 3, 4, 5, 6, 7):
        site.say("card", CARD.format(n=n))
    expect(page.locator("#c7")).to_be_visible()
    assert cards(page) == ["c7", "c6", "c5", "c4", "c3", "c2"]
    site.say("card", '<li id="c5" hx-swap-oob="delete"></li>')
    expect(page.locator("#c5")).to_have_count(0)


def test_the_wall_can_be_paused_and_catches_up(page: Page, site: Site) -> None:
    wall(page, site)
    page.get_by_role("button", name="Pause the wall").click()
    site.say("card", CARD.format(n=2))
    page.wait_for_timeout(300)
    assert cards(page) == ["c1"]
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#c2")).to_be_visible()


def test_a_reset_loads_the_page_again(page: Page, site: Site) -> None:
    wall(page, site)
    site.pages["wall"] = site.pages["wall"].replace("Stand there with me.", "Fetched anew.")
    site.say("reset", "now")
    expect(page.get_by_text("Fetched anew.")).to_be_visible()


def test_staff_pages_have_htmx_without_its_inline_style(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/console")
    assert page.evaluate("htmx.config.includeIndicatorStyles") is False
    assert page.evaluate("document.querySelectorAll('style').length") == 0
