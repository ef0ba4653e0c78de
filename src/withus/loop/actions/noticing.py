"""Everybody of a project is told of a rest or a hand-over, once, in their own way."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.actions.asking_keys import team_of
from withus.loop.actions.by_hand import HANDS, tell_by_hand
from withus.loop.actions.sending import AT_ONCE
from withus.loop.entries_closing import PersonNoticed
from withus.loop.models import Told
from withus.loop.models_of_closing import Notice, Say, Turning
from withus.people.models import HowOften, Person, WayKind
from withus.people.staying import staying
from withus.post import actions as post
from withus.record import log as record

LETTER = "project.turns"
OFFER = "project.offered"
ASKED = "project.asked"
STAYS = "project.stays"
STOPPED = "project.stopped"
AGAIN = "project.newcomers"


def notice_everybody(turning: Turning, *, now: datetime) -> None:
    """
    One notice for each person of the project who has none yet; and tomorrow once more, for who came since. Inside the caller's writing: a
    thousand, and a job for the next, so that nobody who sends a card meanwhile waits for twenty thousand others.
    """
    persons = without_notice(turning).prefetch_related("ways").select_related("wish").order_by("pk")
    some = list(persons[:AT_ONCE])
    notices = [_notice(turning, one, now=now) for one in some]
    Notice.objects.bulk_create(notices)
    post.queue_many(LETTER, (_letter(one, now) for one in notices if one.state == Told.QUEUED))
    tomorrow = now + timedelta(days=1)
    reference, once = {"turning": str(turning.uid)}, f"{AGAIN}:{turning.uid}:{tomorrow:%Y%m%d}"
    post.queue_job(AGAIN, reference=reference, once=once, run_at=tomorrow, days=1)
    if len(some) == AT_ONCE:
        post.queue_job(AGAIN, reference=reference, once=f"{AGAIN}:{turning.uid}:after:{some[-1].pk}", run_at=now)


def without_notice(turning: Turning) -> QuerySet[Person]:
    persons = Person.objects.filter(staying(), project=turning.project)
    return persons.exclude(notices__turning=turning)


def notice_newcomers(reference: dict[str, str], now: datetime) -> None:
    """The job: once a day while it lasts, and for the next few of many."""
    turning = Turning.objects.filter(uid=reference["turning"]).select_related("project").first()
    if turning is None:
        return
    with record.writing(turning.project, now=now):
        turning.refresh_from_db()
        if turning.turned_at is not None and turning.ended_at is None:
            notice_everybody(turning, now=now)


def _notice(turning: Turning, person: Person, *, now: datetime) -> Notice:
    way = _way_to(person)
    state = Told.QUEUED if way == WayKind.EMAIL else Told.WAITING
    return Notice(turning=turning, person=person, way=way, state=state, at=now)


def _letter(notice: Notice, now: datetime) -> post.ToQueue:
    reference = {"notice": str(notice.uid), "person": str(notice.person.uid)}
    return post.ToQueue(notice.way, reference, f"{LETTER}:{notice.uid}", now, notice.turning.project.uid)


def ask_to_take(turning: Turning, *, now: datetime) -> None:
    """The address is written to, whether it has an account or not: nobody here learns which. Inside the caller's writing."""
    once, reference = f"{ASKED}:{turning.uid}", {"turning": str(turning.uid)}
    whose = turning.project.uid
    post.queue(ASKED, way=WayKind.EMAIL, reference=reference, belongs_to=whose, once=once, run_at=now)


def offer(turning: Turning, *, now: datetime) -> None:
    """The one who is to take it is written to. Inside the caller's writing."""
    if turning.to is not None:
        once, reference = f"{OFFER}:{turning.uid}", {"turning": str(turning.uid)}
        whose = turning.project.uid
        post.queue(OFFER, way=WayKind.EMAIL, reference=reference, belongs_to=whose, once=once, run_at=now)


def _way_to(person: Person) -> str:
    wish = getattr(person, "wish", None)
    if wish is not None and wish.how_often == HowOften.NEVER:
        return WayKind.NONE
    return next((way.kind for way in person.ways.all() if way.chosen and way.bounced_at is None), WayKind.NONE)


def take_notices_back(turning: Turning, *, now: datetime) -> None:
    """
    What is not told yet is not told any more: it has become untrue, and a letter that waits finds nothing to say. Whoever was written to
    is written to again.
    """
    told = Notice.objects.filter(turning=turning, way=WayKind.EMAIL, state=Told.SENT)
    letters = [
        post.ToQueue(
            way=WayKind.EMAIL,
            reference={"notice": str(one.uid), "person": str(one.person.uid)},
            once=f"{STAYS}:{one.uid}",
            run_at=now,
            belongs_to=turning.project.uid,
        )
        for one in told.select_related("person")
    ]
    post.queue_many(STAYS, letters)
    by_hand = Notice.objects.filter(turning=turning, way__in=HANDS, state=Told.SENT).select_related("person")
    tell_by_hand([one.person for one in by_hand], what=Say.STAYS, about=str(turning.uid), now=now)
    Notice.objects.filter(turning=turning, state__in=(Told.QUEUED, Told.WAITING, Told.FAILED)).delete()


def tell_the_team_it_stopped(turning: Turning, *, by: str, now: datetime) -> None:
    """
    To those who run it, and to whoever was to take it: they planned for it. Not to who pressed, and knows. Co-leads hear as everybody does
    who was told of it. Inside the caller's writing.
    """
    staff = {one.pk: one for one in [*team_of(turning.project), *([turning.to] if turning.to is not None else [])]}
    for one in staff.values():
        if f"staff:{one.uid}" != by:
            post.queue(
                STOPPED,
                way=WayKind.EMAIL,
                reference={"turning": str(turning.uid), "staff": str(one.uid)},
                once=f"{STOPPED}:{turning.uid}:{one.uid}",
                belongs_to=turning.project.uid,
                run_at=now,
            )


def notice_sent(uid: str, *, now: datetime) -> None:
    Notice.objects.filter(uid=uid, state=Told.QUEUED).update(state=Told.SENT, told_at=now)


def notice_dropped(uid: str) -> None:
    """Its turn came, and they wanted no letters any more: it waits on their own page, as for who left no way."""
    Notice.objects.filter(uid=uid, state=Told.QUEUED).update(way=WayKind.NONE, state=Told.WAITING)


def notice_failed(uid: str) -> None:
    Notice.objects.filter(uid=uid, state=Told.QUEUED).update(state=Told.FAILED)


def notice_read(person: Person, *, now: datetime) -> None:
    """They have pressed on their page, where it stands. The team's list stays as it was."""
    Notice.objects.filter(person=person, turning__ended_at=None, read_at=None).update(read_at=now)


def note_noticed(
    turning: Turning, *, persons: Iterable[Person], how: str, reached: bool = True, by: Staff, now: datetime
) -> int:
    """Printed and posted, rung up, told in the room; or nobody could reach them, and why."""
    if not how.strip():
        raise refusals.SayHow
    count = 0
    with record.writing(turning.project, now=now) as log:
        open_ = Notice.objects.filter(turning=turning, turning__ended_at=None)
        for person in persons:
            state = Told.SENT if reached else Told.UNREACHABLE
            rows = open_.filter(person=person).exclude(state=Told.SENT)
            if rows.update(state=state, told_at=now if reached else None, because=how.strip()[:300]):
                log.append(PersonNoticed(reached=reached), by=f"staff:{by.uid}", about=person.uid)
                count += 1
    return count
