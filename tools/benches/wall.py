"""
How soon a card stands on the wall, once somebody presses Send.

The example runs in a process of its own, with its wall in a real browser, and twenty cards come from a phone, one after the other. A wall
that shows cards at once, because a look of the team is a person's time. From the press to the card as the wall's own page has it, by one
clock. The middle one and the slowest; and how many wanted a processor meanwhile: on a machine that others use these figures say little.
"""

import json
import os
import re
import statistics
import sys
import time
import urllib.parse
from uuid import uuid4

from playwright.sync_api import Page, sync_playwright

from tools.benches.demo_site import Site, demo
from tools.benches.pages import TOKEN, Client
from tools.benches.phones import ARGUMENTS, program

CARDS = 20
BUDGETS = {"middle_ms": 1000, "slowest_ms": 1000}
WATCH = """() => { window.__there = {}; new MutationObserver(() => {
  for (const card of document.querySelectorAll('#cards .said')) {
    const said = card.textContent.trim(); if (!(said in window.__there)) window.__there[said] = Date.now(); }
}).observe(document.querySelector('#cards'), {childList: true, subtree: true}); }"""


def main() -> int:
    with demo() as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program(), args=ARGUMENTS)
        took = measure(browser.new_page(), browser.new_page(), site)
        browser.close()
    found = {
        "cards": len(took),
        "middle_ms": round(statistics.median(took)),
        "slowest_ms": round(max(took)),
        "load": round(os.getloadavg()[0], 1),
    }
    over = [name for name, most in BUDGETS.items() if found[name] > most]
    print(json.dumps(found | {"budgets": BUDGETS, "over": over}, indent=2))
    return 1 if over else 0


def measure(wall: Page, phone: Page, site: Site) -> list[float]:
    """Milliseconds of each card."""
    _as_dev(wall, site)
    phone.goto(site.room)
    phone.get_by_role("button", name="Join in").click()
    phone.wait_for_url("**/w/**")
    room = urllib.parse.urlsplit(phone.url).path
    client = Client(site, [dict(one) for one in phone.context.cookies()])
    token = TOKEN.search(phone.content())
    assert token is not None
    form = {"csrfmiddlewaretoken": token[1], "may_see": "wall"}
    wall.evaluate(WATCH)
    wall.wait_for_timeout(1000)
    took = []
    for number in range(CARDS):
        said, pressed = f"Lamp {number} by the door", time.time() * 1000
        status, _body = client.ask(f"{room}/say", form | {"sent_once": uuid4().hex, "words": said})
        if status != 302:
            raise RuntimeError(f"a card was answered with {status}")
        took.append(_there(wall, said) - pressed)
    return took


def _as_dev(page: Page, site: Site) -> None:
    """Signed in, and at the wall of the open room; cards do not wait for a look."""
    text = site.said.read_text()
    links = re.findall(rf"{site.url}/\S+", text)
    page.goto(next(one for one in links if "sesame" in one or "/once" in one))
    wall = next(one for one in links if one.endswith("/wall"))
    if page.get_by_role("button").count():
        page.get_by_role("button").first.click()
    workshop = wall.replace("/w/", "/workshops/").removesuffix("/wall")
    page.goto(workshop)
    page.locator("[name=look_first]").uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto(wall)


def _there(page: Page, said: str) -> float:
    """When it was on the wall, by the wall's own clock, which is this machine's."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        at: float | None = page.evaluate("said => window.__there[said] ?? null", said)
        if at is not None:
            return at
        page.wait_for_timeout(20)
    raise RuntimeError(f"“{said}” never came")


if __name__ == "__main__":
    sys.exit(main())
