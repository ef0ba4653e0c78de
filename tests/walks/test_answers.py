"""One card is answered by itself till its author leaves it as it is; and they say where their words belong, and where they may stand."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.walks.conftest import DESK, NewPage
from tests.walks.mails import open_page_with
from tests.walks.site import Site

pytestmark = [pytest.mark.walk, pytest.mark.slow]


@pytest.fixture
def own(demo_data: Path, tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "demo"
    shutil.copytree(demo_data, folder)
    made = Site(folder, command="demo").start()
    yield made
    made.stop()


def team(site: Site, new_page: NewPage) -> Page:
    page = new_page(size=DESK)
    page.goto(site.link("sign-in-once"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects")
    return page


def write(desk: Page, *, we_do: str) -> None:
    desk.get_by_label("What did we hear?").fill("A lamp when somebody is there.")
    desk.locator("label.opt", has_text="Not doing it").click()
    desk.get_by_label("What did we do").fill(we_do)
    desk.get_by_label("Because").fill("The street is not ours to light.")
    desk.get_by_role("button", name="Look at it before it goes out").click()
    desk.get_by_role("button", name="Publish it, and tell them").click()
    desk.wait_for_url("**/themes")


@pytest.mark.parametrize("js", [False, True], ids=["without a script", "with scripts"])
def test_one_card_is_answered_by_itself_till_they_leave_it_as_it_is(own: Site, new_page: NewPage, js: bool) -> None:
    phone = new_page(js=js)
    phone.goto(own.link("/r/"))
    phone.get_by_role("button", name="Join in").click()
    phone.get_by_label("What would you like to say?").fill("A lamp that is only lit when somebody is there.")
    phone.get_by_role("button", name="Send it").click()
    phone.wait_for_url(re.compile("/receipt/"))
    mark = phone.locator(".cmark").first.inner_text().strip()
    phone.get_by_role("link", name="Choose where").click()
    phone.get_by_label("In a report").check()
    phone.get_by_role("button", name="Keep this choice").click()
    expect(phone.get_by_text("Your choice is kept.")).to_be_visible()
    expect(phone.get_by_label("In a report")).to_be_checked()
    phone.get_by_label("In a report").uncheck()
    phone.get_by_role("button", name="Keep this choice").click()
    expect(phone.get_by_text("that we cannot call back")).to_be_visible()

    desk = team(own, new_page)
    project = own.link("/at/the-evening-cafe").split("/w/")[0]
    desk.goto(f"{project}/answers")
    desk.get_by_role("link", name=f"Answer {mark} by itself").click()
    write(desk, we_do="We cannot put up a lamp.")

    phone.goto(f"{project}/me")
    phone.get_by_role("link", name=f"Read our answer to {mark}").click()
    expect(phone.get_by_text("A lamp that is only lit")).to_be_visible()
    expect(phone.get_by_role("button", name="We do not agree")).to_have_count(0)
    phone.get_by_role("button", name="No", exact=True).click()
    expect(phone.get_by_text("It is open again")).to_be_visible()

    desk.goto(f"{project}/answers")
    row = desk.get_by_role("listitem").filter(has_text=mark)
    expect(row.get_by_text("open again")).to_be_visible()
    row.get_by_role("link", name="Our answer").click()
    desk.get_by_role("link", name="Write a newer answer").click()
    write(desk, we_do="We asked the council for a lamp. They said no.")

    phone.reload()
    expect(phone.get_by_text("What has changed since we last told you")).to_be_visible()
    phone.get_by_label("Want to say more?").fill("A lamp costs less than a leaflet.")
    phone.get_by_label("My words may stand beside the answer").check()
    phone.get_by_role("button", name="We do not agree", exact=True).click()
    expect(phone.get_by_text("You told us: We do not agree")).to_be_visible()

    stranger = new_page(js=js)
    stranger.goto(project)
    expect(stranger.get_by_text("A lamp costs less than a leaflet.")).to_be_visible()


def test_amira_says_not_what_i_meant_and_the_team_reads_it_without_her_name(own: Site, new_page: NewPage) -> None:
    desk = team(own, new_page)
    phone = new_page(js=False)
    open_page_with(phone, own, "article button:has-text('Not what I meant')")
    asked = phone.get_by_role("article").filter(has=phone.get_by_role("button", name="Not what I meant")).first
    mark = asked.locator(".cmark").first.inner_text().strip()
    asked.get_by_role("button", name="Not what I meant").first.click()
    expect(phone.get_by_text("We took it out.")).to_be_visible()
    project = own.link("/at/the-evening-cafe").split("/w/")[0]
    desk.goto(f"{project}/answers")
    row = desk.get_by_role("listitem").filter(has_text=mark)
    expect(row.get_by_text("its author says: not what I meant")).to_be_visible()
    phone.get_by_role("article").filter(has_text=mark).get_by_role("button", name="It was right after all").click()
    expect(phone.get_by_text("It stays there.")).to_be_visible()
