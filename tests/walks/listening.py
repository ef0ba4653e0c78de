"""Whatever a browser complains of, on any page that it opens: a report of the content policy, a fault of a script."""

from typing import Any

from playwright.sync_api import Page


def listen(page: Page, reports: list[str]) -> None:
    def heard(message: Any) -> None:  # Any: Playwright's message
        if "Content Security Policy" in message.text:
            reports.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: reports.append(f"{page.url}: {error}"))
