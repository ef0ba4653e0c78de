"""
What a participant's pages weigh, how soon the field to write in is there on a poor phone, and what each costs the server.

The example runs in a process of its own. Weights and times come from a real browser on a slowed line; the cost is the whole process'
processor time over many requests on one connection. Beside each cost stands the same for a plain file of the site in the same run: that
ratio travels from machine to machine, milliseconds do not.
"""

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
VISITS, REQUESTS = 3, 200
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


def cost(site: Site, client: Client, path: str, form: dict[str, str] | None = None) -> float:
    """Milliseconds of processor time a request, over many: the clock of the system counts hundredths of a second."""
    wanted = 200 if form is None else 302
    for number in range(REQUESTS + 20):
        if number == 20:
            began = site.cpu()
        fresh = None if form is None else form | {"sent_once": uuid4().hex, "words": f"Said {number}"}
        status, _body = client.ask(path, fresh)
        if status != wanted:
            raise RuntimeError(f"{path} answered {status}")
    time.sleep(0.05)
    return (site.cpu() - began) * 1000 / REQUESTS


def costs(site: Site, cookies: list[dict[str, Any]], pages: dict[str, str], static: str) -> dict[str, Any]:
    client = Client(site, cookies)
    reference = cost(site, client, static)
    known = {name: cost(site, client, path) for name, path in pages.items()}
    plain = Client(site, cookies)
    plain.line.request("GET", pages["room"], headers={"Cookie": plain.cookie})
    token = TOKEN.search(plain.line.getresponse().read().decode())
    assert token is not None
    form = {"csrfmiddlewaretoken": token[1], "may_see": "wall"}
    known["say (POST)"] = cost(site, client, f"{pages['room']}/say", form)
    return {
        "plain_file_cpu_ms": round(reference, 2),
        "cpu_ms": {name: round(value, 2) for name, value in known.items()},
        "times_a_plain_file": {name: round(value / reference, 1) for name, value in known.items()},
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
            for name, path in pages.items()
        }
        browser.close()
        for name, figures in measured.items():
            seen = figures.pop("visible_seconds", None)
            figures["field_visible_seconds" if name in with_field else "heading_visible_seconds"] = seen
        measured["room"] |= {"taps": road["taps"], "fields": road["fields"]}
        said = {
            "phone": "390x844, 400 kbit/s, 400 ms, CPU x4",
            "pages": measured,
            "server": costs(site, cookies, pages, style),
            "budgets": BUDGETS,
        }
    said["over_budget"] = over(said)
    print(json.dumps(said, indent=2))
    return 1 if said["over_budget"] else 0


if __name__ == "__main__":
    sys.exit(main())
