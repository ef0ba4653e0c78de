"""
After the day of a promise: kept, and four weeks later still so? Or broken: then it is open again, and goes to those who run the project.

Whoever was told is asked once. Nobody's name goes to the team with what they say.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.actions.owing import open_again, owe_again
from withus.loop.actions.sending import FORTNIGHT
from withus.loop.entries import PromiseBroken, PromiseStillSo
from withus.loop.models import Answer, AnswerVersion, Due, Telling, Told
from withus.loop.models_of_answers import StillSo
from withus.people.models import HowOften, Person, WayKind
from withus.post import actions as post
from withus.post.models import Outgoing
from withus.projects import day
from withus.projects.access import RUNS_IT
from withus.projects.models import Project
from withus.record import log as record

FOUR_WEEKS = timedelta(weeks=4)
MORNING = time(9, 0)
TOLD = (Told.SENT, Told.PRINTED, Told.READ)


def ask_later(version: AnswerVersion, *, now: datetime) -> None:
    """Inside the caller's writing."""
    assert version.kept_on is not None
    run_at = max(now, day.instant(version.answer.project, version.kept_on + FOUR_WEEKS, MORNING))
    reference = {"answer": str(version.answer.uid), "on": version.kept_on.isoformat()}
    post.queue_job("promise.ask", reference=reference, once=f"ask:{version.answer.uid}", run_at=run_at)


def ask_if_still_so(reference: dict[str, str], now: datetime) -> None:
    """The job. Of a promise that is not kept any more by what the team says now, nobody is asked."""
    answer = Answer.objects.filter(uid=reference["answer"]).select_related("project").first()
    if answer is None:
        return
    project, on = answer.project, date.fromisoformat(reference["on"])
    with record.writing(project, now=now):
        current = _current(answer)
        if current is None or current.kept_on != on:
            return
        told = Q(tellings__version__answer=answer, tellings__state__in=TOLD)
        asked = StillSo.objects.filter(answer=answer).values("person")
        persons = Person.objects.filter(told, erased_at=None, erasing_at=None).exclude(pk__in=asked).distinct()
        persons = persons.select_related("wish").prefetch_related("ways")
        rows = [StillSo(answer=answer, person=person, kept_on=on, asked_at=now) for person in persons]
        StillSo.objects.bulk_create(rows, batch_size=500)
        post.queue_many(_letters(answer, [one.person for one in rows], now=now))


def _letters(answer: Answer, persons: list[Person], *, now: datetime) -> list[Outgoing]:
    """To whoever wants to hear as it comes, by e-mail; a fortnight after their last. It waits on everybody's page."""
    last = dict(
        Telling.objects.filter(person__in=persons)
        .exclude(let_go_at=None)
        .order_by()
        .values_list("person")
        .annotate(Max("let_go_at"))
    )
    out, by_mail = [], []
    for person in persons:
        wish = getattr(person, "wish", None)
        chosen = [way.kind for way in person.ways.all() if way.chosen and way.bounced_at is None]
        if WayKind.EMAIL not in chosen or (wish is not None and wish.how_often != HowOften.AS_IT_COMES):
            continue
        before = last.get(person.pk)
        run_at = max(now, before + FORTNIGHT) if before else now
        reference = {"answer": str(answer.uid), "person": str(person.uid)}
        once = f"still-so:{answer.uid}:{person.uid}"
        out.append(Outgoing(kind="promise.ask", way=WayKind.EMAIL, reference=reference, once=once, run_at=run_at))
        by_mail.append((person, run_at))
    for person, run_at in by_mail:
        Telling.objects.filter(person=person, version__answer=answer).update(let_go_at=run_at)
    return out


def say_still_so(person: Person, *, answer: Answer, so: bool, now: datetime) -> StillSo:
    """Yes, or no: then what they are owed is open again, a closed project with it, and those who run the project are told."""
    project = person.project
    with record.writing(project, now=now) as log:
        row = StillSo.objects.filter(answer=answer, person=person).first()
        if row is None:
            raise refusals.NotAsked
        if row.so == so:
            return row
        row.so, row.said_at = so, now
        row.save(update_fields=["so", "said_at"])
        log.append(PromiseStillSo(so=so), by=f"person:{person.uid}", about=answer.uid)
        mine = Q(contribution__person=person) | Q(contribution__with_persons=person)
        if so:
            dues = Due.objects.filter(mine, contribution__placements__theme=answer.theme_id, met_at=None)
            dues = (
                dues if answer.theme_id else Due.objects.filter(mine, contribution=answer.contribution_id, met_at=None)
            )
            numbers = list(dues.exclude(reopened_at=None).values_list("pk", flat=True))
            Due.objects.filter(pk__in=numbers).update(met_by=answer, met_at=now)
        else:
            if not owe_again(Due.objects.filter(mine, met_by=answer).distinct(), project=project, log=log, now=now):
                open_again(project, log=log, now=now)
            tell_the_owners(project, answer, "promise.not_so", on=day.of(project, now), now=now)
    return row


def note_broken(reference: dict[str, str], now: datetime) -> None:
    """The job of the morning after a promise's day, whatever clocks do: one entry, and what it answered is open again."""
    answer = Answer.objects.filter(uid=reference["answer"]).select_related("project").first()
    if answer is None:
        return
    project, on = answer.project, date.fromisoformat(reference["on"])
    with record.writing(project, now=now) as log:
        current = _current(answer)
        if current is None or current.promised_on != on or current.kept_on or not day.is_late(project, on, now):
            return
        log.append(PromiseBroken(on=on), by=record.SYSTEM, about=answer.uid)
        owe_again(Due.objects.filter(met_by=answer), project=project, log=log, now=now)
        tell_the_owners(project, answer, "promise.broken", on=on, now=now)


def tell_the_owners(project: Project, answer: Answer, kind: str, *, on: date, now: datetime) -> None:
    """Once a day at most, however many people say so. Inside the caller's writing."""
    staff = Staff.objects.filter(team_places__project=project, team_places__part__in=RUNS_IT, is_active=True)
    for one in staff.distinct():
        post.queue(
            kind,
            way=WayKind.EMAIL,
            reference={"answer": str(answer.uid), "staff": str(one.uid)},
            once=f"{kind}:{answer.uid}:{on:%Y%m%d}:{one.pk}",
            run_at=now,
        )


def _current(answer: Answer) -> AnswerVersion | None:
    return AnswerVersion.objects.filter(answer=answer, published_at__isnull=False).order_by("-number").first()
