"""Going over a whole site as its readers do: by its links. What the resolver knows and no link leads to is a dead page, and shows here."""

import html
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page

HREF = re.compile(r'href="([^"#]+)')
EACH = 2
"""So many pages of one kind are followed in a project: enough to reach what hangs on the second, such as an open workshop."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING: dict[str, Any] = {"runOnly": RULES}
COLOURS: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
RUN = """options => axe.run(document, options).then(({violations}) => violations.map(one =>
  ({id: one.id, nodes: one.nodes.slice(0, 3).map(node => node.html.slice(0, 150))})))"""
SMALL = """() => [...document.querySelectorAll(
    'button, .btn, input:not([type=hidden]), select, textarea, summary, .nav a, .brand, .way, .opt, .pick, .lil, .bcards label')]
  .filter(e => e.checkVisibility() && !e.closest('p:not(.row)'))
  .filter(e => !(e.tagName === 'INPUT' && e.closest('.opt, .pick, .lil, .btn, .bcards label')))
  .map(e => [e.className || e.tagName, e.getBoundingClientRect()]).filter(([, r]) => r.height < 43.5 || r.width < 43.5)
  .map(([name, r]) => `${name} ${Math.round(r.width)} x ${Math.round(r.height)}`)"""
WITHOUT_FONT = "document.documentElement.style.setProperty('--font', 'sans-serif')"
"""As a slow line shows it at first: in a font of the phone, which may be wider."""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Found:
    """A page that a link led to: its name in the resolver, the project that it speaks of, and where it is."""

    name: str
    project: str
    path: str


def name_of(path: str) -> tuple[str, str]:
    """Its name in the resolver and its project; two empty words for what is not a page of ours."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return "", ""
    return match.view_name, str(match.kwargs.get("address", ""))


def by_links(context: BrowserContext, url: str, starts: Iterable[str], *, never: frozenset[str]) -> list[Found]:
    """Every kind of page that can be reached from these by links, a few of each kind in each project."""
    found: dict[str, Found] = {}
    met: dict[tuple[str, str], int] = {}
    waiting = deque(starts)
    while waiting:
        path = waiting.popleft().removeprefix(url)
        name, project = name_of(path) if path.startswith("/") else ("", "")
        if not name or name in never or path in found or met.get((name, project), 0) >= EACH:
            continue
        answer = context.request.get(url + path)
        assert answer.ok, f"a link leads to {path}, which answers {answer.status}"
        met[name, project] = met.get((name, project), 0) + 1
        landed = answer.url.removeprefix(url)
        if name_of(landed) == (name, project):
            found[path] = Found(name, project, path)
        if "html" in answer.headers.get("content-type", ""):
            waiting.append(landed)
            waiting.extend(html.unescape(link) for link in HREF.findall(answer.text()))
    return list(found.values())


def violations(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    """Half a megabyte of axe goes into a page once; what is right with it stays there."""
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE_SCRIPT)
    found: list[Any] = page.evaluate(RUN, options | {"resultTypes": ["violations"]})  # Any: axe's own JSON
    return [f"axe {one['id']}: {one['nodes']}" for one in found]


def troubles(page: Page, *, by_night: bool = False, before_font: bool = False) -> list[str]:
    """What is wrong with the page that stands open, on a phone and on a smaller one, in each of the ways it may be read."""
    wrong = violations(page)
    if by_night:
        page.emulate_media(color_scheme="dark")
        wrong += [f"by night: {one}" for one in violations(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    wrong += [f"small: {one}" for one in page.evaluate(SMALL)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wrong += sideways(page, "at 390 with text of 200 %")
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate("document.documentElement.dir = 'rtl'")
    wrong += sideways(page, "from right to left")
    page.set_viewport_size({"width": 320, "height": 640})
    wrong += sideways(page, "at 320 from right to left")
    page.evaluate("document.documentElement.dir = 'ltr'")
    wrong += sideways(page, "at 320")
    if before_font:
        page.evaluate(WITHOUT_FONT)
        wrong += sideways(page, "at 320 before its font has come")
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.documentElement.removeAttribute('style')")
    return wrong


def without_script(page: Page) -> list[str]:
    """A page as it came, in a browser that runs no script: it can be read, and nothing on it waits for a script to do what it says."""
    dead = page.locator("button[type=button]:visible").all_inner_texts()
    wrong = [f"a button that does nothing without script: {one}" for one in dead]
    return wrong + sideways(page, "without script")


def sideways(page: Page, how: str) -> list[str]:
    over = page.evaluate(SIDEWAYS)
    return [f"runs off {how}: {over} px, {page.evaluate(WHICH)}"] if over else []


WHICH = """() => { const wide = document.documentElement.clientWidth;
  return [...document.body.querySelectorAll('*')].filter(e => { const r = e.getBoundingClientRect();
    return r.width && (r.right > wide + 1 || r.left < -1); }).slice(-2).map(e => e.outerHTML.slice(0, 90)).join(' | '); }"""
