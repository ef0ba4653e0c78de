from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.ui.gallery import ERRORS, NAMES, asked, render
from tests.ui.serving import Site

expect.set_options(timeout=15_000)  # a machine that does six things at once is no fault of the page


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """For this package only: Playwright allows one at a time, and the walks bring their own."""
    program = os.environ.get("WITHUS_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        pytest.fail("No Chromium: run these tests by ./dev test, which brings one, or set WITHUS_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site() -> Iterator[Site]:
    pages = {name: render(name) for name in (*NAMES, *ERRORS)}
    site = Site(pages | {"form-wrong": render("form", asked(name="Amira")), "rtl": render("honest", language="ar")})
    yield site
    site.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone on which any complaint of the browser, the policy's above all, fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    known = ("ERR_INTERNET_DISCONNECTED", "status of 503", "status of 403", "ERR_INCOMPLETE_CHUNKED_ENCODING")
    assert [text for text in complaints if not any(word in text for word in known)] == []
