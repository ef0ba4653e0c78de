from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from withus.accounts.models import Staff
from withus.charter import asks, refusals
from withus.charter.entries import (
    ActNoted,
    ChangeWeighed,
    CharterChanged,
    CharterFrozen,
    CharterSigned,
    DecisionChanged,
    DecisionOpened,
    DecisionRemoved,
    DecisionReopened,
    DecisionSettled,
    ProjectBegun,
    SignatureTakenBack,
)
from withus.charter.models import Change, Charter, Decision, Openness, Signature
from withus.charter.narrowing import charter_narrows, narrows
from withus.people import actions as people
from withus.people.models import HowOften, Person, WayKind
from withus.people.staying import staying
from withus.post import actions as post
from withus.post.models import LetterState, Outgoing
from withus.projects import actions as projects
from withus.projects.models import Organisation, Project, ProjectState
from withus.record import log as record

KEPT_WHEN_FROZEN = frozenset({"purpose", "safe_person", "hear_back_on", "shown_where"})
"""What an invitation has said, and may change but not vanish."""
CHARTER_FIELDS = frozenset({
    "purpose", "emotive", "groups", "ages", "setting", "safe_person", "safe_person_how", "support_lines", "hear_back_on",
    "hear_back_how", "shown_where", "input_closes", "delivery_shared", "review_shared",
})  # fmt: skip
DECISION_FIELDS = frozenset({
    "what", "openness", "options", "limit", "limit_because", "decider", "who_decides", "decide_by", "settled_on",
    "settled_because", "people_were_asked", "evidence", "order",
})  # fmt: skip


def begin(
    organisation: Organisation,
    *,
    title: str,
    purpose: str,
    by: Staff,
    now: datetime,
    zone: str = "Europe/London",
    language: str = "en",
    setting: str = "",
    is_example: bool = False,
) -> Project:
    """A project with its record and an empty charter. Its maker is on the team."""
    if not purpose.strip():
        raise refusals.SayWhatItIsFor
    project = projects.add_project(
        organisation, title=title, zone=zone, language=language, by=by, now=now, is_example=is_example
    )
    record.begin(project)
    with record.writing(project, now=now) as log:
        Charter.objects.create(project=project, purpose=purpose.strip(), setting=setting)
        log.append(ProjectBegun(), by=_staff(by), about=project.uid, words=title.strip())
    return project


def change_charter(
    charter: Charter, *, by: Staff, now: datetime, version: int, because: str = "", **fields: Any
) -> Charter:
    """Change what was read as `version`. What people were invited with cannot become empty."""
    unknown = set(fields) - CHARTER_FIELDS
    if unknown:
        raise TypeError(f"A charter has no {', '.join(sorted(unknown))}")
    with record.writing(charter.project, now=now) as log:
        fresh = Charter.objects.get(pk=charter.pk)
        if fresh.version != version:
            raise refusals.CharterChangedMeanwhile(fresh)
        changed = {name: value for name, value in fields.items() if getattr(fresh, name) != value}
        if fresh.frozen_at and any(name in KEPT_WHEN_FROZEN and not value for name, value in changed.items()):
            raise refusals.FrozenField
        if not changed:
            return fresh
        narrowing = charter_narrows(fresh, changed)
        if fresh.frozen_at and narrowing and not because.strip():
            raise refusals.NarrowingNeedsAReason
        for name, value in sorted(changed.items()):
            if fresh.frozen_at:
                before = getattr(fresh, name)
                _note_change(fresh.project, None, name, before, value, because=because, now=now, narrowing=narrowing)
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save()
        said = CharterChanged(version=fresh.version, fields=tuple(sorted(changed)))
        entry = log.append(said, by=_staff(by), about=fresh.project.uid, words=because.strip())
        if fresh.frozen_at and narrowing:
            _announce(fresh.project, seq=entry.seq, now=now)
    return fresh


