"""A project goes into other hands: after everybody was told and had time, and only when those who take it say yes."""

from datetime import datetime, timedelta

from withus.accounts.models import Staff
from withus.charter import actions as charter
from withus.charter.models import Charter
from withus.live import actions as live
from withus.loop import refusals
from withus.loop.actions.erasing import forget_the_erased
from withus.loop.actions.noticing import without_notice
from withus.loop.actions.turning import ask_the_others, waiting
from withus.loop.entries_closing import ProjectHandedOver, TakerWilling
from withus.loop.models import NOTHING_LEFT_TO_TRY
from withus.loop.models_of_closing import Notice, Turn, Turning
from withus.people.entries import TeamLeft
from withus.people.models import Person, WayKind
from withus.people.staying import staying
from withus.projects import actions as projects
from withus.projects import day
from withus.projects.models import Membership, Organisation
from withus.record import log as record

A_WEEK = timedelta(days=7)
"""For who came while it was under way (D)."""


def untold(turning: Turning, *, now: datetime) -> list[Notice]:
    """
    Who was not told of it yet by a way of theirs. For who left none it has to stand on their page for the whole time; for who came in the
    middle of it, a week.
    """
    rows = Notice.objects.filter(staying("person__"), turning=turning)
    waits = rows.exclude(state__in=NOTHING_LEFT_TO_TRY).select_related("person__name").order_by("pk")
    return [one for one in waits if not (one.way == WayKind.NONE and _stood(turning, one, now=now))]


def _stood(turning: Turning, notice: Notice, *, now: datetime) -> bool:
    came_later = turning.turned_at is not None and notice.at > turning.turned_at
    return now - notice.at >= (A_WEEK if came_later else timedelta(days=turning.days))


def asked_to_take(turning: Turning, staff: Staff) -> bool:
    """Theirs is the address that was written to; or they have said yes to it already."""
    if turning.what != Turn.HAND_OVER:
        return False
    return turning.to_id == staff.pk if turning.willing_at else _same_address(turning.asked, staff.email)


def _same_address(one: str, other: str) -> bool:
    """Big and small letters of ASCII only: by Unicode's rules an account with a long s (U+017F) would be asked in Sam's place."""
    return one.encode().lower() == other.encode().lower()


def say_willing(turning: Turning, *, organisation: Organisation | None, by: Staff, now: datetime) -> None:
    """Before anybody turns the second key. Nothing moves by it; only now those who could turn that key are asked."""
    project = turning.project
    with record.writing(project, now=now) as log:
        row = waiting(project, now=now)
        if row is None or row.pk != turning.pk or not asked_to_take(row, by):
            raise refusals.NothingWaits
        if row.willing_at is not None:
            return
        if organisation is None or not Membership.objects.filter(staff=by, organisation=organisation).exists():
            raise refusals.SayForWhom
        row.to, row.to_organisation, row.willing_at, row.to_sealed = by, organisation, now, ""
        row.save(update_fields=["to", "to_organisation", "willing_at", "to_sealed"])
        log.append(TakerWilling(to=str(organisation.uid)), by=f"staff:{by.uid}", about=row.uid)
        ask_the_others(project, row, now=now)


def take_over(turning: Turning, *, by: Staff, safe_person: str, safe_person_how: str, now: datetime) -> None:
    """
    By whoever takes it, and nobody else. Whoever took everything back is erased first, also where they could still have changed their
    mind: the new team must never have held it. The old team loses its places; co-leads stay with the people. Who can be talked to from
    now on is said with the same press: no page names for an hour somebody who has left, and no hours of theirs stand.
    """
    project = turning.project
    if not safe_person.strip():
        raise refusals.SayWhoIsSafe
    with record.writing(project, now=now) as log:
        row = Turning.objects.select_related("to", "to_organisation").get(pk=turning.pk)
        organisation = row.to_organisation
        mine = row.to == by and organisation is not None and row.what == Turn.HAND_OVER
        if not mine or row.turned_at is None or row.ended_at is not None or organisation is None:
            raise refusals.NothingWaits
        if not Membership.objects.filter(staff=by, organisation=organisation).exists():
            raise refusals.NothingWaits
        if row.until is None or day.of(project, now) < row.until:
            raise refusals.NotYetYours
        if untold(row, now=now) or without_notice(row).exists():
            raise refusals.NotYetYours
        for person in Person.objects.filter(project=project, erasing_at__isnull=False, erased_at=None):
            live.erase_given(person, now=now)
        forget_the_erased(now=now)
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        log.append(ProjectHandedOver(to=str(organisation.uid)), by=f"staff:{by.uid}", about=project.uid)
        live.end_duties(project)
        own = Charter.objects.get(project=project)
        charter.change_charter(
            own,
            by=by,
            now=now,
            version=own.version,
            safe_person=safe_person.strip(),
            safe_person_how=safe_person_how.strip(),
        )
        for left in projects.move(project, organisation=organisation, to=by):
            log.append(TeamLeft(part=left.part), by=f"staff:{by.uid}", about=left.staff.uid)
