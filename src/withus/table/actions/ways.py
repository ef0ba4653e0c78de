"""
How somebody wants to be reached, as they say it themselves. Four words can be overheard: what a page that they opened changes of a way that
works waits a week. Whoever is reached by it hears so first, and stops it with one press.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from withus.people import actions as people
from withus.people import asked, reached
from withus.people.models import HowOften, Person, Way, WayAsked, WayKind, Wish
from withus.people.sealed import unseal_text
from withus.people.staying import staying
from withus.post import actions as post
from withus.projects.refused import Refused
from withus.record import log as record
from withus.record.models import Opening
from withus.table.entries import WayAskedFor, WayChosen, WayLeft

WAITS = timedelta(days=7)
"""Long enough to read a mail or to be rung up (D)."""
PUT_RIGHT = timedelta(minutes=15)
MOST_ASKED = 3
"""In that time. More is somebody's game with another's letter box."""
TAKES, ASKED = "way.takes", "way.asked"


class NoAddress(Refused):
    sentence = _("Write down an address or a number, or choose to come and look.")


class AskedTooOften(Refused):
    sentence = _(
        "This was changed by the four words several times this week. Open your page by your link, or ring us, and we change it together."
    )


class NotWrittenToNow(Refused):
    sentence = _(
        "We write nothing to you now, as was chosen here. Choose how often you want to hear, and leave the way as it is. Then change it."
    )


def check_way(way: str, address: str) -> None:
    if way not in WayKind.values or (way != WayKind.NONE and not address.strip()):
        raise NoAddress


def choose_way(
    person: Person, *, way: str, address: str, how_often: str, now: datetime, by_words: bool = False
) -> Way | WayAsked:
    """
    How and how often they want to hear back. Without a new address the one that they gave before is used again. The same chosen again is
    an act only where something has not reached them: it goes once more. Else it stands as it stood. `by_words`: the page was opened by the
    four words; then a way that works is left only after a week.
    """
    kept = Way.objects.filter(person=person, kind=way).exclude(sealed="").first()
    known = unseal_text(kept.sealed) if kept else ""
    address = address.strip() or known
    check_way(way, address)
    with record.writing(person.project, now=now) as log:
        people.still_here(person)
        standing = people.stands(person, kind=way, address=address, how_often=how_often)
        if standing is not None and not reached.did_not_reach(person):
            if people.forget_asked(person):
                log.append(WayLeft(), by=f"person:{person.uid}", about=person.uid)
            return standing
        works = _works(person, now=now)
        if by_words and works is not None and (works.kind != way or unseal_text(works.sealed) != address):
            return _ask(person, works, kind=way, address=address, how_often=how_often, log=log, now=now)
        people.forget_asked(person)
        since = asked.by_words_since(person) or (now if by_words and address != known else None)
        chosen = people.set_way(person, kind=way, address=address, by_words_at=since)
        if how_often:
            people.set_wish(person, how_often=how_often)
        log.append(WayChosen(way=way), by=f"person:{person.uid}", about=person.uid)
    return chosen


def keep_way(person: Person, *, now: datetime) -> bool:
    """Somebody asked for another way, and it was not them, or they think otherwise. Whether anything was asked."""
    with record.writing(person.project, now=now) as log:
        people.still_here(person)
        if not people.forget_asked(person):
            return False
        log.append(WayLeft(), by=f"person:{person.uid}", about=person.uid)
    return True


def way_takes(reference: dict[str, str], now: datetime) -> None:
    """The job: nobody has stopped it. Of who takes everything back meanwhile nothing is changed any more."""
    row = WayAsked.objects.filter(uid=reference["asked"]).select_related("person__project").first()
    if row is None:
        return
    with record.writing(row.person.project, now=now) as log:
        fresh = WayAsked.objects.filter(staying("person__"), uid=row.uid).select_related("person__project").first()
        if fresh is None or fresh.takes_at > now:
            return
        person, kind = fresh.person, fresh.kind
        address = _address(fresh)
        people.forget_asked(person)
        people.set_way(person, kind=kind, address=address, by_words_at=fresh.asked_at)
        if fresh.how_often:
            people.set_wish(person, how_often=fresh.how_often)
        log.append(WayChosen(way=kind), by=f"person:{person.uid}", about=person.uid)


def take_by_the_clock_there_is(now: datetime) -> None:
    """Asked while the clock ran ahead, it takes its place a week after the clock was set back, and the page says so."""
    for reference, run_at in post.due_of(TAKES):
        WayAsked.objects.filter(uid=reference["asked"], takes_at__gt=run_at).update(takes_at=run_at)


def _works(person: Person, *, now: datetime) -> Way | None:
    """
    The way by which they hear now. One that was given by the same words a moment ago is none yet: a slip of the finger is put right at
    once, and nobody else's letter box hears of it.
    """
    rows = Way.objects.filter(person=person, chosen=True, bounced_at=None).exclude(kind=WayKind.NONE)
    return rows.exclude(by_words_at__gt=now - PUT_RIGHT).first()


def _address(asked: WayAsked) -> str:
    return unseal_text(asked.sealed) if asked.sealed else ""


def _ask(
    person: Person, works: Way, *, kind: str, address: str, how_often: str, log: record.Log, now: datetime
) -> WayAsked:
    before = WayAsked.objects.filter(person=person).first()
    if before is not None and (before.kind, _address(before), before.how_often) == (kind, address, how_often):
        return before
    if Wish.objects.filter(person=person, how_often=HowOften.NEVER).exists():
        raise NotWrittenToNow
    lately = Opening.objects.filter(entry__project=person.project, kind=ASKED, about=str(person.uid))
    if lately.filter(at__gt=now - WAITS).count() >= MOST_ASKED:
        raise AskedTooOften
    row = people.ask_way(person, kind=kind, address=address, how_often=how_often, takes_at=now + WAITS, now=now)
    log.append(WayAskedFor(way=kind), by=f"person:{person.uid}", about=person.uid)
    once, reference = f"{TAKES}:{row.uid}", {"asked": str(row.uid)}
    post.queue_job(TAKES, reference=reference, once=once, run_at=row.takes_at, days=WAITS.days)
    if works.kind == WayKind.EMAIL:
        post.queue(
            ASKED,
            way=WayKind.EMAIL,
            reference={"asked": str(row.uid), "person": str(person.uid)},
            once=f"{ASKED}:{row.uid}",
            belongs_to=person.project.uid,
            run_at=now,
        )
    return row
