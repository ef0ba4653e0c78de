"""
After the day of a promise: kept, and four weeks later still so? Or broken: then it is open again, and goes to those who run the project.

Whoever was told is asked once. Nobody's name goes to the team with what they say.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from withus.accounts.models import Staff
from withus.loop import refusals
from withus.loop.actions.owing import is_closed, open_again, owe_again
from withus.loop.actions.sending import AT_ONCE, FORTNIGHT, last_told
from withus.loop.asks import published
from withus.loop.entries import PromiseBroken, PromiseStillSo
from withus.loop.models import HAS_IT, STILL_SO, Answer, AnswerVersion, Confirmation, Due, Says, Telling
from withus.loop.models_of_answers import StillSo
from withus.loop.spoken_to import settled_by
from withus.people import actions as people
from withus.people.models import HowOften, Person, WayKind
from withus.people.staying import staying
from withus.post import actions as post
from withus.projects import day
from withus.projects.access import RUNS_IT
from withus.projects.models import Project
from withus.record import log as record

FOUR_WEEKS = timedelta(weeks=4)
MORNING = time(9, 0)


def ask_later(version: AnswerVersion, *, now: datetime) -> None:
    """Inside the caller's writing."""
    assert version.kept_on is not None
    run_at = max(now, day.instant(version.answer.project, version.kept_on + FOUR_WEEKS, MORNING))
    reference = {"answer": str(version.answer.uid), "on": version.kept_on.isoformat()}
    post.queue_job("promise.ask", reference=reference, once=f"ask:{version.answer.uid}", run_at=run_at, days=None)


def ask_if_still_so(reference: dict[str, str], now: datetime) -> None:
    """The job. Of a promise that is not kept any more by what the team says now, nobody is asked."""
    answer = Answer.objects.filter(uid=reference["answer"]).select_related("project").first()
    if answer is None:
        return
    on = date.fromisoformat(reference["on"])
    while _ask_some(answer, on, now=now):
        pass


def _ask_some(answer: Answer, on: date, *, now: datetime) -> int:
    """The next thousand who were told and not asked yet; how many. Each time in line with whoever else writes."""
    with record.writing(answer.project, now=now):
        current = published(answer)
        if current is None or current.kept_on != on:
            return 0
        told = Telling.objects.filter(HAS_IT, version__answer=answer).values("person")
        asked = StillSo.objects.filter(answer=answer).values("person")
        persons = Person.objects.filter(staying(), pk__in=told).exclude(pk__in=asked).order_by("pk")
        some = list(persons.select_related("wish").prefetch_related("ways")[:AT_ONCE])
        _ask(answer, some, on, now=now)
    return len(some)


def _ask(answer: Answer, persons: list[Person], on: date, *, now: datetime) -> None:
    """It waits on everybody's page. By e-mail to whoever wants to hear as it comes, a fortnight after they were last told something."""
    StillSo.objects.bulk_create(StillSo(answer=answer, person=one, kept_on=on, asked_at=now) for one in persons)
    mailed = [one for one in persons if _wants_mail(one)]
    last = last_told([one.pk for one in mailed], now=now)
    out: list[post.ToQueue] = []
    days: dict[datetime, list[Person]] = {}
    for person in mailed:
        run_at = max(now, last[person.pk] + FORTNIGHT) if person.pk in last else now
        reference = {"answer": str(answer.uid), "person": str(person.uid)}
        once = f"still-so:{answer.uid}:{person.uid}"
        out.append(post.ToQueue(WayKind.EMAIL, reference, once, run_at, answer.project.uid, _days(run_at - now)))
        days.setdefault(run_at, []).append(person)
    for run_at, some in days.items():
        Telling.objects.filter(person__in=some, version__answer=answer).update(let_go_at=run_at)
    post.queue_many("promise.ask", out)


