"""
Trying words: guessing is limited, nobody is ever locked out.

Only misses count: 20 an hour for an address block (/24, /64), and 10 more for each device that came by the room's code, which is no more
than 200 in all: a browser that forgets who it was comes by that code again and again. Then words are not looked at for that hour; the link
or QR still works. No thread sleeps.
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
FROM_A_BLOCK = 200
"""With all its devices (D): twenty people of one room who each type badly ten times."""


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
    """
    When words are looked at again from there; None: now. A device has its own 10 misses first; what it misses beyond them, and every miss
    without a device, is one of the block's 20.
    """
    own: dict[str, int] = {}
    mine: list[datetime] = []
    shared: list[datetime] = []
    misses = Miss.objects.filter(project=project, block=block, at__gt=now - HOUR).order_by("at", "pk")
    rows = list(misses.values_list("at", "device"))
    if len(rows) >= FROM_A_BLOCK:
        return rows[-FROM_A_BLOCK][0] + HOUR
    for at, by_device in rows:
        own[by_device] = own.get(by_device, 0) + 1
        if by_device and own[by_device] <= FOR_A_DEVICE:
            if by_device == device:
                mine.append(at)
        else:
            shared.append(at)
    if len(shared) < FOR_A_BLOCK or (device and len(mine) < FOR_A_DEVICE):
        return None
    return min(mine[0], shared[-FOR_A_BLOCK]) + HOUR if device else shared[-FOR_A_BLOCK] + HOUR


def note_miss(project: Project, *, block: str, device: str, now: datetime) -> None:
    actions.count_miss(project, block=block, device=device, now=now)
