"""Closing, resting and handing over: what changes everything for everybody needs two different people."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from withus.accounts.models import Staff
from withus.findings.gate import gate
from withus.loop import refusals
from withus.loop.actions.asking_keys import (
    address_is_theirs,
    ask,
    by_mail,
    can_answer,
    co_leads_can_press,
    held_by,
    only_by_page,
    team_of,
    tell_co_leads,
)
from withus.loop.actions.by_hand import co_leads_by_hand
from withus.loop.actions.noticing import (
    ask_to_take,
    notice_everybody,
    offer,
    take_notices_back,
    tell_the_team_it_stopped,
)
from withus.loop.entries_closing import (
    NO_CO_LEAD,
    NOT_ANSWERED,
    KeyTakenBack,
    KeyTurned,
    ProjectClosed,
    ProjectOffered,
    ProjectRests,
    ProjectStays,
)
from withus.loop.holding import holds
from withus.loop.models_of_closing import Say, Turn, Turning
from withus.people.models import Person
from withus.people.sealed import seal
from withus.people.staying import staying
from withus.projects import actions as projects
from withus.projects import day
from withus.projects.access import parts_of
from withus.projects.models import Membership, Part, Project, ProjectState
from withus.projects.refused import Refused
from withus.record import log as record
from withus.record.models import Opening

SECOND_WITHIN = timedelta(days=14)
"""How long the first press waits for the second (D)."""
LATELY = timedelta(days=60)
"""So long it counts that the co-leads were asked before (D)."""
BOTH = (Part.FACILITATOR, Part.CO_LEAD)
LEAST_DAYS = 28
"""So long people have at least to take their words out before somebody else can read them (D): a letter takes days, and so does a doubt."""
MOST_DAYS = 365


@dataclass(frozen=True)
class Hand:
    """
    Who presses: an account of the team, or a co-lead without one. `asked`: they came by the mail that asks them for their key. On their own
    page they turn it only where whoever turned the first key never held their link.
    """

    staff: Staff | None = None
    person: Person | None = None
    asked: bool = False

    @property
    def name(self) -> str:
        return f"staff:{self.staff.uid}" if self.staff else f"person:{self.person.uid}" if self.person else ""


@dataclass(frozen=True)
class Terms:
    """
    What people are told: of a rest the sentence, who keeps their words and till when; of a hand-over how long they have. Whoever is at the
    `address` says themselves whether they take it, and for whom.
    """

    not_answered: str = ""
    keeper: str = ""
    until: date | None = None
    days: int = 0
    address: str = ""


def first_key(project: Project, *, what: str, by: Hand, now: datetime, terms: Terms | None = None) -> Turning:
    """Ask for it. Nothing changes yet: somebody else presses, too, within two weeks, or it runs out. The same press again is one."""
    terms = terms or Terms()
    with record.writing(project, now=now) as log:
        project.refresh_from_db()
        if not _parts(project, by):
            raise refusals.NotYourKey
        there = waiting(project, now=now)
        if there is not None and _same_press(there, what=what, by=by, terms=terms):
            return there
        if there is not None:
            raise refusals.AnotherWaits
        Turning.objects.filter(project=project, turned_at=None, ended_at=None).update(ended_at=now, to_sealed="")
        _refuse_unless_possible(project, what)
        _refuse_bad_terms(project, what, terms, now=now)
        if what == Turn.CLOSE:
            refuse_while_held(project, now=now)
        row = Turning.objects.create(
            project=project,
            what=what,
            asked_at=now,
            asked_by=by.staff,
            asked_by_person=by.person,
            not_answered=terms.not_answered.strip(),
            keeper=terms.keeper.strip(),
            until=terms.until,
            days=terms.days,
            to_sealed=seal(terms.address.strip()) if what == Turn.HAND_OVER else "",
        )
        log.append(KeyTurned(what=what, first=True), by=by.name, about=row.uid, words=row.not_answered)
        if what == Turn.HAND_OVER:
            ask_to_take(row, now=now)
        else:
            ask_the_others(project, row, now=now)
    return row


def second_key(turning: Turning, *, by: Hand, now: datetime) -> Turning:
    """The other press: now it happens. All that could have changed since the first is looked at again. The same press again is one."""
    project = turning.project
    with record.writing(project, now=now) as log:
        project.refresh_from_db()
        row = waiting(project, now=now)
        if turned_already(project, str(turning.uid), by):
            return turning
        if row is None or row.pk != turning.pk:
            raise refusals.NothingWaits
        _refuse_unless_other(project, row, by)
        _refuse_unless_possible(project, row.what)
        _refuse_unless_willing(row)
        if row.what != Turn.HAND_OVER:
            _refuse_bad_terms(project, row.what, _terms_of(row), now=now)
        alone = why_alone(project, row, by)
        log.append(KeyTurned(what=row.what, first=False), by=by.name, about=row.uid)
        row.turned_at = now
        if row.what == Turn.CLOSE:
            refuse_while_held(project, now=now)
            row.ended_at = now
            Turning.objects.filter(project=project, what=Turn.REST, ended_at=None).update(ended_at=now)
            projects.set_state(project, state=ProjectState.CLOSED, now=now)
            log.append(ProjectClosed(alone=alone), by=by.name, about=project.uid)
        elif row.what == Turn.REST:
            projects.set_state(project, state=ProjectState.RESTING, now=now)
            log.append(ProjectRests(rests=True, alone=alone), by=by.name, about=project.uid, words=row.not_answered)
        else:
            row.until = day.of(project, now) + timedelta(days=row.days)
            to = str(row.to_organisation.uid) if row.to_organisation else ""
            log.append(ProjectOffered(to=to, on=row.until, alone=alone), by=by.name, about=project.uid)
            offer(row, now=now)
        row.save()
        if row.what != Turn.CLOSE:
            notice_everybody(row, now=now)
        tell_co_leads(row, now=now)
        co_leads_by_hand(project, what=Say.KEY_TURNED, about=str(row.uid), now=now)
    return row


def turned_already(project: Project, turning: str, by: Hand) -> bool:
    """Whether the second key of this turning was turned, and by this same hand."""
    return by.name in who_turned_second(project, turning)


def who_turned_second(project: Project, turning: str) -> set[str]:
    """The name of the one hand, as the record has it; nobody's while it waits."""
    rows = Opening.objects.filter(entry__project=project, kind=KeyTurned.kind, about=turning)
    return set(rows.filter(facts__first=False).values_list("by", flat=True))