def add_decision(
    project: Project,
    *,
    what: str,
    openness: str,
    by: Staff,
    now: datetime,
    because: str = "",
    uid: UUID | None = None,
    **fields: Any,
) -> Decision:
    """
    Put a decision on the list. Anything about it may be left out but what it is and how open it is. `uid`: by what the same sending is
    known when it comes twice.
    """
    values = {"what": what.strip(), "openness": openness, **fields}
    _check_decision(values)
    with record.writing(project, now=now) as log:
        there = Decision.objects.filter(project=project, uid=uid).first() if uid else None
        if there is not None and there.removed_at is None:
            return there
        values |= {"uid": uid} if uid and there is None else {}
        values.setdefault("order", Decision.objects.filter(project=project).count() + 1)
        decision = Decision.objects.create(project=project, **values)
        log.append(DecisionOpened(openness=openness), by=_staff(by), about=decision.uid, words=decision.what)
        if _frozen(project):
            _note_change(project, decision, "what", "", decision.what, because=because, now=now)
    return decision


def change_decision(
    decision: Decision, *, by: Staff, now: datetime, version: int, because: str = "", **fields: Any
) -> Decision:
    """Change what was read as `version`. After the freeze, what narrows needs a reason, and everybody invited is told."""
    unknown = set(fields) - DECISION_FIELDS
    if unknown:
        raise TypeError(f"A decision has no {', '.join(sorted(unknown))}")
    project = decision.project
    with record.writing(project, now=now) as log:
        fresh = Decision.objects.get(pk=decision.pk)
        if fresh.version != version:
            raise refusals.CharterChangedMeanwhile(fresh)
        changed = {name: value for name, value in fields.items() if getattr(fresh, name) != value}
        _check_decision({**{name: getattr(fresh, name) for name in DECISION_FIELDS}, **changed})
        if not changed:
            return fresh
        narrowing = narrows(fresh, changed)
        if _frozen(project):
            if narrowing and not because.strip():
                raise refusals.NarrowingNeedsAReason
            for name, value in sorted(changed.items()):
                before = getattr(fresh, name)
                _note_change(project, fresh, name, before, value, because=because, now=now, narrowing=narrowing)
        for name, value in changed.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save()
        said = DecisionChanged(fields=tuple(sorted(changed)), narrows=narrowing)
        entry = log.append(said, by=_staff(by), about=fresh.uid, words=because.strip())
        if narrowing and _frozen(project):
            _announce(project, seq=entry.seq, now=now)
    return fresh


def settle(
    decision: Decision, *, on: date, because: str, people_were_asked: bool | None, by: Staff, now: datetime
) -> Decision:
    """The decider has decided: on which day, why, and whether people were asked before."""
    if not because.strip():
        raise refusals.NarrowingNeedsAReason
    project = decision.project
    with record.writing(project, now=now) as log:
        fresh = Decision.objects.get(pk=decision.pk)
        if _frozen(project):
            _note_change(
                project, fresh, "openness", fresh.openness, Openness.SETTLED, because=because, now=now, narrowing=True
            )
        fresh.openness, fresh.settled_on = Openness.SETTLED, on
        fresh.settled_because, fresh.people_were_asked = because.strip()[:300], people_were_asked
        fresh.version += 1
        fresh.save()
        said = DecisionSettled(on=on, people_were_asked=people_were_asked)
        entry = log.append(said, by=_staff(by), about=fresh.uid, words=because.strip())
        if _frozen(project):
            _announce(project, seq=entry.seq, now=now)
    return fresh


def reopen(decision: Decision, *, because: str, until: date | None, by: Staff, now: datetime) -> Decision:
    """Somebody with the power to do so opens it again, says why, and until when. Pressed twice, it happens once."""
    if not because.strip():
        raise refusals.ReopeningNeedsAReason
    project = decision.project
    with record.writing(project, now=now) as log:
        fresh = Decision.objects.get(pk=decision.pk)
        if fresh.openness != Openness.SETTLED:
            return fresh
        after = Openness.WITHIN_LIMITS if fresh.limit else Openness.OPEN
        if _frozen(project):
            _note_change(project, fresh, "openness", fresh.openness, after, because=because, now=now)
        fresh.openness, fresh.settled_on, fresh.settled_because = after, None, ""
        fresh.decide_by = until or fresh.decide_by
        fresh.version += 1
        fresh.save()
        log.append(DecisionReopened(until=until), by=_staff(by), about=fresh.uid, words=because.strip())
    return fresh


