"""The mails that the example has sent, as they lie in its mailbox: the newest first, and in which order they went is luck."""

import re

from playwright.sync_api import Page

from tests.walks.conftest import until
from tests.walks.site import Site

TOLD = re.compile(r'href="(/mailbox/\d+)"><b>What became of what you said: The evening cafe')
TO_THEIR_PAGE = re.compile(r'href="http://[^/"]+(/k/\w+)"')


def open_page_with(page: Page, site: Site, wanted: str) -> None:
    """As somebody who was told of an answer, by the link in their mail: the first of them whose page has this on it."""

    def opened() -> bool:
        reader = page.context.request
        for number in TOLD.findall(reader.get(f"{site.url}/mailbox").text()):
            link = TO_THEIR_PAGE.search(reader.get(site.url + number).text())
            assert link is not None
            page.goto(site.url + link.group(1))
            if page.locator(wanted).count():
                return True
        return False

    until(page, opened)
