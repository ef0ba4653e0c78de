"""
When a telling goes out: as it comes, once when all is done, only if something changes, or never. Whatever somebody chose, at most one
round in a fortnight, with all that waits for them in it; nothing identical goes twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Max, Q, QuerySet

from withus.live.models import GONE, Contribution
from withus.loop import reach
from withus.loop.changes import says_the_same
from withus.loop.models import HAS_IT, AnswerVersion, Confirmation, Due, Says, Telling, Told
from withus.loop.reach import Numbers
from withus.people.models import HowOften, Person, WayKind
from withus.people.staying import staying
from withus.post import actions as post
from withus.post import many
from withus.post.models import LetterState, Outgoing
from withus.post.ways import carried
from withus.projects import day
from withus.projects.models import Project
from withus.record import log as record

FORTNIGHT = timedelta(days=14)
"""At most one telling in it (D)."""
LETTER = "answers.published"
AT_ONCE = 500


def tell(
    version: AnswerVersion, cards: QuerySet[Contribution], *, changed: bool, only_new: bool = False, now: datetime
) -> int:
    """
    Owe each contributor of these cards one telling of this version; how many people. `only_new`: not those who were told of an earlier
    version of this answer. Inside the caller's writing. What goes out when is for `let_go`.
    """
    earlier = Q(version__answer=version.answer_id) if only_new else Q(version=version)
    told = set(Telling.objects.filter(earlier).values_list("person", flat=True))
    moved, spared = _superseded(version)
    had_all = _had_all(version.answer.project)
    fresh = []
    left_out = told | moved | spared
    contributors = _contributors(cards)
    known = reach.of(contributors)
    for number in contributors:
        if number not in left_out:
            way = known.get(number, reach.NOBODY_ASKED).way(changed=changed, had_all=number in had_all)
            fresh.append((uuid4(), number, way, Told.WAITING.value if way == WayKind.NONE else Told.HELD.value))
    told_of = {"version_id": version.pk, "at": now}
    many.insert_many(Telling, same=told_of, names=("uid", "person_id", "way", "state"), rows=fresh)
    return len(fresh) + len(moved)


def _contributors(cards: QuerySet[Contribution]) -> QuerySet[Person, int]:
    """Whoever gave one of these cards, alone or with others. Asked as one question: of twenty thousand cards no list is made."""
    plain = cards.order_by()
    with_others = Contribution.with_persons.through.objects.filter(contribution__in=plain.values("pk"))
    gave = Q(pk__in=plain.values("person")) | Q(pk__in=with_others.values("person"))
    return Person.objects.filter(gave, erased_at=None).order_by("pk").values_list("pk", flat=True)


def _some(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many at once that twenty thousand need no question with twenty thousand numbers in it."""
    return (numbers[begin : begin + AT_ONCE] for begin in range(0, len(numbers), AT_ONCE))


def _superseded(version: AnswerVersion) -> tuple[set[int], set[int]]:
    """
    Whoever has not been sent the older wording yet gets the newer one in its place: one letter, not two. And none where that says again
    what they were told before. Who gets it, and who is spared it.
    """
    older = Telling.objects.filter(version__answer=version.answer_id).exclude(version=version)
    rows = list(older.filter(state=Told.HELD))
    queued = older.filter(state=Told.QUEUED)
    if queued.exists():
        letters = Outgoing.objects.select_for_update().filter(kind=LETTER, state=LetterState.QUEUED)
        still = {uid for reference in letters.values_list("reference", flat=True) for uid in reference["tellings"]}
        rows += [one for one in queued if str(one.uid) in still]
    has_it = _told_the_same(version) if rows else set()
    spared = [one for one in rows if one.person_id in has_it]
    moved = [one for one in rows if one.person_id not in has_it]
    for some in _some([one.pk for one in spared]):
        Telling.objects.filter(pk__in=some).delete()
    for some in _some([one.pk for one in moved]):
        Telling.objects.filter(pk__in=some).update(version=version, read_at=None)
    return {one.person_id for one in moved}, {one.person_id for one in spared}


