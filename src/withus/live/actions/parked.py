"""Subjects set aside so that they come back. A parked subject is a contribution too, and is owed an answer."""

from datetime import date, datetime
from typing import Any

from withus.accounts.models import Staff
from withus.live import refusals
from withus.live.actions.contributions import Receipt, add_contribution
from withus.live.entries import SubjectParked, SubjectReturned, SubjectSettled
from withus.live.models import ParkedSubject, Running
from withus.projects.models import Project
from withus.record import log as record
from withus.table.models import Workshop

WHEN = frozenset({"now", "later today", "another day"})


def park(
    project: Project, *, workshop: Workshop, now: datetime, instead: bool = False, **given: Any
) -> Receipt:  # Any: add_contribution's own
    """
    Set a subject aside, in its asker's words. Takes what `add_contribution` takes. `instead`: they would rather talk about it than about
    what is on now; those who lead see that, and decide with the room.
    """
    with record.writing(project, now=now) as log:
        receipt = add_contribution(project, workshop=workshop, now=now, off_agenda=True, **given)
        _parked, made = ParkedSubject.objects.get_or_create(
            contribution=receipt.contribution, defaults={"workshop": workshop, "instead": instead}
        )
        if made:
            said = SubjectParked(workshop=str(workshop.uid))
            log.append(said, by=f"person:{receipt.person.uid}", about=receipt.contribution.uid)
    return receipt


def settle_parked(
    parked: ParkedSubject,
    *,
    when: str,
    owner: str,
    owner_agreed: bool,
    return_on: date | None,
    by: Staff,
    now: datetime,
) -> ParkedSubject:
    """Say when it comes back and who looks after it, who has said yes. For another day both are needed."""
    if when not in WHEN or (when == "another day" and not (return_on and owner.strip() and owner_agreed)):
        raise refusals.AnotherDayNeedsADay
    with record.writing(parked.workshop.project, now=now) as log:
        parked.refresh_from_db(fields=["when", "return_on", "owner", "owner_agreed"])
        before = (parked.when, parked.return_on, parked.owner, parked.owner_agreed)
        parked.when, parked.return_on = when, return_on
        if owner.strip():
            parked.owner, parked.owner_agreed = owner.strip(), owner_agreed
        if before == (parked.when, parked.return_on, parked.owner, parked.owner_agreed):
            return parked
        parked.save(update_fields=["when", "return_on", "owner", "owner_agreed"])
        said = SubjectSettled(when=when, return_on=return_on, has_owner=bool(parked.owner and parked.owner_agreed))
        log.append(said, by=f"staff:{by.uid}", about=parked.contribution.uid)
    return parked


def bring_back(parked: ParkedSubject, *, on: date, by: Staff, now: datetime) -> ParkedSubject:
    """It came back, and was talked about."""
    with record.writing(parked.workshop.project, now=now) as log:
        parked.refresh_from_db(fields=["returned_on"])
        if parked.returned_on is None:
            parked.returned_on = on
            parked.save(update_fields=["returned_on"])
            log.append(SubjectReturned(on=on), by=f"staff:{by.uid}", about=parked.contribution.uid)
    return parked


def ask_break(workshop: Workshop, *, now: datetime) -> None:
    """Somebody would like a break. One ask looks the same as ten, and nobody is told who."""
    with record.writing(workshop.project, now=now):
        Running.objects.filter(workshop=workshop, break_asked=False).update(break_asked=True)
