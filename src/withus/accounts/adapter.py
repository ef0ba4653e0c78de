import logging
import secrets
import threading
from collections.abc import Callable
from contextvars import copy_context
from email.utils import make_msgid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connections
from django.http import HttpRequest

from withus.post.beside import html_of

log = logging.getLogger(__name__)
MILLISECONDS = range(150, 400)


def in_a_moment(work: Callable[[], None]) -> None:
    """In a thread of its own, after the answer has gone: how long it takes is nobody's to measure."""
    timer = threading.Timer(secrets.choice(MILLISECONDS) / 1000, copy_context().run, [_with_its_own_lines, work])
    timer.daemon = True
    timer.start()


def _with_its_own_lines(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        connections.close_all()


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is not typed
    """Accounts are made by invitation of a facilitator or admin, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # Any: allauth's
        """
        A mail goes to those only who have an account, so nobody waits for it: a page that came later than others would say who has one. Nor
        is the page another where no mail can leave.
        """

        def send() -> None:
            try:
                super(Adapter, self).send_mail(template_prefix, email, context)
            except Exception as trouble:
                log.warning("A mail to sign in could not leave: %s", type(trouble).__name__)

        in_a_moment(send)

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMultiAlternatives:  # Any: allauth's
        """The code and the link that somebody waits for, made like all our mails: they leave at once, without the outbox."""
        ours = {"Message-ID": make_msgid(domain=settings.WITHUS_MAIL_DOMAIN), "Auto-Submitted": "auto-generated"}
        made: EmailMultiAlternatives = super().render_mail(template_prefix, email, context, {**ours, **(headers or {})})
        if settings.WITHUS_MAIL_REPLY_TO:
            made.reply_to = [settings.WITHUS_MAIL_REPLY_TO]
        links = [str(context.get("password_reset_url", ""))]
        made.attach_alternative(html_of(str(made.body), title=str(made.subject), links=links), "text/html")
        return made
