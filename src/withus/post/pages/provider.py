"""What a mail provider says of what became of our mails. Only with a provider, and only for who knows the secret."""

import hmac
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from withus.post import bounces

BACK = frozenset({"bounced", "rejected", "failed"})


@csrf_exempt
def told(request: HttpRequest, provider: str) -> HttpResponse:
    """
    The provider signs in with `WITHUS_MAIL_WEBHOOK_SECRET` (user:password, which django-anymail checks); no cookie counts, so there is
    nothing for another site to misuse.
    """
    name, secret = settings.WITHUS_MAIL_PROVIDER, settings.WITHUS_MAIL_WEBHOOK_SECRET
    if not name or not secret or not hmac.compare_digest(provider.encode(), name.encode()):
        raise Http404
    from anymail import urls  # noqa: PLC0415 -- an extra

    view = next((one.callback for one in urls.urlpatterns if one.name == f"{name}_tracking_webhook"), None)
    if view is None:
        raise Http404
    answer: HttpResponse = view(request)
    return answer


def note(
    sender: Any, event: Any, **_more: Any
) -> None:  # Any: django-anymail is an extra and is not there for the types
    """
    django-anymail's signal: what the webhook said, in one form for all providers. A mail of ours gives its key back; some providers keep
    none, and give back only what they called it.
    """
    if event.event_type in BACK:
        uid = str((event.metadata or {}).get("withus", "")) or bounces.called(str(event.message_id or ""))
        bounces.came_back(uid, trouble="bounce", now=timezone.now())
