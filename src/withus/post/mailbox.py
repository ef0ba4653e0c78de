"""The embedded mailbox: where mail goes on a server without SMTP. Unique on Message-ID, so that there everything arrives once."""

from collections.abc import Sequence
from email.utils import make_msgid

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from withus.post.models import Delivered


class Mailbox(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message. A message that is here already counts as sent: that is the promise of its id."""
        for message in email_messages:
            html = ""
            if isinstance(message, EmailMultiAlternatives):
                html = next((str(one[0]) for one in message.alternatives if one[1] == "text/html"), "")
            arrived = Delivered(
                message_id=message.extra_headers.get("Message-ID") or make_msgid(domain="withus"),
                to=", ".join(message.recipients()),
                subject=str(message.subject),
                text=str(message.body),
                html=html,
                at=timezone.now(),
            )
            by_itself = not connection.in_atomic_block
            with transaction.atomic():
                if by_itself and connection.vendor == "postgresql":
                    _with_what_follows()
                Delivered.objects.bulk_create([arrived], ignore_conflicts=True)
        return len(email_messages)


def _with_what_follows() -> None:
    """
    This transaction need not wait for the disk. PostgreSQL writes in order: it is there before that its letter has left, which follows and
    does wait. Should the machine stop between the two, neither has happened, and the letter leaves again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO OFF")