def note_act(decision: Decision, *, on: date, what: str, closes: Iterable[str], by: Staff, now: datetime) -> Decision:
    """
    A lease, a contract, an advert, a recommendation lodged with the board: what it closes, or "all". Everybody invited reads of it. The
    same is noted once.
    """
    if not what.strip():
        raise refusals.SayWhatWasDone
    closed = [one for one in closes if one == "all" or one in decision.options]
    project = decision.project
    with record.writing(project, now=now) as log:
        fresh = Decision.objects.get(pk=decision.pk)
        said = {"on": on.isoformat(), "what": what.strip()[:300], "closes": closed}
        if said in fresh.acts:
            return fresh
        fresh.acts = [*fresh.acts, said]
        fresh.version += 1
        fresh.save(update_fields=["acts", "version"])
        log.append(ActNoted(on=on), by=_staff(by), about=fresh.uid, words=what.strip())
    return fresh


def take_out_act(decision: Decision, *, number: int, version: int, by: Staff, now: datetime) -> Decision:
    """It was noted by mistake. The record keeps that it was. Of two who press at once, the second takes out nothing."""
    with record.writing(decision.project, now=now) as log:
        fresh = Decision.objects.get(pk=decision.pk)
        if fresh.version != version or not 0 <= number < len(fresh.acts):
            return fresh
        fresh.acts = [one for at, one in enumerate(fresh.acts) if at != number]
        fresh.version += 1
        fresh.save(update_fields=["acts", "version"])
        log.append(DecisionChanged(fields=("acts",), narrows=False), by=_staff(by), about=fresh.uid)
    return fresh


def weigh(change: Change, *, reconsidered: bool, by: Staff, now: datetime) -> Change:
    """After something narrowed: was what people had given before looked at again? The team says yes or no; left, it is not known."""
    with record.writing(change.project, now=now) as log:
        change.refresh_from_db(fields=["reconsidered"])
        if change.reconsidered == reconsidered:
            return change
        change.reconsidered = reconsidered
        change.save(update_fields=["reconsidered"])
        said = ChangeWeighed(reconsidered=reconsidered)
        log.append(said, by=_staff(by), about=change.decision.uid if change.decision else change.project.uid)
    return change


def remove_decision(decision: Decision, *, by: Staff, now: datetime, because: str = "") -> Decision:
    """Take a decision off the list. Once people were invited with it, that needs a reason."""
    project = decision.project
    with record.writing(project, now=now) as log:
        decision.refresh_from_db()
        if decision.removed_at is not None:
            return decision
        if _frozen(project):
            if not because.strip():
                raise refusals.NarrowingNeedsAReason
            _note_change(project, decision, "what", decision.what, "", because=because, now=now, narrowing=True)
        decision.removed_at = now
        decision.save(update_fields=["removed_at"])
        entry = log.append(DecisionRemoved(), by=_staff(by), about=decision.uid, words=because.strip())
        if _frozen(project):
            _announce(project, seq=entry.seq, now=now)
    return decision


def sign(project: Project, *, person: Person, now: datetime) -> Signature:
    """A co-lead signs the charter as it stands. Signing twice is signing once."""
    if not person.co_lead or person.project_id != project.pk:
        raise refusals.NotACoLead
    with record.writing(project, now=now) as log:
        people.still_here(person)
        standing = Signature.objects.filter(project=project, person=person, taken_back_at=None).first()
        if standing is not None:
            return standing
        signature = Signature.objects.create(project=project, person=person, signed_at=now)
        log.append(CharterSigned(), by=f"person:{person.uid}", about=person.uid)
    return signature


