"""What a mail server says, told apart: nobody lives there, not now, not this mail, or the line itself."""

import smtplib
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from withus.post import mail_line
from withus.post.letter import Letter
from withus.post.lines import LineDown, NoSuchAddress, Refused

LETTER = Letter(
    to="amira@example.org", subject="News\nfor you", text="Tea.", html="<p>Tea.</p>", stop="https://x.example/stop/1"
)


class Server(BaseEmailBackend):
    """Opens, and raises what it was given when something is handed over."""

    def __init__(self, trouble: Exception | None = None, *, at_opening: Exception | None = None) -> None:
        super().__init__()
        self.trouble, self.at_opening = trouble, at_opening
        self.opened = self.closed = 0
        self.sent: list[Any] = []

    def open(self) -> bool:
        self.opened += 1
        if self.at_opening:
            raise self.at_opening
        return True

    def close(self) -> None:
        self.closed += 1

    def send_messages(self, email_messages: Any) -> int:
        if self.trouble:
            raise self.trouble
        self.sent += email_messages
        return len(email_messages)


def line(monkeypatch: pytest.MonkeyPatch, server: Server) -> mail_line.MailLine:
    monkeypatch.setattr(mail_line, "get_connection", lambda: server)
    return mail_line.MailLine()


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"amira@example.org": (code, b"amira@example.org is not here")})


class Provider(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(f"{status} for amira@example.org")
        self.status_code = status


@pytest.mark.parametrize(
    ("trouble", "kind", "said"),
    [
        (refused(550), NoSuchAddress, "SMTPRecipientsRefused 550"),
        (refused(450), Refused, "SMTPRecipientsRefused 450"),
        (smtplib.SMTPDataError(554, b"spam"), Refused, "SMTPDataError 554"),
        (smtplib.SMTPSenderRefused(421, b"too many", "us@x.example"), LineDown, "SMTPSenderRefused 421"),
        (smtplib.SMTPServerDisconnected("gone"), LineDown, "SMTPServerDisconnected"),
        (TimeoutError(), LineDown, "TimeoutError"),
        (Provider(401), LineDown, "Provider 401"),
        (Provider(503), LineDown, "Provider 503"),
        (Provider(422), Refused, "Provider 422"),
        (ValueError("amira@example.org"), Refused, "ValueError"),
    ],
)
def test_troubles_are_told_apart_and_no_address_is_kept(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception, kind: type[Exception], said: str
) -> None:
    server = Server(trouble)
    with pytest.raises((LineDown, Refused)) as raised:
        line(monkeypatch, server).hand_over(LETTER, uid="1")
    assert (type(raised.value), str(raised.value), server.closed) == (kind, said, 1)


@pytest.mark.parametrize(
    "trouble", [ConnectionRefusedError(), smtplib.SMTPAuthenticationError(535, b"no"), TimeoutError()]
)
def test_a_server_that_cannot_be_opened_has_sent_nothing(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    with pytest.raises(LineDown) as raised:
        line(monkeypatch, Server(at_opening=trouble)).hand_over(LETTER, uid="1")
    assert raised.value.perhaps_sent is False


def test_one_connection_for_all_that_leaves_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    one = line(monkeypatch, server)
    for number in range(3):
        one.hand_over(LETTER, uid=str(number))
    one.close()
    assert (server.opened, server.closed, len(server.sent)) == (1, 1, 3)


def test_a_mail_is_plain_and_html_and_has_a_button_to_stop(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.WITHUS_MAIL_REPLY_TO = "office@lantern.example"
    server = Server()
    line(monkeypatch, server).hand_over(LETTER, uid="1")
    raw = server.sent[0].message()
    assert (raw["Subject"], raw["Reply-To"]) == ("News for you", "office@lantern.example")
    assert raw["List-Unsubscribe"] == "<https://x.example/stop/1>"
    assert raw["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in raw.walk()] == ["multipart/alternative", "text/plain", "text/html"]
