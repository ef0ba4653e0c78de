"""
What a participant's pages weigh, how soon the field to write in is there on a poor phone, and what each costs the server.

The example runs in a process of its own. Weights and times come from a real browser on a slowed line; the cost is the whole process'
processor time on one connection: the middle one of several rounds, each round asking every page in turn. Beside it stands how fast this
machine was at that very time: a fixed piece of Python and hashing before and after each round, a plain file of the site, and the emptiest
page that Django makes here (a 404, no question to the database). On a machine that others use the first of these swings; `slowed_by` says
how much, and milliseconds then say little. `--server` measures these costs alone.
"""

import hashlib
import http.client
import json
import re
import statistics
import sys
import time
import urllib.parse
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Page, sync_playwright

from tools.benches.demo_site import Site, demo
from tools.benches.phones import ARGUMENTS, phone, program

BUDGETS = {
    "html_css_kib": 20.0,
    "first_visit_kib": 70.0,
    "later_visit_kib": 15.0,
    "other_hosts": 0,
    "field_visible_seconds": 2.4,
    "taps": 2,
    "fields": 1,
    "cpu_ms": 8.0,
}
VISITS, ROUNDS, REQUESTS = 3, 7, 40
LOOP = 20_000
FIELD = "textarea"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Client:
    """One kept connection with its cookies, no browser around it."""

    def __init__(self, site: Site, cookies: list[dict[str, Any]]) -> None:
        self.line = http.client.HTTPConnection(urllib.parse.urlsplit(site.url).netloc, timeout=30)
        self.cookie = "; ".join(f"{one['name']}={one['value']}" for one in cookies)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        heads = {"Cookie": self.cookie, "Accept-Encoding": "gzip" if form is None else "identity"}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form).encode()
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request("GET" if form is None else "POST", path, body, heads)
        answer = self.line.getresponse()
        return answer.status, answer.read()


def give(page: Page, site: Site) -> dict[str, Any]:
    """From the link to a saved card, as a person does it; the taps and fields it took."""
    page.goto(site.room)
    page.get_by_role("button", name="Join in").tap()
    page.wait_for_url("**/w/**")
    room = urllib.parse.urlsplit(page.url).path
    page.locator(FIELD).first.fill("A lamp that is lit.")
    page.get_by_role("button", name="Send it").tap()
    page.wait_for_url("**/receipt/**")
    receipt = urllib.parse.urlsplit(page.url).path
    return {"taps": 2, "fields": 1, "saved": page.locator(".cmark").count() > 0, "room": room, "receipt": receipt}


def weigh(browser: Browser, site: Site, path: str, cookies: list[dict[str, Any]], wanted: str) -> dict[str, Any]:
    """One first visit with nothing kept, scrolled to its end so that every picture is fetched; and one more."""
    with phone(browser, cookies=cookies, wanted=wanted) as (page, line):
        page.goto(site.url + path, wait_until="load")
        line.rest(page)
        times = page.evaluate("""() => { const painted = performance.getEntriesByName('first-contentful-paint')[0];
            return {seen: window.__seen, painted: painted ? painted.startTime : null}; }""")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        line.rest(page)
        first = {
            "html_css_kib": line.kib("Document", "Stylesheet"),
            "first_visit_kib": line.kib(),
            "font_kib": line.kib("Font"),
            "script_kib": line.kib("Script"),
            "pictures_kib": line.kib("Image"),
            "requests": len(line.weights),
            "other_hosts": len(line.hosts(site.url)),
        }
        line.weights.clear()
        page.goto("about:blank")
        page.goto(site.url + path, wait_until="load")
        line.rest(page)
        first["later_visit_kib"] = line.kib()
    seen = None if times["seen"] is None else max(times["seen"], times["painted"] or 0) / 1000
    return first | {"visible_seconds": seen}


def page_figures(browser: Browser, site: Site, path: str, cookies: list[dict[str, Any]], wanted: str) -> dict[str, Any]:
    """The middle one of several visits."""
    runs = [weigh(browser, site, path, cookies, wanted) for _ in range(VISITS)]
    return {key: round(statistics.median(run[key] for run in runs), 2) for key in runs[0] if runs[0][key] is not None}


def cost(site: Site, client: Client, path: str, form: dict[str, str] | None = None, wanted: int = 200) -> float:
    """Milliseconds of processor time a request."""
    time.sleep(0.05)
    began = site.cpu()
    for number in range(REQUESTS):
        fresh = None if form is None else form | {"sent_once": uuid4().hex, "words": f"Said {number}"}
        status, _body = client.ask(path, fresh)
        if status != wanted:
            raise RuntimeError(f"{path} answered {status}")
    time.sleep(0.05)
    return (site.cpu() - began) * 1000 / REQUESTS


