"""What goes wrong on the day, as a participant's phone shows it: a kind sentence each time, and what was typed is still there."""

import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.walks.conftest import DESK, NewPage
from tests.walks.site import Site
from tests.walks.test_hasty import BOTH, RECEIPT, in_the_room

pytestmark = [pytest.mark.walk, pytest.mark.slow]
SAY = "What would you like to say?"


def piece(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def huge_png() -> bytes:
    """A picture that says of itself that it is 50,000 dots wide and high: a few bytes on the way, ten gigabytes once unpacked."""
    size = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + piece(b"IHDR", size)
        + piece(b"IDAT", zlib.compress(b"\0" * 100_000))
        + piece(b"IEND", b"")
    )


FILES = {
    "a letter instead of a photo": ("letter.jpg", b"Dear all,\nthis is no picture.\n"),
    "a page that calls itself a photo": ("me.png", b"<html><script>alert(1)</script></html>"),
    "a picture of 50,000 by 50,000": ("huge.png", huge_png()),
}


@BOTH
@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_photo_is_said_kindly_and_the_words_stay(
    demo: Site, new_page: NewPage, js: bool, case: str, tmp_path: Path
) -> None:
    name, data = FILES[case]
    file = tmp_path / name
    file.write_bytes(data)
    page = in_the_room(demo, new_page, js=js)
    page.get_by_label(SAY).fill("My words beside a file.")
    page.get_by_label("Drew it on paper? Take a photo").set_input_files(file)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label(SAY)).to_have_value("My words beside a file.")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(RECEIPT)
    expect(page.get_by_text("My words beside a file.")).to_be_visible()


def test_who_sends_when_it_has_just_ended_can_leave_it_as_a_note(demo: Site, new_page: NewPage) -> None:
    """Two phones, with scripts and without: both wrote while it was open, and a facilitator ended it meanwhile."""
    phones = [in_the_room(demo, new_page, js=js) for js in (True, False)]
    for phone in phones:
        phone.get_by_label(SAY).fill("I was just going to say this.")
    ended(demo, new_page)
    for phone in phones:
        phone.get_by_role("button", name="Send it").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("This workshop has ended")
        note = phone.locator("textarea[name=words]").first
        expect(note).to_have_value("I was just going to say this.")
        phone.locator("form", has=note).get_by_role("button").last.click()
        phone.wait_for_url(RECEIPT)
        expect(phone.get_by_text("I was just going to say this.")).to_be_visible()


def ended(demo: Site, new_page: NewPage) -> None:
    desk = new_page(size=DESK)
    desk.goto(demo.link("sign-in-once"))
    desk.get_by_role("button", name="Sign in").click()
    desk.wait_for_url("**/projects")
    desk.goto(demo.link("/wall").replace("/wall", "/console"))
    button = desk.get_by_role("button", name="End the workshop")
    desk.evaluate("button => button.closest('details')?.setAttribute('open', '')", button.element_handle())
    button.click()
    expect(button).to_have_count(0)


LINKS = {
    "a link of nobody": "/k/ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "a link that was cut": "/k/ABC",
    "a room that is over": "/r/ABCD",
}


@BOTH
@pytest.mark.parametrize("case", LINKS)
def test_a_link_that_leads_nowhere_says_what_to_do_instead(demo: Site, new_page: NewPage, js: bool, case: str) -> None:
    page = new_page(js=js)
    page.goto(demo.url + LINKS[case])
    said = page.locator("main").inner_text()
    assert page.get_by_role("heading", level=1).count() == 1
    assert any(way in said for way in ("words", "ring", "Ask for")), said


@BOTH
def test_words_are_still_there_after_a_wrong_guess(demo: Site, new_page: NewPage, js: bool) -> None:
    page = new_page(js=js)
    page.goto(f"{demo.link('/at/the-evening-cafe').split('/w/')[0]}/words")
    typed = page.locator("[name=words]")
    typed.fill("four words of nobody")
    submit(page)
    expect(page.locator("[name=words]")).to_have_value("four words of nobody")
    expect(page.get_by_role("alert").or_(page.locator(".err")).first).to_be_visible()


def submit(page: Page) -> None:
    page.locator("form", has=page.locator("[name=words]")).get_by_role("button").first.click()
