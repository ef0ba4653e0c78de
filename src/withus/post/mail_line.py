"""The mail server, the mail provider, or the embedded mailbox where there is neither. One connection for all that leaves in one go."""

import socket
from contextlib import suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from withus.post.letter import Letter, Rendered, message_id
from withus.post.lines import LineDown, NoSuchAddress, Refused

NO_SUCH = {550, 551, 553}
"""What mail servers answer where nobody lives."""
NOT_NOW = {421, 454, 530, 535}
"""What they answer where it is not about this letter: too much at once, or not signed in."""
BAD_KEY, TOO_MUCH, THEIR_FAULT = (401, 403), 429, 500
"""What a provider's HTTP answers."""
NOBODY_THERE = {"AnymailRecipientsRefused", "AnymailInvalidAddress"}
"""django-anymail's names for an address that the provider does not take: known to be dead, or none at all."""


class MailLine:
    """Raises what lines.py names; the words of a mail server are not kept, since they may hold somebody's address."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def hand_over(self, rendered: Rendered, *, uid: str) -> str:
        assert isinstance(rendered, Letter)
        connection = self._open()
        message = _message(rendered, uid=uid)
        message.connection = connection
        try:
            message.send(fail_silently=False)
        except SMTPRecipientsRefused as refused:
            self.close()
            codes = {code for code, _words in refused.recipients.values()}
            kind = NoSuchAddress if codes and codes <= NO_SUCH else Refused
            raise kind(_said("SMTPRecipientsRefused", *codes)) from None
        except SMTPResponseException as refused:
            self.close()
            said = _said(type(refused).__name__, refused.smtp_code)
            raise (LineDown if refused.smtp_code in NOT_NOW else Refused)(said) from None
        except Exception as trouble:
            self.close()
            raise _of_another_kind(trouble) from None
        status = getattr(message, "anymail_status", None)
        return str(getattr(status, "message_id", None) or "")

    def has(self, uid: str) -> str | None:
        """SMTP cannot be asked. The same Message-ID lets the other side see that it is the same."""
        return None

    def cut(self) -> None:
        """A mail server that says a little now and then would be listened to for ever. What a provider's client waits for has an end."""
        sock = getattr(getattr(self._connection, "connection", None), "sock", None)
        if isinstance(sock, socket.socket):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> BaseEmailBackend:
        if self._connection is None:
            try:
                connection: BaseEmailBackend = get_connection()
                connection.open()
            except (SMTPException, OSError, ImportError, ImproperlyConfigured, ValueError) as trouble:
                raise LineDown(_said(type(trouble).__name__, getattr(trouble, "smtp_code", ""))) from None
            self._connection = connection
        return self._connection


class Traced(EmailMultiAlternatives):
    """A provider gives `metadata` back with what became of the mail; a mail server never sees it."""

    metadata: dict[str, str]


def _message(letter: Letter, *, uid: str) -> Traced:
    headers = {"Message-ID": message_id(uid), "Auto-Submitted": "auto-generated"}
    if letter.stop:
        headers |= {"List-Unsubscribe": f"<{letter.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = Traced(
        subject=" ".join(letter.subject.split()),
        body=letter.text,
        to=[letter.to],
        reply_to=[settings.WITHUS_MAIL_REPLY_TO] if settings.WITHUS_MAIL_REPLY_TO else None,
        headers=headers,
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    if settings.WITHUS_MAIL_PROVIDER:
        message.metadata = {"withus": uid}
    return message


def _of_another_kind(trouble: Exception) -> LineDown | Refused:
    """
    A provider's client raises its own kinds; they have the HTTP status in common. Asked first: of one of them each refusal is an OSError
    too, and one address that it does not take would count as a line that is down, for everybody.
    """
    status = getattr(trouble, "status_code", None)
    if isinstance(status, int):
        said = _said(type(trouble).__name__, status)
        if status in (*BAD_KEY, TOO_MUCH) or status >= THEIR_FAULT:
            return LineDown(said, perhaps_sent=status >= THEIR_FAULT)
        return Refused(said)
    if isinstance(trouble, SMTPException | OSError):
        return LineDown(type(trouble).__name__, perhaps_sent=True)
    name = type(trouble).__name__
    return NoSuchAddress(f"NoSuchAddress {name}") if name in NOBODY_THERE else Refused(name)


def _said(name: str, *codes: int | str) -> str:
    return " ".join([name, *(str(code) for code in sorted(codes, key=str) if code)])
