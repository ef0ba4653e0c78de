"""
Trying words: guessing is limited, nobody is ever locked out.

Only misses count: 20 an hour for an address block (/24, /64), and 10 more for each device that came by the room's code. Then words are not
looked at for that hour; the link or QR still works. No thread sleeps.
"""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from withus.people import actions
from withus.people.models import Miss
from withus.projects.models import Project

HOUR = timedelta(hours=1)
FOR_A_BLOCK = 20
FOR_A_DEVICE = 10


def block_of(request: HttpRequest) -> str:
    """The neighbourhood that an address belongs to. A proxy's word is taken only where WITHUS_PROXIES names it."""
    address = request.META.get("REMOTE_ADDR", "")
    if address in settings.WITHUS_PROXIES:
        forwarded = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
        address = next((one for one in reversed(forwarded) if one not in settings.WITHUS_PROXIES), address)
    try:
        size = 24 if ipaddress.ip_address(address).version == 4 else 64
        return str(ipaddress.ip_network(f"{address}/{size}", strict=False))
    except ValueError:
        return "unknown"


def closed_until(project: Project, *, block: str, device: str, now: datetime) -> datetime | None:
    """When words are looked at again from there; None: now."""
    since = now - HOUR
    rows = Miss.objects.filter(project=project, block=block, at__gt=since)
    mine = rows.filter(device=device) if device else rows
    most = FOR_A_DEVICE if device else FOR_A_BLOCK
    times = list(mine.order_by("-at").values_list("at", flat=True)[:most])
    if len(times) < most:
        return None
    if device and rows.filter(device="").count() < FOR_A_BLOCK and rows.count() < FOR_A_BLOCK:
        return None
    return times[-1] + HOUR


def note_miss(project: Project, *, block: str, device: str, now: datetime) -> None:
    actions.count_miss(project, block=block, device=device, now=now)
