"""What search engines may look at. Each page says it again for itself: all but public pages are noindex."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

NEVER = ("/k/", "/r/", "/calendar/", "/stop/", "/begin/", "/sign-in", "/mailbox")
"""Addresses that are keys, or lead nobody anywhere. One that is only private is not told here: it must be fetched to be seen as noindex."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NEVER)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('reports:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
