"""Signing in without a password: by a code in an e-mail, and by a passkey where the address is secure."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ports import free_port
from tests.walks.conftest import DESK, NewPage, until
from tests.walks.site import Site
from tests.walks.tls import proxy

pytestmark = [pytest.mark.walk, pytest.mark.slow]


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Site]:
    """An empty installation at an https address."""
    port = free_port()
    site = Site(tmp_path, environment={"WITHUS_ADDRESS": f"https://localhost:{port}", "WITHUS_PROXIES": "127.0.0.1"})
    with ExitStack() as ends:
        ends.callback(site.stop)
        site.start()
        front = proxy(port, to=site.port, folder=tmp_path)
        ends.callback(front.server_close)
        ends.callback(front.shutdown)
        yield site


def begin(page: Page, site: Site) -> None:
    page.goto(site.link("/begin/"))
    page.get_by_label("What are you called?").fill("Dev")
    page.get_by_label("Your e-mail address").fill("dev@lantern.example")
    page.get_by_label("What is your organisation called?").fill("Lantern House")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/projects")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"://[^/]+/$"))


def test_dev_signs_in_by_a_code_from_the_mailbox(demo: Site, new_page: NewPage) -> None:
    dev = new_page(js=False, size=DESK)
    dev.goto(f"{demo.url}/sign-in/login/")
    dev.get_by_role("link", name="No password? We e-mail you a code.").click()
    dev.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill("dev@lantern.example")
    dev.locator("main button").first.click()
    dev.wait_for_url("**/code/confirm/")
    mailbox, letter = new_page(size=DESK), re.compile("code", re.IGNORECASE)

    def has_come() -> bool:
        mailbox.goto(f"{demo.url}/mailbox")
        return mailbox.get_by_role("link", name=letter).count() > 0

    until(mailbox, has_come)  # it leaves a moment after the page
    mailbox.get_by_role("link", name=letter).first.click()
    code = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", mailbox.locator("main").inner_text())
    assert code is not None
    dev.locator("main input:not([type=hidden])").first.fill(code.group())
    dev.locator("main button").first.click()
    dev.wait_for_url("**/projects")


def test_dev_adds_a_passkey_and_signs_in_with_it(secure: Site, new_page: NewPage) -> None:
    dev = new_page(size=DESK, ignore_https_errors=True)
    key = dev.context.new_cdp_session(dev)
    key.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    key.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    begin(dev, secure)
    dev.get_by_role("link", name="Your account").click()
    dev.get_by_role("link", name="Your passkeys").click()
    dev.get_by_role("link", name="Add a passkey").click()
    dev.get_by_label(re.compile("name", re.IGNORECASE)).fill("My phone")
    dev.get_by_label(re.compile("passwordless", re.IGNORECASE)).check()
    dev.locator("#mfa_webauthn_add").click()
    expect(dev.get_by_text("Security key added.")).to_be_visible()
    dev.goto(f"{secure.environment['WITHUS_ADDRESS']}/account")
    sign_out(dev)
    dev.goto(f"{secure.environment['WITHUS_ADDRESS']}/sign-in/login/")
    dev.get_by_role("button", name="Sign in with a passkey").click()
    dev.wait_for_url("**/projects")
    expect(dev.get_by_role("link", name="Your account")).to_be_visible()


def test_plain_http_offers_no_passkey(demo: Site, new_page: NewPage) -> None:
    page = new_page(size=DESK)
    page.goto(f"{demo.url}/sign-in/login/")
    expect(page.get_by_role("button", name="Sign in", exact=False)).to_have_count(1)
    expect(page.get_by_text("passkey")).to_have_count(0)
