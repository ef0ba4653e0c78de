"""Headers on every answer: a strict content policy, no store for what is somebody's, no index but for the public page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)

SIGN_OUT = "account_logout"
"""After it Back must show nobody what the team sees. While they work their pages are kept, so that what they typed is there on Back."""


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=(), interest-cohort=()")
        if request.path.startswith("/static/"):
            return response
        response.setdefault("X-Robots-Tag", "noindex")
        response.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)  # phones too old for frame-ancestors
        response.setdefault("Cache-Control", "private, no-cache" if request.method in {"GET", "HEAD"} else "no-store")
        if request.method == "POST" and request.resolver_match and request.resolver_match.url_name == SIGN_OUT:
            response["Clear-Site-Data"] = '"cache"'
        return response

    return answer
