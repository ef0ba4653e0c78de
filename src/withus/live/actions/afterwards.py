"""What the team notes when a workshop is over."""

from collections.abc import Mapping
from datetime import datetime

from withus.accounts.models import Staff
from withus.live import refusals
from withus.live.entries_running import WorkshopNoted
from withus.live.models import Afterwards
from withus.record import log as record
from withus.table.models import Workshop, WorkshopState


def note_afterwards(
    workshop: Workshop,
    *,
    version: int,
    wandering: str,
    incidents: str,
    minutes: Mapping[str, int],
    speaking_lived: int | None,
    pulse: Mapping[str, int],
    by: Staff,
    now: datetime,
) -> Afterwards:
    """
    Cards can be counted only by those who handed one in, so no count is above `asked`. An older version refuses. What says the same as what
    stands is not noted again.
    """
    asked = pulse.get("asked", 0)
    if any(count > asked for count in pulse.values()):
        raise refusals.MoreThanCards
    with record.writing(workshop.project, now=now) as log:
        workshop.refresh_from_db()
        if workshop.state != WorkshopState.ENDED:
            raise refusals.NotOverYet
        row, _made = Afterwards.objects.get_or_create(workshop=workshop)
        before = _as_it_stands(row)
        if row.version != version:
            raise refusals.NotedMeanwhile
        row.wandering, row.incidents, row.minutes = wandering, incidents.strip(), dict(minutes)
        row.speaking_lived, row.pulse = speaking_lived, dict(pulse)
        if before == _as_it_stands(row):
            return row
        row.version = version + 1
        row.save()
        log.append(WorkshopNoted(), by=f"staff:{by.uid}", about=workshop.uid)
    return row


def _as_it_stands(row: Afterwards) -> tuple[object, ...]:
    return row.wandering, row.incidents, row.minutes, row.speaking_lived, row.pulse
