"""
The pages of the resolver that the example has no way to: each is reached as people reach it, in projects that are further on, and looked at
once in each state.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.walks import long_table
from tests.walks.conftest import PHONE
from tests.walks.listening import listen
from tests.walks.reading import name_of, troubles
from tests.walks.site import Site

pytestmark = [pytest.mark.walk, pytest.mark.slow]


@dataclass
class Reader:
    """Dev, on a phone; `told` is what only those concerned know. `reports` fills where the browser complains."""

    site: Site
    browser: Browser
    context: BrowserContext
    told: dict[str, str]
    reports: list[str]

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def at(self, project: str, path: str = "") -> Page:
        self.page.goto(f"{self.site.url}/at/{self.told[project]}{path}")
        return self.page

    def follow(self, project: str, path: str, link: str) -> Page:
        """The first link of that page whose address has this in it."""
        address = self.at(project, path).locator(f"a[href*='{link}']").first.get_attribute("href")
        self.page.goto(self.site.url + str(address))
        return self.page


@pytest.fixture(scope="module")
def dev(browser: Browser, demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("long-table")
    shutil.copytree(demo_data, folder, dirs_exist_ok=True)
    told = long_table.add(folder / "data") | {"example": "the-evening-cafe"}
    site = Site(folder, command="demo").start()
    context = browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type] # its own TypedDict
    context.set_default_timeout(15_000)
    reports: list[str] = []
    page = context.new_page()
    listen(page, reports)
    page.goto(site.link("sign-in-once"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects")
    yield Reader(site, browser, context, told, reports)
    context.close()
    site.stop()


def a_question(dev: Reader) -> Page:
    """A way out that somebody else has to go: the question to them, drafted."""
    address = dev.at("example", "/findings").locator("a[href*='/explain?']").first.get_attribute("href")
    dev.page.goto(dev.site.url + str(address).replace("/explain?", "/ask?"))
    return dev.page


def got_wrong(dev: Reader) -> Page:
    page = dev.at("example", "/findings/wrong")
    for field in page.locator("main textarea").all():
        field.fill("We asked too late.")
    page.locator("main form button").last.click()
    page.wait_for_url("**/findings")
    return dev.follow("example", "/findings", "/findings/owned/")


def slip(dev: Reader) -> Page:
    page = dev.at("waits", "/paper")
    page.get_by_label("What does it say?").fill("A lamp by the door.")
    page.locator("main form button").last.click()
    page.wait_for_url("**/paper/*")
    return page


def read_out(dev: Reader) -> Page:
    page = dev.at("rests", "/telephone")
    page.locator("[name=words]").fill(dev.told["words"])
    page.locator("[name=agreed]").check()
    page.locator("main form button").last.click()
    page.wait_for_url("**/telephone/read")
    return page


def key(dev: Reader) -> Page:
    """Grace, a co-lead without an account, on a phone of her own."""
    context = dev.browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type] # its own TypedDict
    page = context.new_page()
    listen(page, dev.reports)
    page.goto(dev.site.url + dev.told["co_lead"])
    page.goto(f"{dev.site.url}/at/{dev.told['waits']}/me")
    page.get_by_role("link", name="Look at it").click()
    page.wait_for_url("**/me/key")
    return page


def key_by_mail(dev: Reader) -> Page:
    dev.page.goto(dev.site.url + dev.told["mailed"])
    return dev.page


def stop(dev: Reader) -> Page:
    dev.page.goto(f"{dev.site.url}/stop/{dev.told['stop']}")
    return dev.page


WAITED_FOR: dict[str, Callable[[Reader], Page]] = {
    "charter:weighed": lambda dev: dev.at("rests", "/charter/weighed"),
    "findings:ask": a_question,
    "findings:owned": got_wrong,
    "live:paper_slip": slip,
    "loop:beside": lambda dev: dev.follow("rests", f"/themes/{dev.told['theme']}", "/suggestions/beside/"),
    "loop:key": key,
    "loop:key_by_mail": key_by_mail,
    "loop:late": lambda dev: dev.follow("rests", "/answers", "/answers/late"),
    "loop:new_groups": lambda dev: dev.follow("rests", "/suggestions", "/suggestions/new"),
    "loop:notices": lambda dev: dev.follow("rests", "/close", "/close/told"),
    "loop:opinions_shown": lambda dev: dev.follow("rests", "/themes/opinions", "/opinions"),
    "loop:read_out": read_out,
    "loop:stop": stop,
    "loop:suggested": lambda dev: dev.follow("rests", "/suggestions", "/suggestions/group/"),
    "loop:take_over": lambda dev: dev.at("comes", "/take-over"),
    "loop:unsorted": lambda dev: dev.at("rests", "/suggestions/unsorted"),
}


@pytest.mark.parametrize("name", WAITED_FOR)
def test_each_can_be_read_by_everybody(dev: Reader, name: str) -> None:
    page = WAITED_FOR[name](dev)
    assert name_of(page.url.removeprefix(dev.site.url))[0] == name
    assert page.get_by_role("heading", level=1).count() > 0
    assert "\n".join(troubles(page, by_night=True, before_font=True)) == ""
    assert dev.reports == []
