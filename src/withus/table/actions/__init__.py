import secrets
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from withus.accounts.models import Staff
from withus.charter import actions as charter
from withus.findings.gate import gate
from withus.people import actions as people
from withus.people.entries import TeamJoined, TeamLeft
from withus.people.models import Person, Way, WayKind
from withus.people.staying import staying
from withus.post import actions as post
from withus.projects import actions as projects
from withus.projects.models import Project, Team
from withus.projects.refused import Refused
from withus.record import log as record
from withus.table.actions.ways import AskedTooOften as AskedTooOften
from withus.table.actions.ways import NoAddress as NoAddress
from withus.table.actions.ways import check_way
from withus.table.actions.ways import choose_way as choose_way
from withus.table.actions.ways import keep_way as keep_way
from withus.table.actions.ways import take_by_the_clock_there_is as take_by_the_clock_there_is
from withus.table.actions.ways import way_takes as way_takes
from withus.table.entries import (
    InvitationAnswered,
    InvitationSent,
    LivedSaid,
    RoomRenewed,
    SeatChanged,
    SeatGiven,
    SlipPrinted,
    WorkshopChanged,
    WorkshopPlanned,
)
from withus.table.models import Lived, Place, Role, Seat, Workshop, WorkshopState

PAY_STATES = frozenset({"offered", "accepted", "declined", "paid", "none"})
ROOM_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
ROOM_LENGTH = 8
"""40 bits: nobody guesses a room, and somebody can still type it off the wall."""
WORKSHOP_FIELDS = frozenset({
    "title", "on", "starts", "ends", "place", "format", "look_first", "decision_rule", "papers_sent_on", "papers_pages",
    "pre_meeting",
})  # fmt: skip


class SayWhenAndWhere(Refused):
    sentence = _("Give the workshop a name.")


class EndsBeforeItStarts(Refused):
    sentence = _("It has to end after it starts, on the same day.")


class WorkshopChangedMeanwhile(Refused):
    sentence = _("Somebody else changed this workshop just now. Look at theirs, then save yours.")

    def __init__(self, theirs: Workshop) -> None:
        super().__init__()
        self.theirs = theirs


class NotARole(Refused):
    sentence = _("Choose what part this person takes.")


class NotAState(Refused):
    sentence = _("Choose what became of the pay.")


class NotAnAnswer(Refused):
    sentence = _("Choose: you come, maybe, or you can't come.")


class NobodyToInvite(Refused):
    sentence = _("Choose at least one person to invite.")


def add_workshop(
    project: Project,
    *,
    title: str,
    on: date,
    starts: time,
    ends: time,
    by: Staff,
    now: datetime,
    place: str = "",
    format: str = "in person",
    uid: UUID | None = None,
    **fields: Any,
) -> Workshop:
    """
    A day, a place and clock times, in the project's own zone, with a code for the room. `uid`: by what the same sending is known when it
    comes twice.
    """
    _check_times(title, starts, ends)
    with record.writing(project, now=now) as log:
        there = Workshop.objects.filter(project=project, uid=uid).first() if uid else None
        if there is not None:
            return there
        workshop = Workshop.objects.create(
            project=project, uid=uid or uuid4(), title=title.strip(), on=on, starts=starts, ends=ends, place=place.strip(), format=format,
            zone=project.zone, room_code=_room_code(), **fields,
        )  # fmt: skip
        log.append(WorkshopPlanned(on=on), by=_staff(by), about=workshop.uid, words=workshop.title)
    return workshop


def change_workshop(workshop: Workshop, *, by: Staff, now: datetime, version: int, **fields: Any) -> Workshop:
    """Change what was read as `version`."""
    unknown = set(fields) - WORKSHOP_FIELDS
    if unknown:
        raise TypeError(f"A workshop has no {', '.join(sorted(unknown))}")
    with record.writing(workshop.project, now=now) as log:
        fresh = Workshop.objects.get(pk=workshop.pk)
        if fresh.version != version:
            raise WorkshopChangedMeanwhile(fresh)
        changed = sorted(name for name, value in fields.items() if getattr(fresh, name) != value)
        for name in changed:
            setattr(fresh, name, fields[name])
        _check_times(fresh.title, fresh.starts, fresh.ends)
        if changed:
            fresh.version += 1
            fresh.save()
            said = WorkshopChanged(on=fresh.on, fields=tuple(changed))
            log.append(said, by=_staff(by), about=fresh.uid)
    return fresh


