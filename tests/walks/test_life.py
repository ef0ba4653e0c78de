"""The whole life of a project, in a real browser: on phones, on the wall, in the console."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.walks.conftest import DESK, NewPage
from tests.walks.site import Site

pytestmark = pytest.mark.walk
ROOM = re.compile(r"/w/")
RECEIPT = re.compile(r"/receipt/")


def signed_in(demo: Site, new_page: NewPage) -> Page:
    """Dev's browser. The link of this start is used up by the first walk, so others sign in by the same session."""
    page = new_page(size=DESK)
    page.goto(demo.link("sign-in-once"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects")
    return page


def say(page: Page, words: str) -> None:
    page.get_by_label("What would you like to say?").fill(words)
    page.locator("label.opt", has_text="wall").first.click()
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(RECEIPT)


@pytest.fixture
def site_of_my_own(demo_data: Path, tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "demo"
    shutil.copytree(demo_data, folder)
    made = Site(folder, command="demo").start()
    yield made
    made.stop()


@pytest.mark.parametrize(
    "js", [pytest.param(False, id="without a script", marks=pytest.mark.slow), pytest.param(True, id="with scripts")]
)
def test_a_card_goes_from_a_phone_to_the_wall_and_its_answer_comes_back(
    site_of_my_own: Site, new_page: NewPage, js: bool
) -> None:
    site = site_of_my_own
    phone = new_page(js=js)
    phone.goto(site.link("/r/"))
    expect(phone.get_by_role("heading", level=2).first).to_contain_text("Your part")
    phone.get_by_role("button", name="Join in").click()
    phone.wait_for_url(ROOM)
    say(phone, "A lamp that is only lit when somebody is there.")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("We've got it")
    mark = phone.locator(".cmark").first.inner_text().strip()
    words = phone.locator("ol.words li").all_inner_texts()
    assert len(words) == 4

    desk = signed_in(site, new_page)
    wall = desk.context.new_page()
    wall.goto(site.link("/wall"))
    desk.goto(site.link("/wall").replace("/wall", "/console"))
    wall.evaluate("document.documentElement.dataset.opened = 'once'")
    desk.get_by_role("button", name=f"Let {mark} through").click()
    expect(wall.locator(f"#card-{mark}")).to_be_visible()
    assert wall.evaluate("document.documentElement.dataset.opened") == "once"  # it came by itself, without a new page

    project = site.link("/at/the-evening-cafe").split("/w/")[0]
    desk.goto(f"{project}/themes?find=only+lit")
    desk.locator(".bc", has_text=mark).locator("label").click()
    desk.get_by_label("A new theme for the ticked cards").fill("A lamp")
    desk.get_by_role("button", name="Make it").click()
    desk.get_by_role("link", name="A lamp", exact=True).click()
    desk.get_by_role("link", name=re.compile("[Aa]nswer")).first.click()
    desk.get_by_label("What did we hear?").fill("A lamp when somebody is there.")
    desk.locator("label.opt", has_text="Done").first.click()
    desk.get_by_label("What did we do").fill("There is a switch by the door now.")
    desk.get_by_label("Because").fill("You asked for it.")
    desk.get_by_role("button", name="Look at it before it goes out").click()
    desk.get_by_role("button", name="Publish it, and tell them").click()
    desk.wait_for_url("**/themes")

    library = new_page(js=js)
    library.goto(f"{project}/words")
    library.get_by_label("Your four words").fill(" ".join(words))
    library.get_by_role("button", name="Open my page").click()
    library.wait_for_url("**/me")
    library.get_by_role("link", name="Read our answer").first.click()
    expect(library.get_by_role("heading", level=1)).to_contain_text("Our answer to you")
    library.get_by_role("button", name="I know now").click()
    expect(library.get_by_text("You told us:")).to_be_visible()


def test_three_people_share_one_phone_and_each_hears_apart(demo: Site, new_page: NewPage) -> None:
    phone = new_page()
    seen: list[str] = []
    for words in ("First person's words", "Second person's words", "Third person's words"):
        phone.goto(demo.link("/r/"))
        phone.get_by_role("button", name="Join in").click()
        phone.wait_for_url(ROOM)
        expect(phone.get_by_text("First person's words")).to_have_count(0)
        say(phone, words)
        seen.append(" ".join(phone.locator("ol.words li").all_inner_texts()))
        with phone.expect_navigation():
            phone.get_by_role("button", name="Next person on this phone").click()
        if phone.url.endswith("/pass-on"):
            phone.get_by_role("button").last.click()
    assert len(set(seen)) == 3
    phone.go_back()
    expect(phone.get_by_text("Third person's words")).to_have_count(0)


@pytest.mark.slow
def test_six_answers_make_a_project_and_its_first_slips(site: Site, new_page: NewPage) -> None:
    desk = new_page(size=DESK)
    desk.goto(site.link("/begin/"))
    desk.get_by_label("What are you called?").fill("Dev")
    desk.get_by_label("Your e-mail address").fill("dev@lantern.example")
    desk.get_by_label("What is your organisation called?").fill("Lantern House")
    desk.get_by_role("button", name="Begin").click()
    desk.wait_for_url("**/projects")
    desk.get_by_role("link", name="Begin a project").click()
    desk.get_by_label("Its name").fill("Evenings")
    desk.get_by_label("What do you want to find out").fill("What a good evening is.")
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_label("One thing that is to be decided").fill("The hours")
    for number in (2, 3, 4):
        expect(desk.get_by_text(f"Question {number} of 6")).to_be_visible()
        desk.get_by_role("button", name="Go on").click()
    desk.get_by_label("By which day does everybody hear back?").fill("2030-05-01")
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_label("Their name").fill("Priya")
    desk.get_by_role("button", name="Make the project").click()
    desk.wait_for_url("**/table")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("People at the table")