def take_key_back(turning: Turning, *, by: Hand, now: datetime) -> None:
    """By whoever pressed first, or by anybody who could have pressed second: a no is a no."""
    with record.writing(turning.project, now=now) as log:
        if not _parts(turning.project, by):
            raise refusals.NotYourKey
        rows = Turning.objects.filter(pk=turning.pk, turned_at=None, ended_at=None)
        if rows.update(ended_at=now, to_sealed=""):
            log.append(KeyTakenBack(what=turning.what), by=by.name, about=turning.uid)


def wake(project: Project, *, by: Staff | Hand, now: datetime) -> None:
    """There is somebody again, or a co-lead says no. One press is enough: it takes nothing from anybody."""
    with record.writing(project, now=now) as log:
        project.refresh_from_db()
        if project.state != ProjectState.RESTING:
            return
        for row in Turning.objects.filter(project=project, what=Turn.REST, ended_at=None):
            take_notices_back(row, now=now)
            tell_the_team_it_stopped(row, by=_named(by), now=now)
        Turning.objects.filter(project=project, what=Turn.REST, ended_at=None).update(ended_at=now)
        projects.set_state(project, state=ProjectState.RUNNING, now=now)
        log.append(ProjectRests(rests=False), by=_named(by), about=project.uid)


def call_off(turning: Turning, *, by: Staff | Hand, now: datetime) -> None:
    """It stays where it is. What has not gone out yet does not go."""
    with record.writing(turning.project, now=now) as log:
        rows = Turning.objects.filter(pk=turning.pk, what=Turn.HAND_OVER, turned_at__isnull=False, ended_at=None)
        if rows.update(ended_at=now):
            take_notices_back(turning, now=now)
            tell_the_team_it_stopped(turning, by=_named(by), now=now)
            log.append(ProjectStays(), by=_named(by), about=turning.project.uid)


def _named(by: Staff | Hand) -> str:
    return by.name if isinstance(by, Hand) else f"staff:{by.uid}"


def waiting(project: Project, *, now: datetime) -> Turning | None:
    """The press that waits for a second one, if it has not run out."""
    rows = Turning.objects.filter(project=project, turned_at=None, ended_at=None, asked_at__gt=now - SECOND_WITHIN)
    return rows.select_related("asked_by", "asked_by_person__name", "to", "to_organisation").first()


def under_way(project: Project, what: str) -> Turning | None:
    """The rest or hand-over that both have agreed to and that lasts."""
    rows = Turning.objects.filter(project=project, what=what, turned_at__isnull=False, ended_at=None)
    return rows.select_related("to", "to_organisation", "project").first()


def refuse_while_held(project: Project, *, now: datetime) -> None:
    """With the list of those who wait; then with what a stop says."""
    found = holds(project, now=now)
    if found:
        raise refusals.StillOwed(found)
    gate(project, "close project", now=now)


def may_press_second(project: Project, row: Turning, by: Hand) -> bool:
    return why_not_second(project, row, by) is None


def why_not_second(project: Project, row: Turning, by: Hand) -> Refused | None:
    try:
        _refuse_unless_other(project, row, by)
        _refuse_unless_willing(row)
    except Refused as refused:
        return refused
    return None


def ask_the_others(project: Project, row: Turning, *, now: datetime) -> None:
    """Everybody whose press would be the second: those of the team in their account, co-leads without one by a link of their own."""
    staff = [one for one in team_of(project) if may_press_second(project, row, Hand(staff=one))]
    leads = by_mail(project)
    persons = [one for one in leads if may_press_second(project, row, Hand(person=one, asked=True))]
    ask(row, staff=staff, persons=persons, now=now)
    co_leads_by_hand(project, what=Say.KEY_WAITS, about=str(row.uid), now=now)


