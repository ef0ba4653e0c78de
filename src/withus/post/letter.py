"""What is handed over, by each way: rendered when it is sent, never stored."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Letter:
    """One e-mail, as it is handed over. `stop`: the address with one button that ends these mails; empty for mail to staff."""

    to: str
    subject: str
    text: str
    html: str = ""
    stop: str = ""


@dataclass(frozen=True)
class TextMessage:
    """One text message to a telephone."""

    to: str
    text: str


@dataclass(frozen=True)
class PaperLetter:
    """One letter that a provider prints and posts: up to seven lines of address, the last with the postcode."""

    address: tuple[str, ...]
    subject: str
    text: str


Rendered = Letter | TextMessage | PaperLetter


def message_id(uid: str) -> str:
    """From the row's own key, so that a second hand-over of the same letter can be recognised."""
    return f"<{uid}@{settings.WITHUS_MAIL_DOMAIN}>"
