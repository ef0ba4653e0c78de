"""
What did not arrive goes by the next way that the person gave. After three tries over two ways they could not be reached: that is written
down, and stays open to them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from withus.accounts.models import Staff
from withus.loop import reach, refusals
from withus.loop.actions.noticing import LETTER as TURNS
from withus.loop.actions.owing import open_again
from withus.loop.actions.sending import LETTER, send_rounds, waits_of, way_now
from withus.loop.entries import PersonTried, PersonUnreachable
from withus.loop.models import NOTHING_LEFT_TO_TRY, Telling, Told
from withus.loop.models_of_closing import Notice
from withus.loop.models_of_telling import Try
from withus.people import actions as people
from withus.people.models import Person, WayKind
from withus.post import actions as post
from withus.post.models import Outgoing
from withus.post.troubles import is_the_address
from withus.record import log as record
from withus.record.models import Opening

TRIES, WAYS = 3, 2


def note_try(person: Person, *, way: str, because: str, by: Staff, now: datetime, seen: int | None = None) -> bool:
    """
    Somebody of the team tried: rang and nobody answered, or a letter came back. Whether that was enough. `seen` is how many tries the page
    showed: a double press counts once, and who reads of fewer than there are reads them first. Without it, once a minute.
    """
    if not because.strip():
        raise refusals.SayHow
    if way not in WayKind.values or way == WayKind.NONE:
        raise refusals.SayWhichWay
    once = f"{person.uid}:{way}:{f'{now:%Y%m%d%H%M}' if seen is None else f'after {seen}'}"
    with record.writing(person.project, now=now) as log:
        tries = Try.objects.filter(person=person)
        if seen is not None and seen != tries.count():
            last = tries.order_by("-pk").first()
            if last is None or (last.once, last.because, last.by_id) != (once, because.strip()[:300], by.pk):
                raise refusals.TriedMeanwhile
        if not _note(person, way=way, because=because, by=by, once=once, now=now):
            return False
        log.append(PersonTried(way=way), by=f"staff:{by.uid}", about=person.uid)
        return _perhaps_unreachable(person, log=log, by=f"staff:{by.uid}")


def move_on(reference: dict[str, Any], now: datetime) -> None:
    """
    The job: a letter could not be sent, or came back. By the next way, where there is one; else the team sees it. A project that was closed
    because everybody was told is open again.
    """
    person = Person.objects.filter(uid=reference["person"], erased_at=None).select_related("project").first()
    if person is None:
        return
    with record.writing(person.project, now=now) as log:
        rows = Telling.objects.filter(person=person, uid__in=reference["tellings"]).order_by("pk")
        tellings = list(rows.filter(state__in=(Told.QUEUED, Told.SENT, Told.FAILED)))
        if not tellings:
            return
        way, once = tellings[0].way, f"{tellings[0].uid}:{tellings[0].tries}"
        if not _is_the_address(tellings[0]):
            return
        rows = Telling.objects.filter(pk__in=[telling.pk for telling in tellings])
        if _given_anew(person, _letter_of(tellings[0])):
            rows.update(state=Told.FAILED, told_at=None)
            if way_now(person) != WayKind.NONE:
                send_rounds([waits_of(rows)], reach.of([person.pk]), now=now)
            return
        if not _note(person, way=way, because="", by=None, once=once, now=now):
            return
        people.note_failing(person, kind=way, now=now)
        rows.update(state=Told.FAILED, told_at=None)
        log.append(PersonTried(way=way), by=record.SYSTEM, about=person.uid)
        if _perhaps_unreachable(person, log=log, by=record.SYSTEM):
            return
        open_again(person.project, log=log, now=now)
        if way_now(person) not in (WayKind.NONE, way):
            send_rounds([waits_of(rows)], reach.of([person.pk]), now=now)


def begin_again(persons: Sequence[Person]) -> None:
    """They gave a way anew: what did not reach them goes once more, and what was tried before is over. Inside the caller's writing."""
    Try.objects.filter(person__in=persons).update(over=True)
    rows = Telling.objects.filter(person__in=persons, state__in=(Told.FAILED, Told.UNREACHABLE))
    rows.exclude(way=WayKind.NONE).update(state=Told.HELD, let_go_at=None, because="")


def after_failing(reference: dict[str, Any], *, now: datetime) -> None:
    """A job for what follows: it needs the project's line, which the sender does not stand in."""
    once = f"move-on:{reference['tellings'][0]}"
    post.queue_job("answers.move_on", reference=reference, once=once, run_at=now)


def did_not_reach(person: Person) -> bool:
    """Whether something was tried in vain since they gave a way, or did not arrive: the same way, given anew, is then more than a word."""
    gone = Telling.objects.filter(person=person, state__in=(Told.FAILED, Told.UNREACHABLE)).exclude(way=WayKind.NONE)
    return Try.objects.filter(person=person, over=False).exists() or gone.exists()


def _is_the_address(telling: Telling) -> bool:
    """Where something of ours failed, the team mends that and tries again: it is no try of theirs to be reached."""
    letter = _letter_of(telling)
    return letter is None or letter.bounced_at is not None or is_the_address(letter.trouble)


def _letter_of(telling: Telling) -> Outgoing | None:
    return Outgoing.objects.filter(once=f"{LETTER}:{telling.uid}:{telling.tries - 1}").first()


def _given_anew(person: Person, letter: Outgoing | None) -> bool:
    """What came back went to an address that they have put right since: the new one has not failed, and hears now."""
    if letter is None or letter.sent_at is None:
        return False
    chosen = Opening.objects.filter(entry__project=person.project, kind="way.chosen", about=str(person.uid))
    return chosen.filter(at__gt=letter.sent_at).exists()


def came_back(reference: dict[str, Any], *, now: datetime) -> None:
    """A mail of another kind came back: that address is left alone, and whoever counted as told by it is not."""
    notice = Notice.objects.filter(uid=reference["notice"]).first() if "notice" in reference else None
    uids = [reference["person"]] if "person" in reference else []
    person = notice.person if notice else Person.objects.filter(uid__in=uids, erased_at=None).first()
    letter = Outgoing.objects.filter(reference=reference, bounced_at=now).first()
    if person is None or letter is None:
        return
    if notice is not None and letter.kind == TURNS:
        rows = Notice.objects.filter(pk=notice.pk, turning__ended_at=None, state=Told.SENT, because="")
        rows.update(state=Told.FAILED, told_at=None)
    if not _given_anew(person, letter):
        people.note_failing(person, kind=letter.way, now=now)


def _note(person: Person, *, way: str, because: str, by: Staff | None, once: str, now: datetime) -> bool:
    given = {"person": person, "way": way, "at": now, "because": because.strip()[:300], "by": by}
    _row, made = Try.objects.get_or_create(once=once, defaults=given)
    return made


def _perhaps_unreachable(person: Person, *, log: record.Log, by: str) -> bool:
    """
    Three tries over two ways since they gave a way, and something that has not reached them. Whether they have pressed on their own page
    meanwhile makes no difference here, or the team would see it by this; who has is not counted among those out of reach.
    """
    ways = list(Try.objects.filter(person=person, over=False).values_list("way", flat=True))
    if len(ways) < TRIES or len(set(ways)) < WAYS:
        return False
    rows = Telling.objects.filter(person=person).exclude(state__in=(*NOTHING_LEFT_TO_TRY, Told.HELD))
    if not rows.update(state=Told.UNREACHABLE):
        return False
    log.append(PersonUnreachable(), by=by, about=person.uid)
    return True
