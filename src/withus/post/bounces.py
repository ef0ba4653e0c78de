"""
What the other side says after a letter left: mail that came back, a number that does not exist.

A returned mail is read from a report in a standard form (RFC 3464) that a mail server pipes in; a provider's from its webhook; GOV.UK
Notify is asked. None of them is believed about anything but a letter of ours that it can name by its own random key.
"""

import email
import email.policy
import re
from collections.abc import Iterable
from datetime import datetime
from email.message import Message
from typing import Any
from uuid import UUID

from withus.post import worker
from withus.post.lines import LineDown, Refused
from withus.post.models import LetterState, Outgoing
from withus.post.notify_line import NotifyLine

OURS = re.compile(r"<([0-9a-f-]{36})@[^<>\s]+>", re.IGNORECASE)
FAILURES = {"permanent-failure", "temporary-failure", "technical-failure", "validation-failed", "virus-scan-failed"}


def read(report: bytes, *, now: datetime) -> bool:
    """
    A report of a mail that came back for good. False for anything else: out of office, a delay, somebody else's mail. Read with Python's
    older policy, which takes headers as they are: the newer one breaks on some that are broken.
    """
    message = email.message_from_bytes(report, policy=email.policy.compat32)
    code = _failed_for_good(message)
    uid = _of_ours(message)
    return code is not None and uid is not None and came_back(uid, trouble=f"bounce {code}", now=now)


def came_back(uid: str, *, trouble: str, now: datetime) -> bool:
    """Only what has left; whether it is news."""
    try:
        key = UUID(uid)
    except ValueError:
        return False
    letter = Outgoing.objects.filter(uid=key, state__in=(LetterState.SENT, LetterState.PERHAPS_TWICE)).first()
    return letter is not None and worker.came_back(letter, trouble=trouble, now=now)


def is_on_its_way(uid: str) -> bool:
    """It is being handed over, or has left and nobody has noted it yet."""
    try:
        return Outgoing.objects.filter(uid=UUID(uid), state=LetterState.SENDING).exists()
    except ValueError:
        return False


def called(provider_id: str) -> str:
    """The key of the letter that a provider calls so; empty where none is."""
    rows = Outgoing.objects.filter(provider_id=provider_id[:120]).exclude(provider_id="")
    return str(rows.values_list("uid", flat=True).first() or "")


def ask(reference: dict[str, Any], now: datetime) -> None:
    """The job: what became of this text message or letter?"""
    letter = Outgoing.objects.filter(uid=reference["letter"]).exclude(provider_id="").first()
    if letter is None or letter.bounced_at is not None:
        return
    try:
        became = NotifyLine().became(letter.provider_id)
    except (LineDown, Refused):
        return
    if became in FAILURES:
        came_back(str(letter.uid), trouble=became, now=now)


def _failed_for_good(message: Message) -> str | None:
    """The status of a delivery report that says `failed` for good, like `5.1.1`."""
    for part in _parts(message):
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
                    status = re.match(r"\s*(5\.\d{1,3}\.\d{1,3})", str(block.get("Status", "")))
                    if status:
                        return status[1]
    return None


def _of_ours(message: Message) -> str | None:
    """The key in the Message-ID of the mail that came back, which the report carries whole or by its headers."""
    for part in _parts(message):
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers", "message/global-headers"}:
            payload = part.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else email.message_from_string(str(payload))
            if not isinstance(inner, Message):
                continue
            found = OURS.search(str(inner.get("Message-ID", "")))
            if found:
                return found[1]
    return None


def _parts(message: Message) -> Iterable[Message]:
    return message.walk()