def renew_room_code(workshop: Workshop, *, by: Staff, now: datetime, seen: str | None = None) -> Workshop:
    """The old code opens nothing from now on. Who has joined stays. `seen`, which the page showed, is made new once."""
    with record.writing(workshop.project, now=now) as log:
        workshop.refresh_from_db(fields=["room_code"])
        if seen is not None and seen != workshop.room_code:
            return workshop
        workshop.room_code = _room_code()
        workshop.save(update_fields=["room_code"])
        log.append(RoomRenewed(), by=_staff(by), about=workshop.uid)
    return workshop


def add_to_table(
    project: Project,
    *,
    by: Staff,
    now: datetime,
    role: str,
    group: str = "",
    power: str = "",
    name: str = "",
    way: str = WayKind.NONE,
    address: str = "",
    needs: Iterable[str] = (),
    workshops: Iterable[Workshop] = (),
    vote: bool | None = None,
    chair: bool = False,
    co_lead: bool = False,
    staff: Staff | None = None,
    uid: UUID | None = None,
) -> Person:
    """
    Somebody at the table. Whether they have lived experience is not ours to fill in: they are asked. `uid`: by what the same sending is
    known when it comes twice; then they who are there already.
    """
    _check_person(role, way, address)
    with record.writing(project, now=now) as log:
        there = Person.objects.filter(project=project, uid=uid).first() if uid else None
        if there is not None and there.erasing_at is None and there.erased_at is None:
            return there
        uid = None if there else uid
        person = people.add_person(project, now=now, name=name, staff=staff, co_lead=co_lead, uid=uid)
        Place.objects.create(person=person, role=role, group=group.strip(), power=power.strip())
        people.set_way(person, kind=way, address=address)
        if needs:
            people.set_needs(person, needs=[one.strip() for one in needs if one.strip()])
        for workshop in workshops:
            Seat.objects.create(person=person, workshop=workshop, vote=vote, chair=chair)
        log.append(SeatGiven(role=role), by=_staff(by), about=person.uid)
    return person


def change_place(
    person: Person,
    *,
    by: Staff,
    now: datetime,
    role: str,
    group: str,
    power: str,
    workshops: Iterable[Workshop],
    vote: bool | None,
    chair: bool,
) -> Place:
    """Role, group, declared power and seats, as the team knows them. Saved as they stand, nothing was changed."""
    _check_person(role, WayKind.NONE, "")
    with record.writing(person.project, now=now) as log:
        people.still_here(person)
        place, made = Place.objects.get_or_create(person=person)
        before = _as_it_stands(place)
        place.role, place.group, place.power = role, group.strip(), power.strip()
        place.save()
        wanted = {workshop.pk: workshop for workshop in workshops}
        Seat.objects.filter(person=person, invited_at=None).exclude(workshop__in=wanted).delete()
        for workshop in wanted.values():
            Seat.objects.update_or_create(person=person, workshop=workshop, defaults={"vote": vote, "chair": chair})
        if not made and before == _as_it_stands(place):
            return place
        log.append(SeatChanged(role=role), by=_staff(by), about=person.uid)
    return place


def put_on_the_team(project: Project, *, staff: Staff, part: str, by: Staff, now: datetime) -> None:
    """Pressed twice, they came once."""
    with record.writing(project, now=now) as log:
        if not Team.objects.filter(project=project, staff=staff, part=part).exists():
            projects.join_team(project, staff=staff, part=part)
            log.append(TeamJoined(part=part), by=_staff(by), about=staff.uid)


def take_off_the_team(project: Project, *, staff: Staff, part: str, by: Staff, now: datetime) -> None:
    """Two who take each other off at once are asked one after the other, and the last facilitator stays."""
    with record.writing(project, now=now) as log:
        if Team.objects.filter(project=project, staff=staff, part=part).exists():
            projects.leave_team(project, staff=staff, part=part)
            log.append(TeamLeft(part=part), by=_staff(by), about=staff.uid)


def invite(project: Project, *, persons: Iterable[Person], by: Staff, now: datetime) -> list[Person]:
    """
    Invite people with the charter as it stands. A stop that nobody has answered keeps it closed. The first invitation freezes the charter;
    whoever was invited already is not invited twice.
    """
    chosen = list(persons)
    if not chosen:
        raise NobodyToInvite
    invited = []
    with record.writing(project, now=now) as log:
        charter.refuse_unless_ready(project)
        gate(project, "invite", now=now)
        charter.freeze(project, by=by, now=now)
        for person in chosen:
            place, _made = Place.objects.get_or_create(person=person)
            Seat.objects.filter(person=person, invited_at=None).update(invited_at=now)
            if place.invited_at is not None:
                continue
            place.invited_at = now
            place.save(update_fields=["invited_at"])
            way = _chosen_way(person)
            log.append(InvitationSent(way=way), by=_staff(by), about=person.uid)
            if way == WayKind.EMAIL:
                post.queue(
                    "invitation",
                    way=way,
                    reference={"person": str(person.uid)},
                    once=f"invitation:{person.pk}",
                    belongs_to=project.uid,
                    run_at=now,
                )
            invited.append(person)
    return invited


