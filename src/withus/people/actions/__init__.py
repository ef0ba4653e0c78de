from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.people import erasure, link
from withus.people.actions.joining import NotAskedToJoin as NotAskedToJoin
from withus.people.actions.joining import OnlyOthers as OnlyOthers
from withus.people.actions.joining import answer_asked as answer_asked
from withus.people.actions.joining import ask_colleague as ask_colleague
from withus.people.actions.joining import end_account as end_account
from withus.people.actions.joining import take_back_asked as take_back_asked
from withus.people.entries import PersonErased, WordsRenewed
from withus.people.models import HowOften, Miss, Name, Need, Pay, Person, Way, WayAsked, WayKind, Wish
from withus.people.sealed import seal, unseal, unseal_text
from withus.people.staying import staying
from withus.post import actions as post
from withus.post.many import insert_many
from withus.projects.models import Part, Project
from withus.projects.question import Question
from withus.projects.refused import Refused
from withus.record import log as record
from withus.record.models import Opening

HERE = Question(Person.objects.filter(staying()), "id")
UNDO = timedelta(days=14)
ERASE = "people.erase"
MANY_MISSES = 1000
"""In an hour, from wherever: then the team hears of it."""


class TakenBack(Refused):
    sentence = _(
        "Everything is being taken back here, so nothing new can be kept. If that is a mistake, undo it first on the personal page."
    )


def add_person(
    project: Project,
    *,
    now: datetime,
    came_by: str = "invited",
    name: str = "",
    language: str = "",
    staff: Staff | None = None,
    co_lead: bool = False,
    uid: UUID | None = None,
) -> Person:
    """A person of this project, with a link and words of their own. No entry: what they do, or being invited, is one."""
    drawn = link.draw(project, uid=uid)
    with transaction.atomic():
        person = Person.objects.create(
            project=project,
            uid=drawn.uid,
            generation=drawn.generation,
            link_counter=drawn.link_counter,
            words_counter=drawn.words_counter,
            link_index=drawn.link_index,
            words_index=drawn.words_index,
            came_by=came_by,
            language=language,
            staff=staff,
            co_lead=co_lead,
            made_at=now,
        )
        if name.strip():
            Name.objects.create(person=person, sealed=seal(name.strip()))
    return person


def add_persons(project: Project, *, uids: Sequence[UUID], now: datetime, came_by: str) -> list[Person]:
    """Many people without names: the same as adding each alone. In the order of `uids`."""
    add_unseen(project, uids=uids, now=now, came_by=came_by)
    rows = {one.uid: one for one in Person.objects.filter(project=project, uid__in=uids)}
    return [rows[uid] for uid in uids]


def add_unseen(project: Project, *, uids: Sequence[UUID], now: datetime, came_by: str) -> None:
    """The same for an import, which needs none of them in hand."""
    same = {"project_id": project.pk, "came_by": came_by, "made_at": now}
    with transaction.atomic():
        drawn = link.draw_many(project, uids)
        insert_many(Person, same=same, names=link.DRAWN, rows=map(link.as_row, drawn))
        there = {one.uid for one in drawn}
        for uid in (uid for uid in uids if uid not in there):
            insert_many(Person, same=same, names=link.DRAWN, rows=[link.as_row(link.draw(project, uid=uid))])


def set_way(person: Person, *, kind: str, address: str = "", by_words_at: datetime | None = None) -> Way:
    """
    How to reach them, as they chose. `none` needs no address: the answer waits at their words. `by_words_at`: whoever gave it had no more
    than the four words.
    """
    Way.objects.filter(person=person).exclude(kind=kind).update(chosen=False)
    sealed = "" if kind == WayKind.NONE else seal(address.strip())
    way, _made = Way.objects.update_or_create(
        person=person,
        kind=kind,
        defaults={"sealed": sealed, "chosen": True, "bounced_at": None, "by_words_at": by_words_at if sealed else None},
    )
    return way


def ask_way(person: Person, *, kind: str, address: str, how_often: str, takes_at: datetime, now: datetime) -> WayAsked:
    """What is asked for later stands in place of what was asked before. Inside the caller's writing, as is the next."""
    forget_asked(person)
    sealed = "" if kind == WayKind.NONE else seal(address)
    return WayAsked.objects.create(
        person=person, kind=kind, sealed=sealed, how_often=how_often, asked_at=now, takes_at=takes_at
    )


