"""
Each kind of mail that the program sends, as it leaves: what is read aloud is the same in both parts, and it says who writes and what to do.
"""

import re
from email.message import Message
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, cast
from tests.site.every_mail import every_mail
from withus.post import worker
from withus.post.beside import html_of
from withus.projects import actions as projects

pytestmark = pytest.mark.django_db
TO_STAFF = {
    "project.reopened",
    "colleague.added",
    "project.asked",
    "project.offered",
    "project.stopped",
    "promise.broken",
    "promise.near",
    "promise.not_so",
    "words.tried",
}
LINK = re.compile(r"https?://\S+")


class Heard(HTMLParser):
    """What a screen reader says of a mail, and where its links go."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: dict[str, str] = {}
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._link = self._quiet = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self._quiet = tag if tag == "title" else self._quiet
        self._link = dict(attrs).get("href") or self._link

    def handle_endtag(self, tag: str) -> None:
        self._quiet = "" if tag == self._quiet else self._quiet
        self._link = "" if tag == "a" else self._link

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.words += words(data)
            if self._link:
                self.links[self._link] = self.links.get(self._link, "") + data


def words(text: str) -> list[str]:
    return re.findall(r"\w+", LINK.sub(" ", text))


def html(one: EmailMessage) -> str:
    assert isinstance(one, EmailMultiAlternatives)
    return "".join(str(part[0]) for part in one.alternatives if part[1] == "text/html")


@pytest.fixture
def them() -> Cast:
    return cast()


MADE: dict[str, EmailMultiAlternatives] = {}


@pytest.fixture
def mails() -> dict[str, EmailMultiAlternatives]:
    """Made once: nobody changes them."""
    if not MADE:
        MADE.update(every_mail(cast()))
    return MADE


def test_there_is_one_of_each_kind(mails: dict[str, EmailMultiAlternatives]) -> None:
    assert set(mails) == set(worker._letters)


def test_plain_and_html_say_the_same_and_a_link_says_where_it_goes(mails: dict[str, EmailMultiAlternatives]) -> None:
    for kind, one in mails.items():
        heard = Heard(html(one))
        assert (kind, heard.words) == (kind, words(str(one.body)))
        assert (kind, sorted(set(LINK.findall(str(one.body))))) == (kind, sorted(heard.links))
        assert [called for called in heard.links.values() if not words(called)] == []
        assert (kind, heard.tags & {"img", "table", "style", "script", "link", "iframe"}) == (kind, set())
        assert (kind, heard.attributes - {"lang", "dir", "charset", "href"}) == (kind, set())


def test_each_says_who_writes_greets_and_leads_somewhere(mails: dict[str, EmailMultiAlternatives]) -> None:
    for kind, one in mails.items():
        said = str(one.body)
        assert (kind, said.startswith(("Dear ", "Hello"))) == (kind, True)
        assert (kind, "Lantern House" in said) == (kind, True)
        assert (kind, bool(LINK.search(said)) or "You need to do nothing" in said) == (kind, True)
        assert (kind, "None" in said) == (kind, False)


def test_the_basics_that_a_spam_filter_looks_at(
    mails: dict[str, EmailMultiAlternatives], settings: Any
) -> None:  # Any: pytest-django's settings
    for kind, one in mails.items():
        raw: Message = one.message()
        assert (kind, raw["From"]) == (kind, settings.DEFAULT_FROM_EMAIL)
        assert (kind, raw["Message-ID"].rpartition("@")[2]) == (kind, f"{settings.WITHUS_MAIL_DOMAIN}>")
        assert (kind, bool(raw["Date"]), raw["Auto-Submitted"]) == (kind, True, "auto-generated")
        parts = [part.get_content_type() for part in raw.walk()]
        assert (kind, parts) == (kind, ["multipart/alternative", "text/plain", "text/html"])
        assert (kind, bool(raw["List-Unsubscribe"])) == (kind, kind not in TO_STAFF)
        assert (kind, max(len(line) for line in raw.as_bytes().splitlines()) < 998) == (kind, True)


def test_from_a_laptop_in_a_hall_no_mail_leads_to_it_and_none_promises_a_link(
    them: Cast, settings: Any
) -> None:  # Any: pytest-django's settings
    settings.WITHUS_LAN = True
    projects.change_organisation(them.organisation, telephone="01632 960 123", lasting_address="")
    for kind, one in every_mail(them).items():
        if kind not in {*TO_STAFF, "key.waits", "key.turned"}:
            assert (kind, LINK.findall(str(one.body))) == (kind, [])
            assert (kind, re.findall(r":\s*\n\s*\n", str(one.body))) == (kind, [])
        assert (kind, Heard(html(one)).words) == (kind, words(str(one.body)))


def test_what_somebody_typed_never_becomes_a_link_or_a_tag() -> None:
    text = "We do:\nhttps://evil.example\n\n<b>Now</b>, here:\nhttps://ours.example/k/A\n\nYour page: https://ours.example/k/A"
    made = html_of(text, title="<i>", links=["https://ours.example/k/A", ""])
    assert "<b>" not in made
    assert Heard(made).links == {"https://ours.example/k/A": "<b>Now</b>, hereYour page"}
    assert "<p>We do:<br>\nhttps://evil.example</p>" in made
    assert "<title>&lt;i&gt;</title>" in made


def test_who_signs_in_is_written_to_like_everybody(settings: Any) -> None:  # Any: pytest-django's settings
    settings.WITHUS_MAIL_REPLY_TO = "office@lantern.example"
    them = cast()
    for name in ("account_request_login_code", "account_reset_password"):
        Client().post(reverse(name), {"email": them.dev.email})
    for one in mail.outbox:
        assert isinstance(one, EmailMultiAlternatives)
        heard = Heard(html(one))
        assert heard.words == words(str(one.body))
        assert str(one.body).startswith("Hello")
        assert one.message()["Message-ID"].endswith(f"@{settings.WITHUS_MAIL_DOMAIN}>")
        assert one.reply_to == ["office@lantern.example"]
        assert "Thank you for using" not in str(one.body)
        assert "testserver" not in one.subject
    assert [one.subject for one in mail.outbox] == [
        "Your code to sign in to WithUs",
        "Choose a new password for WithUs",
    ]
    assert len(Heard(html(mail.outbox[1])).links) == 1
