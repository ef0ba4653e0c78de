"""
Every page of the resolver, in a browser: filled, of an empty project, of a closed one, and after a form was sent empty.

The pages are found by following links, as readers do; each is looked at once in each state. A new page that no link reaches,
and that is not named below with its way in, fails here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.site.test_access import names
from tests.walks.conftest import PHONE
from tests.walks.listening import listen
from tests.walks.mails import open_page_with
from tests.walks.reading import Found, by_links, troubles, without_script
from tests.walks.site import Site
from tests.walks.test_every_page_waited_for import WAITED_FOR

pytestmark = [pytest.mark.walk, pytest.mark.slow]
NARROW = {"width": 320, "height": 640}
FILLED, CLOSED, EMPTY = "the-evening-cafe", "the-saturday-lunch", "tuesdays"
POSTED = {"people:forget", "table:answer", "table:renew", "plan:move", "live:break", "live:act", "live:card"}
POSTED |= {"loop:noticed", "live:parked", "live:take_back", "live:say", "loop:kept", "loop:fits", "charter:sign"}
POSTED |= {
    "table:keep_way",
    "people:joining",
    "loop:still_so",
    "loop:me_name",
    "loop:letter",
    "loop:letters_page",
    "loop:notice_letters",
}
"""Addresses that only take a form. The letters that some of them show are looked at in a test of their own."""
FILES = {f"reports:{one}" for one in ("atom", "json", "badge", "ics", "pdf", "data", "sitemap")}
NO_PAGE = {"live:media", "people:personal", "robots", "health", "loop:letters_pdf", "post:provider"} | FILES
NO_PAGE |= {"findings:mend"}
"""Files, and two links that lead on at once: with nobody behind it, the first is among the refusals."""
CALLED = {"live:called", "live:call"}
"""Looked at in the test of a call for help."""
LEAVE = frozenset({"people:personal"})
"""Never followed: it would make the reader somebody else."""
SIGN_IN = ("/sign-in/login/", "/sign-in/password/reset/", "/sign-in/login/code/", "/sign-in/signup/")
SIX: tuple[dict[str, str], ...] = (
    {"Its name": "Tuesdays", "What do you want to find out": "What a good Tuesday is."},
    {"One thing that is to be decided": "The hours"},
    {},
    {},
    {"By which day does everybody hear back?": "2031-05-01"},
    {"Their name": "Priya"},
)


@dataclass
class Readers:
    """Three phones: of Dev, who leads; of somebody who took part and got answers; of nobody in particular."""

    url: str
    staff: BrowserContext
    guest: BrowserContext
    stranger: BrowserContext
    room: str
    reports: list[str] = field(default_factory=list)
    found: dict[str, list[Found]] = field(default_factory=dict)

    def page(self, who: str) -> Page:
        context: BrowserContext = getattr(self, who)
        return context.pages[0]

    def of(self, who: str, project: str) -> dict[str, str]:
        """The first page of each kind that this reader found in a project; those of no project go with the filled one."""
        pages: dict[str, str] = {}
        for one in self.found[who]:
            if one.project == project or (project == FILLED and not one.project):
                pages.setdefault(one.name, one.path)
        return pages


@pytest.fixture(scope="module")
def readers(browser: Browser, demo: Site) -> Iterator[Readers]:
    contexts = [browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce") for _ in range(3)]  # type: ignore[arg-type] # its own TypedDict
    staff, guest, stranger = contexts
    all_of = Readers(demo.url, staff, guest, stranger, room=demo.link("/r/"))
    for context in contexts:
        context.set_default_timeout(15_000)
        listen(context.new_page(), all_of.reports)
    sign_in(all_of, demo)
    take_part(all_of, demo)
    never = LEAVE | POSTED | FILES
    address = all_of.page("guest").url.removeprefix(demo.url)
    all_of.found["staff"] = by_links(
        all_of.staff,
        demo.url,
        ["/projects", "/projects/new/about", "/mailbox", f"/at/{EMPTY}/table/invite"],
        never=never,
    )
    all_of.found["guest"] = by_links(
        all_of.guest, demo.url, [address, f"/at/{FILLED}/me", f"/at/{FILLED}/talk"], never=never
    )
    public = [f"/at/{address}" for address in (FILLED, CLOSED, EMPTY)]
    starts = ["/", *public, all_of.room, "/sign-in-once", *SIGN_IN]
    all_of.found["stranger"] = by_links(all_of.stranger, demo.url, starts, never=never)
    yield all_of
    for context in contexts:
        context.close()


def sign_in(all_of: Readers, demo: Site) -> None:
    """Dev, who then begins a project by its six answers and does nothing more with it: the empty one."""
    page = all_of.page("staff")
    page.goto(demo.link("sign-in-once"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects")
    page.get_by_role("link", name="Begin a project").click()
    for number, answers in enumerate(SIX, start=1):
        expect(page.get_by_text(f"Question {number} of 6")).to_be_visible()
        for label, value in answers.items():
            page.get_by_label(label).fill(value)
        page.get_by_role("button", name=re.compile("Go on|Make the project")).click()
    page.wait_for_url(f"**/at/{EMPTY}/table")


def take_part(all_of: Readers, demo: Site) -> None:
    """Somebody who was told of two answers opens their page by the link in the e-mail, and says one thing more."""
    page = all_of.page("guest")
    open_page_with(page, demo, "a[href$='/me/answers']")
    page.goto(all_of.room)
    page.get_by_role("button", name="Join in").click()
    page.get_by_label("What would you like to say?").fill("A lamp that is lit.")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url("**/receipt/**")
    page.goto(f"{all_of.url}/at/{FILLED}/me")
    ask_to_sort(all_of, name=page.locator("main b").first.inner_text())


def ask_to_sort(all_of: Readers, *, name: str) -> None:
    """The team asks them to the sorting table, so that their own page leads there."""
    page = all_of.page("staff")
    page.goto(f"{all_of.url}/at/{FILLED}/themes/sorters")
    page.get_by_label("Who is at your table").select_option(label=name)
    page.get_by_role("button", name="Ask them to the sorting table").click()
    page.get_by_text("Asked. It stands on their own page now.").wait_for()


def look(all_of: Readers, who: str, path: str, *, by_night: bool = False) -> list[str]:
    page = all_of.page(who)
    answer = page.goto(path if path.startswith("http") else all_of.url + path)
    assert answer is not None
    return [f"{who} {path}: {one}" for one in troubles(page, by_night=by_night, before_font=who != "staff")]


@pytest.mark.parametrize("who", ["staff", "guest", "stranger"])
@pytest.mark.parametrize("project", [FILLED, EMPTY, CLOSED])
def test_every_page_can_be_read_by_everybody(readers: Readers, who: str, project: str) -> None:
    """The filled ones also by night, where the colours differ."""
    paths, by_night = readers.of(who, project).values(), project == FILLED
    assert "\n".join(one for path in paths for one in look(readers, who, path, by_night=by_night)) == ""
    assert readers.reports == []


@pytest.mark.parametrize("who", ["staff", "guest", "stranger"])
def test_every_page_can_be_read_and_used_without_script(readers: Readers, browser: Browser, who: str) -> None:
    kept = getattr(readers, who).storage_state()
    context = browser.new_context(viewport=NARROW, locale="en-GB", java_script_enabled=False, storage_state=kept)  # type: ignore[arg-type] # its own TypedDict
    page, wrong = context.new_page(), []
    for path in readers.of(who, FILLED).values():
        page.goto(path if path.startswith("http") else readers.url + path)
        wrong += [f"{who} {path}: {one}" for one in without_script(page)]
    context.close()
    assert "\n".join(wrong) == ""


def test_a_call_for_help_is_read_on_both_phones(readers: Readers) -> None:
    """It stands for a few minutes only, so no link keeps leading to it. Its page loads itself anew: here it is told not to."""
    guest, staff = readers.page("guest"), readers.page("staff")
    staff.goto(readers.url + readers.of("staff", FILLED)["live:console"])
    guest.route("**/called/**", stays)
    guest.goto(readers.url + readers.of("guest", FILLED)["live:talk"])
    guest.get_by_label("Where are you?").fill("By the back door")
    guest.get_by_role("button", name="Ask them to come").click()
    guest.wait_for_url("**/called/**")
    wrong = [f"called: {one}" for one in troubles(guest, by_night=True)]
    staff.goto(readers.url + str(staff.locator("a[href*='/call/']").first.get_attribute("href")))
    staff.wait_for_url("**/call/**")
    expect(staff.get_by_text("By the back door")).to_be_visible()
    wrong += [f"call: {one}" for one in troubles(staff, by_night=True)]
    staff.get_by_role("button", name="I am coming").click()
    expect(staff.get_by_text("said that they come")).to_be_visible()
    wrong += [f"call answered: {one}" for one in troubles(staff)]
    guest.get_by_role("link", name="Look again").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Somebody is coming")
    wrong += [f"called answered: {one}" for one in troubles(guest)]
    guest.unroute("**/called/**")
    assert "\n".join(wrong) == ""
    assert readers.reports == []


def test_the_letter_that_a_press_makes_can_be_read(readers: Readers) -> None:
    page = readers.page("staff")
    page.goto(readers.url + readers.of("staff", FILLED)["loop:note"])
    page.get_by_role("button", name="Their answers on paper").click()
    page.wait_for_url("**/letter")
    assert "\n".join(troubles(page)) == ""
    assert readers.reports == []


def stays(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, headers={k: v for k, v in answer.headers.items() if k.lower() != "refresh"})


REFUSED = {
    "no such page": ("/nowhere", 404),
    "a project that there is not": ("/at/nothing-here", 404),
    "a broken link": ("/k/ABCDEFGH", 404),
    "a room that there is not": ("/r/ABCDEFGH", 404),
    "a used first link": ("/begin/used", 404),
    "a page of the team": (f"/at/{FILLED}/table", 200),
    "a page of somebody": (f"/at/{FILLED}/me", 200),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_opened_says_so_kindly(readers: Readers, case: str) -> None:
    path, status = REFUSED[case]
    assert look(readers, "stranger", path) == []
    answer = readers.page("stranger").goto(readers.url + path)
    assert answer is not None
    assert answer.status == status
    assert readers.page("stranger").get_by_role("heading", level=1).count() == 1


SENT_EMPTY = """() => {
  const typed = ['textarea', ...['text', 'email', 'date', 'file', 'password'].map(kind => `input[type=${kind}]`), 'input:not([type])'];
  const forms = [...document.querySelectorAll('main form')].filter(form => !form.closest('call-out'));
  const form = forms.find(form => form.method === 'post' && form.querySelector(typed.join()));
  if (!form) return false;
  form.noValidate = true;
  for (const one of form.querySelectorAll('textarea, input')) {
    if (['radio', 'checkbox'].includes(one.type)) one.checked = false;
    else if (one.type !== 'hidden') one.value = '';
  }
  form.setAttribute('data-sent', 'empty');
  return true; }"""
SEND = """() => { const form = document.querySelector('[data-sent]');
  form.requestSubmit(form.querySelector('button:not([name=more]):not([type=button])')); }"""


@pytest.mark.parametrize("who", ["guest", "stranger", "staff"])
def test_a_form_sent_empty_is_shown_again_with_what_is_wrong(readers: Readers, who: str) -> None:
    """The last of all, since an empty form may be a right one."""
    wrong, refusals = [], 0
    page = readers.page(who)
    for path in readers.of(who, FILLED).values():
        page.goto(path if path.startswith("http") else readers.url + path)
        if not page.evaluate(SENT_EMPTY):
            continue
        with page.expect_response(lambda answer: answer.request.method == "POST") as going:
            page.evaluate(SEND)
        answer = going.value
        expect(page.locator("[data-sent]")).to_have_count(0)
        page.wait_for_load_state()
        if answer.status not in {200, 302, 409, 422}:
            wrong.append(f"{who} {path}: an empty form gets {answer.status}")
        if answer.status == 422:
            refusals += 1
            wrong += [f"{who} {path}, sent empty: {one}" for one in troubles(page)]
    assert "\n".join(wrong) == ""
    assert refusals > 0
    assert readers.reports == []


def test_no_page_of_the_resolver_was_left_out(readers: Readers) -> None:
    """`begin` is seen by the walk of the six answers; a room that is over and a console that is not open are of other projects."""
    seen = {one.name for found in readers.found.values() for one in found}
    assert sorted(set(names()) - seen - POSTED - NO_PAGE - CALLED - set(WAITED_FOR) - {"begin", "table:begin"}) == []
    assert sorted((POSTED | NO_PAGE) & seen) == []


def test_the_look_at_two_themes_that_may_be_one_can_be_read(readers: Readers) -> None:
    page = readers.page("guest")
    page.goto(readers.url + readers.of("guest", FILLED)["loop:sort"])
    page.get_by_role("button", name="Look at both").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Are these two one theme?")
    assert "\n".join(troubles(page, by_night=True)) == ""
    assert readers.reports == []