def loop() -> float:
    """Milliseconds for a fixed piece of work: what everybody else on this machine takes shows here first."""
    began = time.thread_time()
    known: dict[str, str] = {}
    for number in range(LOOP):
        known[f"name {number % 50}"] = hashlib.sha256(str(number).encode()).hexdigest()
    return (time.thread_time() - began) * 1000


def costs(
    site: Site, cookies: list[dict[str, Any]], talker: list[dict[str, Any]], pages: dict[str, str], static: str
) -> dict[str, Any]:
    """`talker` sends the cards: whoever looks at their own page has one card, as most have, and not three hundred."""
    client, plain = Client(site, cookies), Client(site, talker)
    plain.line.request("GET", pages["room"], headers={"Cookie": plain.cookie})
    token = TOKEN.search(plain.line.getresponse().read().decode())
    assert token is not None
    form = {"csrfmiddlewaretoken": token[1], "may_see": "wall"}
    asked: dict[str, tuple[str, dict[str, str] | None, int]] = {
        "a plain file": (static, None, 200),
        "the emptiest page": ("/nothing-is-here", None, 404),
        **{name: (path, None, 200) for name, path in pages.items()},
        "say (POST)": (f"{pages['room']}/say", form, 302),
    }
    loops, rounds = [loop()], []
    for _ in range(ROUNDS + 1):
        rounds.append({name: cost(site, plain if what[1] else client, *what) for name, what in asked.items()})
        loops.append(loop())
    known = {name: statistics.median(one[name] for one in rounds[1:]) for name in asked}  # the first one warms up
    references = {name: known.pop(name) for name in ("a plain file", "the emptiest page")}
    return {
        "machine": {
            "loop_ms": round(statistics.median(loops), 2),
            "slowed_by": round(statistics.median(loops) / min(loops), 2),
            **{f"{name}, cpu_ms": round(value, 2) for name, value in references.items()},
        },
        "cpu_ms": {name: round(value, 2) for name, value in known.items()},
        "quietest_round_cpu_ms": {name: round(min(one[name] for one in rounds[1:]), 2) for name in known},
        "times_the_emptiest_page": {
            name: round(value / references["the emptiest page"], 1) for name, value in known.items()
        },
    }


def over(said: dict[str, Any]) -> list[str]:
    """What is above its budget, in words."""
    found = []
    for name, page in said["pages"].items():
        found += [f"{name}: {key} {page[key]}" for key, most in BUDGETS.items() if page.get(key, 0) > most]
    found += [f"{name}: {ms} ms" for name, ms in said["server"]["cpu_ms"].items() if ms > BUDGETS["cpu_ms"]]
    return found


def main() -> int:
    with demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        with phone(browser, slow=False) as (page, _line):
            road = give(page, site)
            cookies: list[dict[str, Any]] = list(page.context.cookies())  # type: ignore[arg-type] # its own TypedDict
            style = page.locator("link[rel=stylesheet]").first.get_attribute("href") or ""
        with phone(browser, slow=False) as (page, _line):
            give(page, site)
            talker: list[dict[str, Any]] = list(page.context.cookies())  # type: ignore[arg-type] # its own TypedDict
        project = urllib.parse.urlsplit(site.address).path
        pages = {
            "join": urllib.parse.urlsplit(site.room).path,
            "room": road["room"],
            "receipt": road["receipt"],
            "me": f"{project}/me",
            "park": f"{road['room']}/park",
            "words": f"{project}/words",
            "public": project,
        }
        with_field = {"room", "park"}
        measured = {
            name: page_figures(browser, site, path, cookies, FIELD if name in with_field else "main h1")
            for name, path in ({} if "--server" in sys.argv else pages).items()
        }
        browser.close()
        for name, figures in measured.items():
            seen = figures.pop("visible_seconds", None)
            figures["field_visible_seconds" if name in with_field else "heading_visible_seconds"] = seen
        if measured:
            measured["room"] |= {"taps": road["taps"], "fields": road["fields"]}
        said = {
            "phone": "390x844, 400 kbit/s, 400 ms, CPU x4",
            "pages": measured,
            "server": costs(site, cookies, talker, pages, style),
            "budgets": BUDGETS,
        }
    said["over_budget"] = over(said)
    print(json.dumps(said, indent=2))
    return 1 if said["over_budget"] else 0


if __name__ == "__main__":
    sys.exit(main())