def forget_asked(person: Person) -> bool:
    count, _by_model = WayAsked.objects.filter(person=person).delete()
    return bool(count)


def stands(person: Person, *, kind: str, address: str, how_often: str) -> Way | None:
    """The way that they chose, where it is this one already, to this address and as often, and nothing came back from it."""
    way = Way.objects.filter(person=person, kind=kind, chosen=True, bounced_at=None).first()
    if way is None or (kind != WayKind.NONE and unseal_text(way.sealed) != address.strip()):
        return None
    if how_often and not Wish.objects.filter(person=person, how_often=how_often).exists():
        return None
    return way


def set_wish(person: Person, *, how_often: HowOften | str) -> None:
    Wish.objects.update_or_create(person=person, defaults={"how_often": how_often})


def stop_writing(person: Person) -> None:
    """No letter any more; how often they heard before is kept, for when they want it again."""
    wish, _made = Wish.objects.get_or_create(person=person)
    if wish.how_often != HowOften.NEVER:
        wish.before, wish.how_often = wish.how_often, HowOften.NEVER
        wish.save(update_fields=["before", "how_often"])


def write_again(person: Person) -> None:
    Wish.objects.filter(person=person, how_often=HowOften.NEVER, before="").update(how_often=HowOften.AS_IT_COMES)
    Wish.objects.filter(person=person, how_often=HowOften.NEVER).update(how_often=F("before"))


def note_failing(person: Person, *, kind: str, now: datetime) -> None:
    """What went by this way did not arrive. It is left alone until they give it anew."""
    Way.objects.filter(person=person, kind=kind, bounced_at=None).update(bounced_at=now)


def set_needs(person: Person, *, needs: list[str]) -> bool:
    """Whether anything changed by it; so do the two after this one."""
    need = Need.objects.filter(person=person).first()
    if ((unseal(need.sealed) or []) if need else []) == needs:
        return False
    Need.objects.update_or_create(person=person, defaults={"sealed": seal(needs)})
    return True


def set_booked(person: Person, *, booked: list[str]) -> bool:
    need = Need.objects.filter(person=person).first()
    if ((unseal(need.booked) or []) if need else []) == booked:
        return False
    Need.objects.update_or_create(person=person, defaults={"booked": seal(booked)})
    return True


def set_pay(person: Person, *, pay: dict[str, Any]) -> bool:
    kept = Pay.objects.filter(person=person).first()
    if ((unseal(kept.sealed) or {}) if kept else {}) == pay:
        return False
    Pay.objects.update_or_create(person=person, defaults={"sealed": seal(pay)})
    return True


class WordsGivenMeanwhile(Refused):
    sentence = _(
        "They were given new words since you opened this page. If those are lost, too, tick once more and give them others."
    )


def new_link(
    person: Person, *, card: str, by: Staff, now: datetime, seen: int | None = None, not_theirs: bool = False
) -> Person:
    """
    A new link and new words; the old ones die, and with them what was asked for by them. For somebody who lost theirs and could describe a
    card of theirs. Who takes everything back meanwhile gets none. `seen` is the generation that the page showed: a second press does not
    let the words die that were just said. `not_theirs`: the address that we write to is somebody else's, they say, and goes.
    """
    with record.writing(person.project, now=now) as log:
        fresh = still_here(person)
        if seen is not None and seen != fresh.generation:
            raise WordsGivenMeanwhile
        drawn = link.draw(person.project, uid=fresh.uid, generation=fresh.generation + 1)
        fresh.generation, fresh.link_counter, fresh.words_counter = (
            drawn.generation,
            drawn.link_counter,
            drawn.words_counter,
        )
        fresh.link_index, fresh.words_index = drawn.link_index, drawn.words_index
        fresh.save(update_fields=["generation", "link_counter", "words_counter", "link_index", "words_index"])
        forget_asked(fresh)
        ways = Way.objects.filter(person=fresh)
        if not_theirs:
            ways.filter(chosen=True).exclude(kind=WayKind.NONE).delete()
        ways.update(by_words_at=None)
        log.append(WordsRenewed(card=card), by=f"staff:{by.uid}", about=fresh.uid)
    return fresh