def take_back(project: Project, *, person: Person, now: datetime) -> None:
    """Without a reason, at any time. The label falls with it."""
    with record.writing(project, now=now) as log:
        standing = Signature.objects.filter(project=project, person=person, taken_back_at=None)
        if standing.update(taken_back_at=now):
            log.append(SignatureTakenBack(), by=f"person:{person.uid}", about=person.uid)


def freeze(project: Project, *, by: Staff, now: datetime) -> Charter:
    """With the first invitation: from now on, what narrows needs a reason and is told. Freezing twice is freezing once."""
    with record.writing(project, now=now) as log:
        charter = Charter.objects.get(project=project)
        if charter.frozen_at is None:
            charter.frozen_at = now
            charter.save(update_fields=["frozen_at"])
            log.append(CharterFrozen(version=charter.version), by=_staff(by), about=project.uid)
    return charter


def refuse_unless_ready(project: Project) -> None:
    """
    Before people are invited or a workshop opens: a safe person and a day to hear back. Else `NotReadyToAsk`. And never while it stands
    in public that nobody is there to answer.
    """
    match Project.objects.values_list("state", flat=True).get(pk=project.pk):
        case ProjectState.CLOSED:
            raise refusals.ClosedForAsking
        case ProjectState.RESTING:
            raise refusals.RestsForAsking
    if missing := asks.missing_before_asking(project):
        raise refusals.NotReadyToAsk(missing)


def told_of_changes(project: Project, *, now: datetime) -> int:
    """Everybody invited has been told of the changes so far."""
    with record.writing(project, now=now):
        return Change.objects.filter(project=project, told_at=None).update(told_at=now)


def letter_sent(reference: dict[str, Any], now: datetime) -> None:
    """The last letter about the changes has gone: everybody who can be written to has been told."""
    project = Project.objects.filter(uid=reference["project"]).first()
    if project is not None and not _letters_wait(reference["project"]):
        told_of_changes(project, now=now)


def _letters_wait(project: str) -> bool:
    waiting = Outgoing.objects.filter(kind="charter.changed", state__in=(LetterState.QUEUED, LetterState.SENDING))
    return waiting.filter(reference__project=project).exists()


def _announce(project: Project, *, seq: int, now: datetime) -> None:
    """
    What narrows stands on the public and the personal page at once, and goes to everybody invited who chose e-mail and did not say stop.
    Who has no address reads it there, so where there is nobody to write to they have been told now.
    """
    there = Person.objects.filter(staying(), project=project, place__invited_at__isnull=False)
    by_mail = there.filter(ways__kind=WayKind.EMAIL, ways__chosen=True)
    invited = by_mail.exclude(wish__how_often=HowOften.NEVER).distinct()
    for person in invited:
        post.queue(
            "charter.changed",
            way=WayKind.EMAIL,
            reference={"project": str(project.uid), "person": str(person.uid), "seq": seq},
            once=f"charter.changed:{project.uid}:{seq}:{person.uid}",
            belongs_to=project.uid,
            run_at=now,
        )
    if not invited:
        Change.objects.filter(project=project, told_at=None).update(told_at=now)


def _check_decision(values: Mapping[str, Any]) -> None:
    if not values["what"].strip():
        raise refusals.SayWhatIsDecided
    if values["openness"] == Openness.SETTLED and not values.get("settled_on"):
        raise refusals.SettledNeedsADay
    if values["openness"] == Openness.WITHIN_LIMITS and not values.get("limit"):
        raise refusals.LimitNeedsWords


def _frozen(project: Project) -> bool:
    return Charter.objects.filter(project=project, frozen_at__isnull=False).exists()


def _note_change(
    project: Project,
    decision: Decision | None,
    name: str,
    before: object,
    after: object,
    *,
    because: str,
    now: datetime,
    narrowing: bool = False,
) -> None:
    Change.objects.create(
        project=project, decision=decision, field=name, before=_text(before), after=_text(after), narrows=narrowing,
        because=because.strip(), at=now,
    )  # fmt: skip


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)


def _staff(by: Staff) -> str:
    return f"staff:{by.uid}"
