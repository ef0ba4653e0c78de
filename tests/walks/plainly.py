"""A reader without a browser: real HTTP, cookies of their own, forms as they stand in the page. An old phone, a text browser."""

import html
import re
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TAGS = re.compile(r"<[^>]+>")


@dataclass
class Reader:
    """`page` is what stands open, `at` its address, `status` what it came with."""

    site: str
    page: str = ""
    at: str = ""
    status: int = 0
    jar: CookieJar = field(default_factory=CookieJar)
    opener: OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self.opener = build_opener(HTTPCookieProcessor(self.jar))

    def open(self, path: str) -> "Reader":
        return self._ask(Request(urljoin(self.site, path)))

    def send(self, path: str = "", **fields: str | list[str]) -> "Reader":
        """Send a form of the page that stands open: with its token, to `path` or to the page itself."""
        found = TOKEN.search(self.page)
        assert found is not None, f"no form at {self.at}: {self.text[:300]}"
        body = urlencode({"csrfmiddlewaretoken": found.group(1), **fields}, doseq=True).encode()
        return self._ask(Request(urljoin(self.at, path), data=body, headers={"Referer": self.at}))

    def _ask(self, request: Request) -> "Reader":
        try:
            answer = self.opener.open(request, timeout=30)
        except HTTPError as refused:
            answer = refused
        with answer:
            self.page, self.at, self.status = answer.read().decode(), answer.url, answer.status
        return self

    @property
    def text(self) -> str:
        """As somebody reads it aloud."""
        return " ".join(html.unescape(TAGS.sub(" ", self.page)).split())

    def link(self, pattern: str) -> str:
        """The first address on the page with this in it."""
        found = re.search(rf'(?:href|action)="([^"]*{pattern}[^"]*)"', self.page)
        assert found is not None, f"no link with {pattern} at {self.at}"
        return html.unescape(found.group(1))

    def links(self, pattern: str) -> list[str]:
        return [html.unescape(one) for one in re.findall(rf'href="([^"]*{pattern}[^"]*)"', self.page)]

    def value(self, name: str) -> str:
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.page)
        assert found is not None, f"no field {name} at {self.at}"
        return html.unescape(found.group(1))