def _days(wait: timedelta) -> int:
    """Begun ones count."""
    return -(-wait // timedelta(days=1))


def _wants_mail(person: Person) -> bool:
    wish = getattr(person, "wish", None)
    if wish is not None and wish.how_often != HowOften.AS_IT_COMES:
        return False
    return any(one.kind == WayKind.EMAIL and one.chosen and one.bounced_at is None for one in person.ways.all())


def say_still_so(person: Person, *, answer: Answer, so: bool, now: datetime, by_slip: bool = False) -> StillSo:
    """Yes, or no: then what they are owed is open again, a closed project with it, and those who run the project are told."""
    project = person.project
    with record.writing(project, now=now) as log:
        people.still_here(person)
        row = StillSo.objects.filter(answer=answer, person=person).first()
        if row is None:
            raise refusals.NotAsked
        if row.so == so:
            return row
        was_no, row.so, row.said_at, row.by_slip = row.so is False, so, now, by_slip
        row.save(update_fields=["so", "said_at", "by_slip"])
        log.append(PromiseStillSo(so=so), by=f"person:{person.uid}", about=answer.uid)
        mine = Q(contribution__person=person) | Q(contribution__with_persons=person)
        if not so:
            opens = is_closed(project)
            theirs = settled_by(answer).filter(mine).distinct()
            if not owe_again(theirs, project=project, log=log, now=now, team_hears=True):
                open_again(project, log=log, now=now, team_hears=True)
            opened = opens and not is_closed(project)
            tell_the_owners(project, answer, "promise.not_so", on=day.of(project, now), opened=opened, now=now)
        elif was_no and not _says_no(person, answer):
            of_it = Q(contribution__placements__theme=answer.theme_id) if answer.theme_id else Q()
            of_it &= Q() if answer.theme_id else Q(contribution=answer.contribution_id)
            dues = Due.objects.filter(mine, of_it, met_at=None).exclude(reopened_at=None)
            Due.objects.filter(pk__in=dues.values("pk")).update(met_by=answer, met_at=now)
    return row


def take_from_slip(telling: Telling, *, says: str, now: datetime) -> None:
    """
    The paper asked, so it counts also where the job asked nobody, because the letter was noted as posted late. What they have said on
    their own page stands. Inside the caller's writing.
    """
    person, answer, kept_on = telling.person, telling.version.answer, telling.version.kept_on
    current = published(answer)
    if kept_on is None or current is None or current.kept_on != kept_on:
        raise refusals.NoSuchTick
    if day.of(person.project, now) < kept_on + FOUR_WEEKS:
        raise refusals.NotFourWeeksYet
    asked = {"kept_on": kept_on, "asked_at": now}
    row, _new = StillSo.objects.get_or_create(answer=answer, person=person, defaults=asked)
    if row.so is None or row.by_slip:
        say_still_so(person, answer=answer, so=says == STILL_SO[0][0], now=now, by_slip=True)


def asked_on_paper(telling: Telling) -> date | None:
    """From which day on the slip of this letter asks whether it is still so; None where no promise was kept, or they have said it."""
    version = telling.version
    current = published(version.answer) if version.kept_on else None
    if version.kept_on is None or current is None or current.kept_on != version.kept_on:
        return None
    said = StillSo.objects.filter(answer=version.answer, person=telling.person_id, so__isnull=False)
    return None if said.exists() else version.kept_on + FOUR_WEEKS


def _says_no(person: Person, answer: Answer) -> bool:
    """What they last said of the answer itself keeps it open, whatever they say of the promise."""
    last = Confirmation.objects.filter(person=person, answer=answer).exclude(says=Says.STOP).order_by("-pk").first()
    return last is not None and last.says in (Says.NO, Says.PARTLY)


def note_broken(reference: dict[str, str], now: datetime) -> None:
    """The job of the morning after a promise's day, whatever clocks do: one entry, and what it answered is open again."""
    answer = Answer.objects.filter(uid=reference["answer"]).select_related("project").first()
    if answer is None:
        return
    project, on = answer.project, date.fromisoformat(reference["on"])
    with record.writing(project, now=now) as log:
        current = published(answer)
        if current is None or current.promised_on != on or current.kept_on or not day.is_late(project, on, now):
            return
        log.append(PromiseBroken(on=on), by=record.SYSTEM, about=answer.uid)
        opens = is_closed(project)
        owe_again(settled_by(answer), project=project, log=log, now=now, team_hears=True)
        opened = opens and not is_closed(project)
        tell_the_owners(project, answer, "promise.broken", on=on, opened=opened, now=now)


def tell_the_owners(project: Project, answer: Answer, kind: str, *, on: date, opened: bool, now: datetime) -> None:
    """
    Once a day at most, however many people say so; and each time that it opens the project again, which the same mail says. Inside the
    caller's writing.
    """
    staff = Staff.objects.filter(team_places__project=project, team_places__part__in=RUNS_IT, is_active=True)
    for one in staff.distinct():
        post.queue(
            kind,
            way=WayKind.EMAIL,
            reference={"answer": str(answer.uid), "staff": str(one.uid), "opened": opened},
            once=f"{kind}:{answer.uid}:{on:%Y%m%d}:{one.pk}{':opened:' + now.isoformat() if opened else ''}",
            belongs_to=answer.project.uid,
            run_at=now,
        )