def _refuse_unless_willing(row: Turning) -> None:
    """To hand it over: whoever was asked has said yes, and is still where they said that it goes."""
    if row.what != Turn.HAND_OVER:
        return
    fits = Membership.objects.filter(staff=row.to_id, staff__is_active=True, organisation=row.to_organisation_id)
    if row.willing_at is None or not fits.exists():
        raise refusals.NotWillingYet


def _refuse_unless_other(project: Project, row: Turning, by: Hand) -> None:
    """Another human being; and of the two one facilitates and one is a co-lead, where there is one who answers."""
    first = _first_hand(row)
    mine, theirs = _parts(project, by), _parts(project, first)
    if not mine:
        raise refusals.NotYourKey
    if not theirs:
        raise refusals.NothingWaits
    if first.name == by.name or (_account(first) is not None and _account(first) == _account(by)):
        raise refusals.SameHand
    if not _one_of_each(mine, theirs):
        if co_leads_can_press(project):
            raise refusals.NeedsACoLead
        if only_by_page(project) and not _asked_in_vain(project, row):
            raise refusals.AskedOnTheirPage
    if by.person is not None:
        _refuse_unless_their_own(project, row, by.person, asked=by.asked)


def _refuse_unless_their_own(project: Project, row: Turning, person: Person, *, asked: bool) -> None:
    """That it is the co-lead who presses, and not whoever turned the first key: nobody else of the team has anything from it."""
    if asked and not address_is_theirs(row, person):
        raise refusals.AddressTooNew
    if not asked and held_by(project, person, row.asked_by):
        raise refusals.SomebodyHoldsYourLink


def _asked_in_vain(project: Project, row: Turning) -> bool:
    """
    The same was asked before, lately: it stood on the co-leads' own pages for two weeks, at least one of them could have turned the second
    key there, and nobody did or said no.
    """
    before = Turning.objects.filter(project=project, what=row.what, turned_at=None, asked_at__gt=row.asked_at - LATELY)
    ran_out = Q(ended_at__isnull=True) | Q(ended_at__gte=F("asked_at") + SECOND_WITHIN)
    waited = before.filter(ran_out, asked_at__lte=row.asked_at - SECOND_WITHIN).exclude(pk=row.pk)
    waited = waited.exclude(what=Turn.HAND_OVER, willing_at=None)
    return any(can_answer(project, one.asked_by) for one in waited.select_related("asked_by"))


def why_alone(project: Project, row: Turning, by: Hand) -> str:
    """Why no co-lead had a key, where two of the team turned both; nothing where one had."""
    if _one_of_each(_parts(project, by), _parts(project, _first_hand(row))):
        return ""
    return NOT_ANSWERED if only_by_page(project) else NO_CO_LEAD


def _one_of_each(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Of the two one can stand for the facilitators, and the other for the co-leads."""
    return any({one, other} == set(BOTH) for one in mine for other in theirs)


def _first_hand(row: Turning) -> Hand:
    return Hand(row.asked_by, row.asked_by_person)


def _account(hand: Hand) -> int | None:
    return hand.staff.pk if hand.staff else hand.person.staff_id if hand.person else None


def _parts(project: Project, hand: Hand) -> frozenset[str]:
    """What this hand is in the project, of the two parts that count."""
    if hand.staff is not None:
        return parts_of(hand.staff, project) & set(BOTH)
    if hand.person is None:
        return frozenset()
    alive = Person.objects.filter(staying(), pk=hand.person.pk, project=project, co_lead=True)
    return frozenset({Part.CO_LEAD}) if alive.exists() else frozenset()


def _refuse_unless_possible(project: Project, what: str) -> None:
    if what not in Turn.values:
        raise refusals.NothingWaits
    if under_way(project, Turn.HAND_OVER) is not None:
        raise refusals.GoesElsewhere
    if project.state == ProjectState.CLOSED and what != Turn.HAND_OVER:
        raise refusals.ClosedAlready
    if project.state == ProjectState.RESTING and what == Turn.REST:
        raise refusals.RestsAlready


def _same_press(row: Turning, *, what: str, by: Hand, terms: Terms) -> bool:
    return (
        row.what == what
        and _first_hand(row).name == by.name
        and replace(_terms_of(row), address=row.asked) == replace(terms, address=terms.address.strip())
    )


def _terms_of(row: Turning) -> Terms:
    return Terms(
        not_answered=row.not_answered,
        keeper=row.keeper,
        until=row.until,
        days=row.days,
    )


def _refuse_bad_terms(project: Project, what: str, terms: Terms, *, now: datetime) -> None:
    if what == Turn.REST:
        if not (terms.not_answered.strip() and terms.keeper.strip()):
            raise refusals.SayWhatRests
        if terms.until is None or terms.until <= day.of(project, now):
            raise refusals.SayTillWhen
    if what == Turn.HAND_OVER:
        if not terms.address.strip():
            raise refusals.SayToWhom
        if not LEAST_DAYS <= terms.days <= MOST_DAYS:
            raise refusals.TimeToLeave
