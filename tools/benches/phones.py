"""A phone of the bench: 390x844, 400 kbit/s, 400 ms there and back, a slow processor; and what came over its line."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
SIZE = ViewportSize(width=390, height=844)
BYTES_A_SECOND = 400 * 1000 / 8
ROUND_TRIP_MS = 400
SLOWER = 4
WATCH = """(() => { const wanted = %s; window.__seen = null;
const look = () => { for (const one of document.querySelectorAll(wanted)) {
  const box = one.getBoundingClientRect();
  if (box.width > 1 && box.height > 1 && getComputedStyle(one).visibility !== 'hidden') {
    window.__seen = performance.now(); return; } }
  setTimeout(look, 20); };
look(); })()"""


@dataclass
class Line:
    """What each answer weighed on the line, heads included."""

    weights: list[tuple[str, str, float]] = field(default_factory=list)
    _known: dict[str, tuple[str, str]] = field(default_factory=dict)
    _cached: set[str] = field(default_factory=set)

    def listen(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.requestServedFromCache", lambda said: self._cached.add(said["requestId"]))
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._done)
        session.send("Network.enable")

    def _asked(self, said: dict[str, Any]) -> None:  # Any: the browser's own messages, here and below
        if before := said.get("redirectResponse"):
            self.weights.append(("Document", before["url"], before.get("encodedDataLength", 0)))
        self._known[said["requestId"]] = (said.get("type", "Other"), said["request"]["url"])

    def _answered(self, said: dict[str, Any]) -> None:
        if said["response"].get("fromDiskCache"):
            self._cached.add(said["requestId"])

    def _done(self, said: dict[str, Any]) -> None:
        kind, url = self._known.get(said["requestId"], ("Other", ""))
        if said["requestId"] not in self._cached and not url.startswith("data:"):
            self.weights.append((kind, url, said["encodedDataLength"]))

    def kib(self, *kinds: str) -> float:
        return round(sum(weight for kind, _url, weight in self.weights if not kinds or kind in kinds) / 1024, 1)

    def rest(self, page: Page) -> None:
        """Until nothing has come for a second and a half: a page that listens to a stream is never idle."""
        before = -1
        while len(self.weights) != before:
            before = len(self.weights)
            page.wait_for_timeout(1500)

    def hosts(self, own: str) -> list[str]:
        return sorted({urlsplit(url).netloc for _kind, url in self._known.values()} - {urlsplit(own).netloc, ""})


@contextmanager
def phone(
    browser: Browser, *, cookies: Any = (), wanted: str = "main", slow: bool = True
) -> Iterator[tuple[Page, Line]]:
    context = browser.new_context(
        viewport=SIZE,
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="en-GB",
    )
    try:
        context.add_cookies(list(cookies))
        context.add_init_script(WATCH % json.dumps(wanted))
        context.set_default_timeout(60_000)
        page = context.new_page()
        session, line = context.new_cdp_session(page), Line()
        line.listen(session)
        if slow:
            session.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": ROUND_TRIP_MS,
                    "downloadThroughput": BYTES_A_SECOND,
                    "uploadThroughput": BYTES_A_SECOND,
                },
            )
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield page, line
    finally:
        context.close()


def program() -> str:
    return os.environ["WITHUS_CHROMIUM"]
