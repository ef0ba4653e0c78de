"""One address for whatever watches the server: does it answer, does its database, and is there room for what people say?"""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

LEAST_ROOM = 200 * 1024 * 1024
"""Bytes. Said while there is time to make room: at 50 MB `serve` does not start any more."""


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """One plain sentence, 200 or 503. Says nothing of anybody or any project."""
    trouble = ""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        trouble = _("The database does not answer.")
    if not trouble and shutil.disk_usage(settings.WITHUS_DATA).free < LEAST_ROOM:
        trouble = _("The disk is nearly full.")
    response = HttpResponse(
        f"{trouble or _('All is well.')}\n", content_type="text/plain", status=503 if trouble else 200
    )
    response["Cache-Control"] = "no-store"
    return response
