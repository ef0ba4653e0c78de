"""
The secret address of somebody's calendar: derived, never stored readable, and checked here only; as people's own links are.
"""

import base64

from django.conf import settings

from withus.people import keys
from withus.projects.models import Team
from withus.reports.models import CalendarLink

LETTERS = 26


def secret_of(row: CalendarLink) -> str:
    """The first 128 bits in base32, as in a person's link."""
    said = ("calendar", str(row.project.uid), str(row.staff.uid), str(row.generation))
    return base64.b32encode(keys.mac(settings.WITHUS_DATA, "links", *said)[:16]).decode().rstrip("=")


def index_of(secret: str) -> str:
    return keys.mac(settings.WITHUS_DATA, "index", "calendar", secret).hex()


def by_secret(typed: str) -> CalendarLink | None:
    """None for a wrong, old or ended one, and for whoever is no longer on the team."""
    letters = typed.strip().upper()
    if len(letters) != LETTERS:
        return None
    rows = CalendarLink.objects.filter(index=index_of(letters), ended_at=None, staff__is_active=True)
    row = rows.select_related("project__organisation", "staff").first()
    if row is None or not Team.objects.filter(project=row.project, staff=row.staff).exists():
        return None
    return row
