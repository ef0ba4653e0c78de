"""A browser and a running site for the walks. Any report of the content policy, on any page of any walk, fails it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.walks.listening import listen
from tests.walks.site import Site

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
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

PATIENCE = 15_000
"""Milliseconds for whatever is waited for: a machine that does six things at once is no fault of the page."""
expect.set_options(timeout=PATIENCE)

NewPage = Callable[..., Page]


def until(page: Page, held: Callable[[], bool]) -> None:
    """For what no page shows: `expect` waits for all else."""
    for _look in range(PATIENCE // 50):
        if held():
            return
        page.wait_for_timeout(50)
    pytest.fail("Waited in vain.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("WITHUS_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        pytest.fail("There is no browser. ./dev test finds or installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty installation: nobody has an account yet."""
    made = Site(tmp_path_factory.mktemp("site")).start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, loaded once for all walks of this run."""
    folder = tmp_path_factory.mktemp("demo")
    made = Site(folder, command="demo").start()
    made.stop()
    return folder


@pytest.fixture(scope="module")
def demo(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example in a copy of its own, running."""
    folder = tmp_path_factory.mktemp("demo-copy")
    shutil.copytree(demo_data, folder, dirs_exist_ok=True)
    made = Site(folder, command="demo").start()
    yield made
    made.stop()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """`new_page(js=False, size=PHONE)`: a browser of its own, as another person on another phone."""
    contexts: list[BrowserContext] = []
    reports: list[str] = []

    def make(*, js: bool = True, size: dict[str, int] = PHONE, **more: Any) -> Page:  # Any: Playwright's own options
        context = browser.new_context(java_script_enabled=js, viewport=size, locale="en-GB", **more)  # type: ignore[arg-type] # its own TypedDict
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()

        listen(page, reports)
        return page

    yield make
    for context in contexts:
        context.close()
    assert reports == []
