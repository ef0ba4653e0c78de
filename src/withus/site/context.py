from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:  # Any: a template context
    """What every page may say of the installation: nothing that needs a query."""
    return {
        "version": settings.WITHUS_VERSION,
        "public_address": settings.WITHUS_ADDRESS,
        "is_demo": settings.WITHUS_DEMO,
    }
