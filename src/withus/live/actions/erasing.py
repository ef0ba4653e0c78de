"""Taking everything back that somebody gave: words, drawings, photos, sounds. The chain still verifies afterwards."""

import json
import os
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from withus.live.actions.media import discard
from withus.live.models import CardState, Contribution, Media, ParkedSubject, Rating, UseSaid
from withus.people import actions as people
from withus.people.models import Person
from withus.record import log as record


def erase_given(person: Person, *, now: datetime) -> list[str]:
    """
    Nothing that this person gave can be read afterwards, nor who they were. A card that they said together with others stays the others'.
    Returns the uids of what was erased. Once more does nothing more.
    """
    project = person.project
    with record.writing(project, now=now):
        fresh = Person.objects.get(pk=person.pk)
        if fresh.erased_at is not None:
            return []
        theirs = []
        for card in Contribution.objects.filter(person=fresh).select_related("media", "parked"):
            other = card.with_persons.order_by("pk").first()
            if other is not None:
                card.person = other
                card.save(update_fields=["person"])
                card.with_persons.remove(other)
                continue
            theirs.append(str(card.uid))
            _empty(card, now=now)
        Rating.objects.filter(person=fresh).delete()
        UseSaid.objects.filter(person=fresh).delete()
        Contribution.with_persons.through.objects.filter(person=fresh).delete()
        people.erase(fresh, now=now, about=theirs)
        _remember(person, theirs, now)
        transaction.on_commit(leave_no_trace)
    return theirs


def erase_due(now: datetime) -> int:
    """Everybody whose time to undo is over; how many."""
    due = Person.objects.filter(erasing_at__lte=now, erased_at=None).select_related("project")
    return sum(erase_if_still_due(person, now=now) for person in due)


def erase_if_still_due(person: Person, *, now: datetime) -> bool:
    """Not whoever has just undone it: their press and this stand in one line."""
    with record.writing(person.project, now=now):
        still = Person.objects.filter(pk=person.pk, erasing_at__lte=now, erased_at=None).exists()
        if still:
            erase_given(person, now=now)
    return still


def erase_due_job(reference: dict[str, Any], now: datetime) -> None:
    erase_due(now)


def _empty(card: Contribution, *, now: datetime) -> None:
    """What remains says only that something was given here, as the chain does."""
    media: Media | None = card.media
    card.words = card.picture = card.language = card.held_words = card.held_because = card.device = ""
    card.content_digest = card.sent_once = card.mark + card.uid.hex
    card.gone_at = card.gone_at or now
    card.media, card.block, card.state = None, None, CardState.ERASED
    card.save()
    ParkedSubject.objects.filter(contribution=card).update(instead=False)
    if media is not None:
        discard(media)


def stop_erasing(person: Person, *, now: datetime) -> None:
    """
    Everything is back. Where a hand-over that came to nothing had erased them already, its line in `erased.log` is taken back too: the next
    start would go by it.
    """
    with record.writing(person.project, now=now):
        people.stop_erasing(person, now=now)
        path = settings.WITHUS_DATA / "erased.log"
        if path.exists() and str(person.uid) in path.read_text():
            _write_down({"person": str(person.uid), "back": True}, now)


def _remember(person: Person, theirs: list[str], now: datetime) -> None:
    """
    `erased.log` lies beside the data: a backup that is restored must not bring anybody back. It holds uids, never words. Written before
    the rows go: a fall in between leaves a line too many, never one too few.
    """
    _write_down({"person": str(person.uid), "about": theirs}, now)


def _write_down(said: dict[str, Any], now: datetime) -> None:  # Any: JSON
    path = settings.WITHUS_DATA / "erased.log"
    line = json.dumps({"at": now.astimezone(UTC).isoformat(), **said})
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a") as file:
        file.write(f"\n{line}\n")
        file.flush()
        os.fsync(file.fileno())


def leave_no_trace() -> None:
    """SQLite keeps old pages until somebody empties its write-ahead log: there, and in its file what was deleted only in that log."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
