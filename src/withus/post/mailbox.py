"""The embedded mailbox: where mail goes on a server without SMTP. Unique on Message-ID, so that there everything arrives once."""

from collections.abc import Sequence
from email.utils import make_msgid

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
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
            Delivered.objects.bulk_create([arrived], ignore_conflicts=True)
        return len(email_messages)
