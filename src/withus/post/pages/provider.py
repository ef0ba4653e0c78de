"""What a mail provider says of what became of our mails. Only with a provider, and only for who knows the secret."""

import binascii
import hmac
import logging
from base64 import b64decode
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from withus.post import bounces

BACK = frozenset({"bounced", "rejected", "failed"})
SPARKPOST_PASSES = frozenset({"1", "20", "21", "22", "23", "24", "40", "70"})
"""Its classes of a bounce that may be none next week: a full mailbox, a server that is down."""
PASSES: dict[str, Callable[[Any], bool]] = {  # Any: JSON, of each provider in its own shape
    "amazon_ses": lambda said: bool("bounce" in said and said["bounce"]["bounceType"] != "Permanent"),
    "brevo": lambda said: bool(said.get("event") == "soft_bounce"),
    "mailersend": lambda said: bool(said["data"]["type"] == "soft_bounced"),
    "mailjet": lambda said: bool(said.get("event") == "bounce" and not said.get("hard_bounce")),
    "mandrill": lambda said: bool(said.get("event") == "soft_bounce"),
    "postmark": lambda said: bool(said.get("Type") == "SoftBounce"),
    "resend": lambda said: bool(said["data"].get("bounce", {}).get("type", "Permanent") != "Permanent"),
    "sparkpost": lambda said: any(one.get("bounce_class") in SPARKPOST_PASSES for one in said["msys"].values()),
}
"""By provider: whether it has given this mail up for something that may pass. The others say so by an event of another kind."""
log = logging.getLogger(__name__)


class TooEarly(Exception):
    """A mail that came back before its hand-over was noted here. The provider says it again later."""


@csrf_exempt
def told(request: HttpRequest, provider: str) -> HttpResponse:
    """
    The provider signs in with `WITHUS_MAIL_WEBHOOK_SECRET` (user:password), before anything that it says is read; no cookie counts, so
    there is nothing for another site to misuse. A HEAD asks only whether somebody is there. What nobody can read is answered in such a way
    that it is not said again for days.
    """
    name, secret = settings.WITHUS_MAIL_PROVIDER, settings.WITHUS_MAIL_WEBHOOK_SECRET
    if not name or not secret or not hmac.compare_digest(provider.encode(), name.encode()):
        raise Http404
    view = _view(name)
    if view is None:
        raise Http404
    if request.method != "HEAD" and not _signed_in(request, secret):
        refused = HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="WithUs"'})
        return refused if "Authorization" not in request.headers else HttpResponse(status=403)
    try:
        answer: HttpResponse = view(request)
    except TooEarly:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    except ImproperlyConfigured as trouble:
        log.error("What the mail provider says cannot be read: %s", str(trouble).partition("\n")[0])
        return HttpResponse(status=503)
    except Exception as trouble:
        if not isinstance(trouble, (LookupError, TypeError, ValueError, AttributeError)) and not _is_theirs(trouble):
            raise
        log.warning("What the mail provider says makes no sense: %s", type(trouble).__name__)
        return HttpResponse(status=400)
    return answer


def check() -> None:
    """Raises what is missing for `told` to understand this provider, which signs what it says."""
    name = settings.WITHUS_MAIL_PROVIDER
    view = _view(name)
    if view is None or not settings.WITHUS_MAIL_WEBHOOK_SECRET:
        return
    made: Any = view
    instance = made.view_class()
    if getattr(instance, "webhook_key", "") is None:
        raise ImproperlyConfigured(f"You must set {name.upper()}_WEBHOOK_KEY.")


def note(
    sender: Any, event: Any, **_more: Any
) -> None:  # Any: django-anymail is an extra and is not there for the types
    """
    django-anymail's signal: what the webhook said, in one form for all providers. A mail of ours gives its key back; some providers keep
    none, and give back only what they called it.
    """
    if event.event_type not in BACK or _is_an_answer(event):
        return
    uid = str((event.metadata or {}).get("withus", "")) or bounces.called(str(event.message_id or ""))
    passes = PASSES.get(settings.WITHUS_MAIL_PROVIDER)
    may_pass = event.event_type == "bounced" and passes is not None and passes(event.esp_event)
    if bounces.is_on_its_way(uid):
        raise TooEarly
    bounces.came_back(uid, trouble="temporary-failure" if may_pass else "bounce", now=timezone.now())


def _is_an_answer(event: Any) -> bool:  # Any: as above
    """
    Amazon's word for somebody's “I am away till Monday” is a bounce, too: a passing one of no known kind, and no mail server says a status.
    """
    if settings.WITHUS_MAIL_PROVIDER != "amazon_ses" or event.event_type != "bounced":
        return False
    said = event.esp_event["bounce"]
    kind = (said.get("bounceType"), said.get("bounceSubType"))
    return kind == ("Transient", "General") and not any(one.get("status") for one in said["bouncedRecipients"])


def _view(name: str) -> Callable[[HttpRequest], HttpResponse] | None:
    from anymail import urls  # noqa: PLC0415 -- an extra

    return next((one.callback for one in urls.urlpatterns if one.name == f"{name}_tracking_webhook"), None)


def _signed_in(request: HttpRequest, secret: str) -> bool:
    kind, _space, said = request.headers.get("Authorization", "").partition(" ")
    try:
        given = b64decode(said.strip(), validate=True)
    except (ValueError, binascii.Error):
        return False
    return kind.lower() == "basic" and hmac.compare_digest(given, secret.encode())


def _is_theirs(trouble: Exception) -> bool:
    """django-anymail's own kind: it could not read it, or a signature is wrong."""
    from anymail.exceptions import AnymailError  # noqa: PLC0415 -- an extra

    return isinstance(trouble, AnymailError)