def slips_made(project: Project, *, persons: Iterable[Person], by: Staff, now: datetime) -> list[Person]:
    """
    Whoever holds a slip can open its person's page. So it stands on the record, each time, before it is shown. Those who still stay: who
    took everything back in this moment gets no slip.
    """
    chosen = [person.pk for person in persons]
    with record.writing(project, now=now) as log:
        still = list(Person.objects.filter(staying(), project=project, pk__in=chosen).order_by("pk"))
        log.append_many([record.Saying(SlipPrinted(), by=_staff(by), about=person.uid) for person in still])
    return still


def answer_invitation(seat: Seat, *, answer: str, now: datetime) -> Seat:
    """By the person themselves. They may change it as often as they like; said again, it stands as it stood."""
    if answer not in {"yes", "no", "maybe"}:
        raise NotAnAnswer
    with record.writing(seat.workshop.project, now=now) as log:
        people.still_here(seat.person)
        seat.refresh_from_db(fields=["answer"])
        if seat.answer == answer:
            return seat
        seat.answer = answer
        seat.save(update_fields=["answer"])
        log.append(InvitationAnswered(answer=answer), by=f"person:{seat.person.uid}", about=seat.workshop.uid)
    return seat


def say_lived(person: Person, *, lived: str, now: datetime) -> Place:
    """By the person themselves only. "Not saying" is an answer, and counts as not known."""
    if lived not in Lived.values:
        raise Refused(_("Choose one of the three, or leave it."))
    with record.writing(person.project, now=now) as log:
        people.still_here(person)
        place, _made = Place.objects.get_or_create(person=person)
        if place.lived == lived:
            return place
        place.lived = lived
        place.save(update_fields=["lived"])
        log.append(LivedSaid(), by=f"person:{person.uid}", about=person.uid)
    return place


def say_needs(person: Person, *, needs: Iterable[str], now: datetime) -> None:
    """What they need in the room or on paper, as they say it."""
    with record.writing(person.project, now=now):
        people.still_here(person)
        people.set_needs(person, needs=[one.strip() for one in needs if one.strip()])


def book(person: Person, *, booked: Iterable[str], by: Staff, now: datetime) -> None:
    """What is booked for what they need, as the team knows it. Sealed; the record tells neither."""
    with record.writing(person.project, now=now) as log:
        people.still_here(person)
        place, _made = Place.objects.get_or_create(person=person)
        if people.set_booked(person, booked=[one.strip() for one in booked if one.strip()]):
            log.append(SeatChanged(role=place.role), by=_staff(by), about=person.uid)


def offer_pay(person: Person, *, offer: str, state: str, by: Staff, now: datetime) -> None:
    """What was offered for their time and what became of it, as the team knows it. Sealed; the record tells neither."""
    if state and state not in PAY_STATES:
        raise NotAState
    with record.writing(person.project, now=now) as log:
        people.still_here(person)
        place, _made = Place.objects.get_or_create(person=person)
        if people.set_pay(person, pay={"offer": offer.strip(), "state": state} if state else {}):
            log.append(SeatChanged(role=place.role), by=_staff(by), about=person.uid)


def forget_place(person: Person, now: datetime) -> None:
    """Role, group, power and what they said of themselves. That a seat was there stays, without an answer."""
    Place.objects.filter(person=person).delete()
    Seat.objects.filter(person=person).update(answer="")


def _as_it_stands(place: Place) -> tuple[object, ...]:
    seats = Seat.objects.filter(person=place.person).order_by("workshop")
    return place.role, place.group, place.power, list(seats.values_list("workshop", "vote", "chair"))


def _check_times(title: str, starts: time, ends: time) -> None:
    if not title.strip():
        raise SayWhenAndWhere
    if ends <= starts:
        raise EndsBeforeItStarts


def _check_person(role: str, way: str, address: str) -> None:
    if role not in Role.values:
        raise NotARole
    check_way(way, address)


def _chosen_way(person: Person) -> str:
    way = Way.objects.filter(person=person, chosen=True).first()
    return way.kind if way else WayKind.NONE


def _room_code() -> str:
    while True:
        code = "".join(secrets.choice(ROOM_LETTERS) for _letter in range(ROOM_LENGTH))
        if not Workshop.objects.filter(room_code=code).exists():
            return code


def is_open(workshop: Workshop) -> bool:
    return workshop.state == WorkshopState.OPEN


def _staff(by: Staff) -> str:
    return f"staff:{by.uid}"