def _told_the_same(version: AnswerVersion) -> set[int]:
    """Who was last told just this: it was changed, and changed back before they heard."""
    before = AnswerVersion.objects.filter(
        answer=version.answer_id, published_at__isnull=False, number__lt=version.number
    )
    same = {one.pk for one in before if says_the_same(one, version)}
    if not same:
        return set()
    told = Telling.objects.filter(HAS_IT, version__in=before).order_by("version__number")
    last = dict(told.values_list("person", "version"))
    return {person for person, number in last.items() if number in same}


def _had_all(project: Project) -> set[int]:
    """Who asked to hear once, and has. What they are owed again after a "no" is another matter."""
    rows = Telling.objects.filter(person__project=project, person__wish__how_often=HowOften.ONCE)
    had = dict(rows.exclude(let_go_at=None).values_list("person").annotate(Max("let_go_at")))
    again = Confirmation.objects.filter(person__project=project, says__in=(Says.NO, Says.PARTLY))
    return set(had) - {
        person for person, at in again.values_list("person", "at") if person in had and at >= had[person]
    }


def let_go_of_all(project: Project, *, now: datetime) -> int:
    """Let go what is ready in this project. Inside the caller's writing."""
    held = Telling.objects.filter(person__project=project, state=Told.HELD)
    return _let_some_go(Person.objects.filter(pk__in=held.values("person")).values_list("pk", flat=True), now=now)


def let_go(persons: Sequence[Person], *, now: datetime) -> int:
    """
    All that waits for each of these people goes out in one letter, unless it is not all done for who asked for that, or their last was less
    than a fortnight ago: then a job looks again on its day. How many people.
    """
    numbers = [person.pk for person in persons]
    return sum(_let_some_go(some, now=now) for some in _some(numbers))


@dataclass(frozen=True)
class Waits:
    """A telling that is to go out now: what of it a letter's row holds."""

    pk: int
    uid: UUID
    tries: int
    person: int
    person_uid: UUID
    project: int
    read_at: datetime | None


def _let_some_go(numbers: Numbers, *, now: datetime) -> int:
    held: dict[int, list[Waits]] = {}
    held_rows = Telling.objects.filter(staying("person__"), person__in=numbers, state=Told.HELD)
    for one in waits_of(held_rows):
        held.setdefault(one.person, []).append(one)
    gone = Telling.objects.filter(person__in=numbers).exclude(let_go_at=None)
    last = dict(gone.order_by().values_list("person").annotate(Max("let_go_at")))
    known = reach.of(numbers)
    once = [number for number in held if known.get(number, reach.NOBODY_ASKED).how_often == HowOften.ONCE]
    not_done = {number for some in _some(once) for number in _not_done(some, now=now)}
    ready = []
    for number, tellings in held.items():
        if number in not_done:
            continue
        if number in last and last[number] + FORTNIGHT > now:
            project = Project.objects.get(pk=tellings[0].project)
            _look_again(project, last[number] + FORTNIGHT, why=str(number))
            continue
        ready.append(tellings)
    send_rounds(ready, known, now=now)
    return len(held)


def waits_of(rows: QuerySet[Telling]) -> list[Waits]:
    """In the order in which they came."""
    names = ("pk", "uid", "tries", "person", "person__uid", "person__project", "read_at")
    return [Waits(*row) for row in rows.order_by("pk").values_list(*names)]


