from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from withus.findings import proposal


def site(request: HttpRequest) -> dict[str, Any]:  # Any: a template context
    """What every page may say of the installation. What needs the session is a function: asked only by pages that show it."""

    def signed_in() -> bool:
        return bool(getattr(request, "user", None) and request.user.is_authenticated)

    return {
        "version": settings.WITHUS_VERSION,
        "public_address": settings.WITHUS_ADDRESS,
        "is_demo": settings.WITHUS_DEMO,
        "only_said": lambda: proposal.only_said(request),
        "account_url": lambda: reverse("accounts:account") if signed_in() else "",
        "sign_out_url": lambda: reverse("account_logout") if signed_in() else "",
    }