def still_here(person: Person) -> Person:
    """The person as they stand under the lock. Refuses where they have taken everything back, or are about to."""
    fresh = HERE.one(person.pk)
    if fresh is None:
        raise TakenBack
    fresh.project = person.project
    return fresh


def count_miss(project: Project, *, block: str, device: str, now: datetime) -> None:
    """One more miss. Where somebody seems to try words in great numbers the team is told, once an hour."""
    Miss.objects.filter(at__lt=now - timedelta(hours=2)).delete()
    Miss.objects.create(project=project, block=block, device=device, at=now)
    if Miss.objects.filter(project=project, at__gt=now - timedelta(hours=1)).count() < MANY_MISSES:
        return
    for staff in Staff.objects.filter(team_places__project=project, team_places__part=Part.FACILITATOR, is_active=True):
        post.queue(
            "words.tried",
            way=WayKind.EMAIL,
            reference={"project": str(project.uid), "staff": str(staff.uid)},
            once=f"words-tried:{project.pk}:{staff.pk}:{now:%Y%m%d%H}",
            belongs_to=project.uid,
            run_at=now,
        )


def begin_erasing(person: Person, *, now: datetime, at_once: bool) -> Person:
    """
    Everything of theirs is hidden from now on. Asked by words it can be undone for 14 days; asked by the long link it is final within
    a minute. Asked again, the earlier day stands: words that somebody overheard put nothing off.
    """
    on = now if at_once else now + UNDO
    with record.writing(person.project, now=now):
        fresh = Person.objects.get(pk=person.pk)
        person.erasing_at = on if fresh.erasing_at is None else min(fresh.erasing_at, on)
        if fresh.erased_at is None and person.erasing_at != fresh.erasing_at:
            person.save(update_fields=["erasing_at"])
            once = f"erase:{person.pk}:{on.isoformat()}"
            reference = {"person": str(person.uid), "on": on.isoformat()}
            post.queue_job(ERASE, reference=reference, once=once, run_at=on, days=0 if at_once else UNDO.days)
    return person


def erase_by_the_clock_there_is(now: datetime) -> None:
    """
    Asked while the clock ran ahead, the day of an erasure lies as far ahead: a year too late. Where the clock was set back its job was put
    right (`post.set_right`), and the person's own page says that day.
    """
    for reference, run_at in post.due_of(ERASE):
        if reference.get("on"):
            rows = Person.objects.filter(uid=reference["person"], erased_at=None, erasing_at__gt=run_at)
            rows.filter(erasing_at=datetime.fromisoformat(reference["on"])).update(erasing_at=run_at)


class GoneForGood(Refused):
    sentence = _("It is gone for good by now. Nobody can bring it back.")


def stop_erasing(person: Person, *, now: datetime) -> Person:
    """Refuses where it came too late: nobody is told that everything is back when it is gone."""
    with record.writing(person.project, now=now):
        if not Person.objects.filter(pk=person.pk, erased_at=None).update(erasing_at=None):
            raise GoneForGood
        person.erasing_at = None
    return person


def erase(person: Person, *, now: datetime, about: list[str]) -> None:
    """
    Remove name, ways, needs and pay, what other stages keep of them, and the openings of every entry by or about them (`about`: uids of
    what they gave).
    The commitments stay, so the chain verifies, and nothing can be guessed from it.
    """
    with record.writing(person.project, now=now) as log:
        erasure.erase_elsewhere(person, now)
        Name.objects.filter(person=person).delete()
        Way.objects.filter(person=person).delete()
        WayAsked.objects.filter(person=person).delete()
        Need.objects.filter(person=person).delete()
        Pay.objects.filter(person=person).delete()
        Wish.objects.filter(person=person).delete()
        openings = Opening.objects.filter(entry__project=person.project)
        theirs = openings.filter(by=f"person:{person.uid}") | openings.filter(about__in=[str(person.uid), *about])
        count, _by_model = Opening.objects.filter(pk__in=theirs.values("pk")).delete()
        person.erased_at, person.staff, person.link_index = now, None, f"erased-{person.uid}"
        person.words_index = f"erased-{person.uid}"
        person.save()
        log.append(PersonErased(openings=count), by=record.SYSTEM)