def send_rounds(rounds: Sequence[Sequence[Waits]], known: dict[int, reach.Reach], *, now: datetime) -> None:
    """
    All that waits for one person in one letter, by the way that they want now, which may be another than when it was published; where that
    fails, by the next that they gave. How often it was tried tells a second letter about the same from the first. What they have read on
    their own page by now is not written to them again, and counts as told when the letter would have gone.
    """
    projects = dict(Project.objects.filter(pk__in={one[0].project for one in rounds}).values_list("pk", "uid"))
    out: list[post.ToQueue] = []
    by_way: dict[str, list[int]] = {}
    by_machine, read = carried(), list[int]()
    for tellings in rounds:
        first = tellings[0]
        way = known.get(first.person, reach.NOBODY_ASKED).way(changed=True, had_all=False)
        by_way.setdefault(way, []).extend(telling.pk for telling in tellings)
        if way in by_machine:
            unread = [telling for telling in tellings if telling.read_at is None]
            read += [telling.pk for telling in tellings if telling.read_at is not None]
            if not unread:
                continue
            first = unread[0]
            uids = [str(telling.uid) for telling in unread]
            reference = {"person": str(first.person_uid), "tellings": uids, "way": way}
            once, whose = f"{LETTER}:{first.uid}:{first.tries}", projects[first.project]
            out.append(post.ToQueue(way, reference, once, now, whose))
    for way, pks in by_way.items():
        state = Told.QUEUED if way in by_machine else Told.WAITING
        let_go_at = None if way == WayKind.NONE else now
        for some in _some(pks):
            Telling.objects.filter(pk__in=some).update(way=way, state=state, let_go_at=let_go_at, tries=F("tries") + 1)
    for some in _some(read):
        Telling.objects.filter(pk__in=some).update(state=Told.SENT, told_at=now, let_go_at=None)
    post.queue_many(LETTER, out)


def look_again(reference: dict[str, str], now: datetime) -> None:
    """The job: the fortnight is over, or the day of a promise has passed."""
    project = Project.objects.get(uid=reference["project"])
    with record.writing(project, now=now):
        let_go_of_all(project, now=now)


def look_again_after(version: AnswerVersion) -> None:
    """Whoever hears once, when all is done, waits for the day of this promise at most."""
    if version.promised_on is not None:
        project = version.answer.project
        on = day.instant(project, version.promised_on + timedelta(days=1), time(0, 1))
        _look_again(project, on, why=str(version.answer.uid))


def _look_again(project: Project, on: datetime, *, why: str) -> None:
    reference = {"project": str(project.uid)}
    post.queue_job("answers.look_again", reference=reference, once=f"look-again:{why}:{on:%Y%m%d%H%M}", run_at=on)


def _not_done(numbers: Sequence[int], *, now: datetime) -> set[int]:
    """Of these people, who is owed an answer, or was promised something whose day is still to come."""
    if not numbers:
        return set()
    dues = Due.objects.filter(met_at=None, acknowledgement_only=False).exclude(contribution__state__in=GONE)
    owners = [
        *dues.filter(contribution__person__in=numbers).values_list("contribution__person", flat=True),
        *dues.filter(contribution__with_persons__in=numbers).values_list("contribution__with_persons", flat=True),
    ]
    waiting = {owner for owner in owners if owner in set(numbers)}
    told = Telling.objects.filter(person__in=numbers).values_list("person", "version__answer")
    newest: dict[int, AnswerVersion] = {}
    answers = {answer for _person, answer in told}
    rows = AnswerVersion.objects.filter(answer__in=answers, published_at__isnull=False).order_by("answer", "number")
    for version in rows.select_related("answer__project"):
        newest[version.answer_id] = version
    running = {number for number, version in newest.items() if _still_to_come(version, now)}
    return waiting | {person for person, answer in told if answer in running}


def _still_to_come(version: AnswerVersion, now: datetime) -> bool:
    if version.promised_on is None or version.kept_on is not None:
        return False
    return not day.is_late(version.answer.project, version.promised_on, now)


def way_now(person: Person) -> str:
    """By which way they would be written to now."""
    return reach.of([person.pk]).get(person.pk, reach.NOBODY_ASKED).way(changed=True, had_all=False)


def hold_again(reference: dict[str, Any], *, now: datetime) -> None:
    """Its letter's turn came, and they had chosen another way or none: it waits, and goes by what they want now."""
    rows = Telling.objects.filter(uid__in=reference["tellings"], state=Told.QUEUED)
    first = rows.select_related("person__project").first()
    if first is None:
        return
    rows.update(state=Told.HELD, let_go_at=None)
    _look_again(first.person.project, now, why=str(first.uid))
