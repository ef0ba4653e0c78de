"""
When a telling goes out: as it comes, once when all is done, only if something changes, or never. Whatever somebody chose, at most one
round in a fortnight, with all that waits for them in it, and none within a fortnight of being told in person; nothing identical goes twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Max, Q, QuerySet

from withus.live.models import Contribution
from withus.loop import reach
from withus.loop.asks import TO_BE_TOLD, still_owed
from withus.loop.changes import says_the_same
from withus.loop.models import HAS_IT, TALK, Answer, AnswerVersion, Confirmation, Due, Says, Telling, Told
from withus.loop.spoken_to import reached_by
from withus.people.models import HowOften, Person, WayKind
from withus.people.staying import staying
from withus.post import actions as post
from withus.post import many
from withus.post.models import WAITING, LetterState, Outgoing
from withus.post.ways import carried
from withus.projects import day
from withus.projects.models import Project
from withus.record import log as record

FORTNIGHT = timedelta(days=14)
"""At most one telling in it (D)."""
MINUTE = timedelta(minutes=1)
LETTER = "answers.published"
TELL = "answers.tell"
ASK = "promise.ask"
AT_ONCE = 1000
"""People whose rows are written in one transaction: for so long somebody who sends a card waits."""
ANYBODY = Q()
ON_THE_WAY = (Told.HELD, Told.QUEUED)


def tell(
    version: AnswerVersion, cards: QuerySet[Contribution], *, changed: bool, only_new: bool = False, now: datetime
) -> int:
    """
    Owe each contributor of these cards one telling of this version, and let go what can go; how many people. `only_new`: it says what the
    version before it says, and is not owed to those who were told that. Inside the caller's writing.

    Of more than a thousand people it is settled here who they are, and jobs in the same transaction write the rows, a thousand at a
    time: nobody who sends a card meanwhile waits for twenty thousand others.
    """
    of_it = Telling.objects.filter(version__answer=version.answer_id)
    told = set(of_it.filter(version__in=_these_words(version, only_new=only_new)).values_list("person", flat=True))
    gave = set(_contributors(cards))
    waits = set(of_it.exclude(version=version).filter(state__in=ON_THE_WAY).values_list("person", flat=True))
    everybody = sorted(gave.union(of_it.values_list("person", flat=True)))
    if len(everybody) <= AT_ONCE:
        return tell_some(version, everybody, changed=changed, only_new=only_new, now=now)
    project = version.answer.project
    how = {"version": version.pk, "changed": changed, "only_new": only_new}
    jobs = [
        post.JobToQueue({**how, "people": list(some)}, f"{TO_BE_TOLD % project.uid}{version.pk}:{some[0]}")
        for some in _some(everybody)
    ]
    post.queue_jobs(TELL, jobs, run_at=now)
    return len((gave - told | waits) - _told_the_same(version, Q()))


def tell_some(version: AnswerVersion, numbers: Sequence[int], *, changed: bool, only_new: bool, now: datetime) -> int:
    """
    These people, whoever of them has a card still that the answer reaches or was to hear an older wording; how many. Done twice, it is
    done once. What goes out when is for `_let_some_go`. Inside the caller's writing.
    """
    theirs = Telling.objects.filter(person__among=numbers).values_list("person", "version", "version__answer")
    of_it = [(person, which) for person, which, answer in theirs if answer == version.answer_id]
    same = _these_words(version, only_new=only_new)
    told = {person for person, which in of_it if which in same}
    others = {person for person, _which in of_it} - told if only_new else set()
    has_it = _told_the_same(version, Q(person__among=numbers))
    waits = [person for person, which in of_it if which != version.pk]
    moved = _superseded(version, waits, has_it, now) if waits else set()
    had_all = _had_all(numbers)
    fresh = []
    left_out = told | moved | has_it
    known = reach.of(numbers)
    for number in _of_these(numbers, version.answer):
        if number not in left_out:
            is_changed = changed or number in others
            way = known.get(number, reach.NOBODY_ASKED).way(changed=is_changed, had_all=number in had_all)
            fresh.append((uuid4(), number, way, Told.WAITING.value if way == WayKind.NONE else Told.HELD.value))
    told_of = {"version_id": version.pk, "at": now}
    many.insert_many(Telling, same=told_of, names=("uid", "person_id", "way", "state"), rows=fresh)
    pressed = Confirmation.objects.filter(answer=version.answer_id, at__gt=version.published_at, person__among=numbers)
    Telling.objects.filter(version=version, read_at=None, person__in=pressed.values("person")).update(read_at=now)
    _let_some_go(numbers, known, now=now)
    return len(fresh) + len(moved)


def _these_words(version: AnswerVersion, *, only_new: bool) -> list[int]:
    """
    This version; `only_new`, also those right before it that say the same. One that says something else may still be on its way to people
    who were told of an older one, and this takes its place.
    """
    same = [version.pk]
    before = AnswerVersion.objects.filter(
        answer=version.answer_id, published_at__isnull=False, number__lt=version.number
    )
    for one in before.order_by("-number") if only_new else ():
        if not says_the_same(one, version):
            break
        same.append(one.pk)
    return same


def _contributors(cards: QuerySet[Contribution]) -> QuerySet[Person, int]:
    """Whoever gave one of these cards, alone or with others. Asked as one question: of twenty thousand cards no list is made."""
    plain = cards.order_by()
    with_others = Contribution.with_persons.through.objects.filter(contribution__in=plain.values("pk"))
    gave = Q(pk__in=plain.values("person")) | Q(pk__in=with_others.values("person"))
    return Person.objects.filter(gave, erased_at=None).order_by("pk").values_list("pk", flat=True)


def _of_these(numbers: Sequence[int], answer: Answer) -> list[int]:
    """
    As `_contributors`, of a few people: what each of them has given first, alone or with others, and then what of it is reached. The cards
    of the others are not looked at.
    """
    gave = list(Contribution.objects.filter(person__among=numbers).values_list("person", "pk"))
    shared = Contribution.with_persons.through.objects.filter(person__among=numbers)
    gave += shared.values_list("person", "contribution")
    cards = reached_by(answer, sorted({card for _person, card in gave}))
    still = set(cards.order_by().values_list("pk", flat=True))
    persons = {person for person, card in gave if card in still}
    erased = Person.objects.filter(pk__among=persons, erased_at__isnull=False).values_list("pk", flat=True)
    return sorted(persons.difference(erased))


def _some(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many at once that twenty thousand need no question with twenty thousand numbers in it."""
    return (numbers[begin : begin + AT_ONCE] for begin in range(0, len(numbers), AT_ONCE))


def _superseded(version: AnswerVersion, numbers: Sequence[int], has_it: set[int], now: datetime) -> set[int]:
    """
    Whoever has not been sent the older wording yet gets the newer one in its place: one letter, not two. And none where that says again
    what they were told before: `has_it`. Who gets it.
    """
    older = Telling.objects.filter(version__answer=version.answer_id, person__among=numbers).exclude(version=version)
    rows = list(older.filter(state=Told.HELD))
    queued = list(older.filter(state=Told.QUEUED).select_related("person"))
    if queued:
        letters = Outgoing.objects.select_for_update().filter(
            post.free(now),
            belongs_to=version.answer.project.uid,
            state=LetterState.QUEUED,
            kind=LETTER,
            reference__person__in=[str(one.person.uid) for one in queued],
        )
        still = {uid for reference in letters.values_list("reference", flat=True) for uid in reference["tellings"]}
        rows += [one for one in queued if str(one.uid) in still]
    moved = {one.pk: one.person_id for one in rows if one.person_id not in has_it}
    if len(moved) < len(rows):
        Telling.objects.filter(pk__in=[one.pk for one in rows if one.pk not in moved]).delete()
    Telling.objects.filter(pk__among=moved).update(version=version, read_at=None)
    return set(moved.values())


def _told_the_same(version: AnswerVersion, among: Q) -> set[int]:
    """Of these tellings, who was last told just this: it was changed, and changed back before they heard."""
    before = AnswerVersion.objects.filter(
        answer=version.answer_id, published_at__isnull=False, number__lt=version.number
    )
    same = {one.pk for one in before if says_the_same(one, version)}
    if not same:
        return set()
    told = Telling.objects.filter(HAS_IT, among, version__in=before).order_by("version__number")
    last = dict(told.values_list("person", "version"))
    return {person for person, number in last.items() if number in same}


def _had_all(numbers: Sequence[int]) -> set[int]:
    """Of these people, who asked to hear once, and has. What they are owed again, after a "no" or a broken promise, is another matter."""
    rows = Telling.objects.filter(person__among=numbers, person__wish__how_often=HowOften.ONCE)
    had = dict(rows.exclude(let_go_at=None).values_list("person").annotate(Max("let_go_at")))
    if not had:
        return set()
    again = Confirmation.objects.filter(person__among=had, says__in=(Says.NO, Says.PARTLY)).values_list("person", "at")
    dues = Due.objects.filter(reopened_at__gte=min(had.values()))
    since = [
        *again,
        *dues.filter(contribution__person__among=had).values_list("contribution__person", "reopened_at"),
        *dues.filter(contribution__with_persons__among=had).values_list("contribution__with_persons", "reopened_at"),
    ]
    return set(had) - {person for person, at in since if person in had and at is not None and at >= had[person]}


def let_go(persons: Sequence[Person], *, now: datetime) -> int:
    """
    All that waits for each of these people goes out in one letter, unless it is not all done for who asked for that, or their last was less
    than a fortnight ago: then a job looks again on its day. How many people.
    """
    numbers = [person.pk for person in persons]
    return sum(_let_some_go(some, reach.of(some), now=now) for some in _some(numbers))


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


def _let_some_go(numbers: Sequence[int], known: dict[int, reach.Reach], *, now: datetime) -> int:
    held: dict[int, list[Waits]] = {}
    for one in waits_of(Telling.objects.filter(person__among=numbers, state=Told.HELD), whose=staying()):
        held.setdefault(one.person, []).append(one)
    last = last_told(numbers, now=now)
    once = [number for number in held if known.get(number, reach.NOBODY_ASKED).how_often == HowOften.ONCE]
    not_done = _not_done(once, now=now)
    ready = []
    too_soon: dict[datetime, int] = {}
    for number, tellings in held.items():
        if number in not_done:
            continue
        if number in last and last[number] + FORTNIGHT > now:
            too_soon[_full_minute(last[number] + FORTNIGHT)] = tellings[0].project
            continue
        ready.append(tellings)
    projects = Project.objects.in_bulk(set(too_soon.values()))
    for on, number in too_soon.items():
        _look_again(projects[number], on, why=str(projects[number].uid), days=FORTNIGHT.days)
    send_rounds(ready, known, now=now)
    return len(held)


def last_told(numbers: Sequence[int], *, now: datetime) -> dict[int, datetime]:
    """
    When each of these people was last told something: a letter went, or somebody of the team told them in the room or on the telephone. A
    telling is a telling, by whatever way. Ahead of now is only a question about a promise that waits for its day; all else there
    went by a clock that ran ahead and has been set back: it went just now, at the latest.
    """
    rows = Telling.objects.filter(Q(let_go_at__isnull=False) | TALK, person__among=numbers).order_by()
    last: dict[int, datetime] = {}
    said = rows.values_list("person").annotate(gone=Max("let_go_at"), talk=Max("told_at", filter=TALK))
    for number, gone, talk in said:
        last[number] = max(at for at in (gone, talk) if at is not None)
    ahead = [number for number, at in last.items() if at > now]
    if ahead:
        uids = {str(uid): number for number, uid in Person.objects.filter(pk__in=ahead).values_list("pk", "uid")}
        asks = Outgoing.objects.filter(kind=ASK, state__in=WAITING, reference__person__in=list(uids))
        waits = {
            uids[reference["person"]]: at
            for reference, at in asks.order_by("run_at").values_list("reference", "run_at")
        }
        for number in ahead:
            last[number] = max(now, waits.get(number, now))
        wrong = [number for number in ahead if number not in waits]
        Telling.objects.filter(person__in=wrong, let_go_at__gt=now).update(let_go_at=now)
        Telling.objects.filter(TALK, person__in=wrong, told_at__gt=now).update(told_at=now)
    return last


def waits_of(rows: QuerySet[Telling], *, whose: Q = ANYBODY) -> list[Waits]:
    """
    In the order in which they came. Whose they are is a question of its own: in one with it, a PostgreSQL that has not counted a table just
    filled looks through all people of the site for each few.
    """
    found = list(rows.order_by("pk").values_list("pk", "uid", "tries", "person", "read_at"))
    people = Person.objects.filter(whose, pk__among={person for _pk, _uid, _tries, person, _read in found})
    of = {pk: (uid, project) for pk, uid, project in people.values_list("pk", "uid", "project")}
    return [Waits(pk, uid, tries, person, *of[person], read) for pk, uid, tries, person, read in found if person in of]


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
            Telling.objects.filter(pk__among=some).update(
                way=way, state=state, let_go_at=let_go_at, tries=F("tries") + 1
            )
    for some in _some(read):
        Telling.objects.filter(pk__among=some).update(state=Told.SENT, told_at=now, let_go_at=None)
    post.queue_many(LETTER, out)


def look_again(reference: dict[str, str], now: datetime) -> None:
    """
    The job: the fortnight is over, or the day of a promise has passed. A thousand people at a time, each time in line with whoever else
    writes; what a killed worker has not come to, the next one finds held still.
    """
    project = Project.objects.get(uid=reference["project"])
    held = Telling.objects.filter(staying("person__"), person__project=project, state=Told.HELD)
    for some in _some(sorted(set(held.values_list("person", flat=True)))):
        with record.writing(project, now=now):
            _let_some_go(some, reach.of(some), now=now)


def _full_minute(at: datetime) -> datetime:
    """Not before it: all whose fortnight ends in one minute are looked at again by one job."""
    return at if at == at.replace(second=0, microsecond=0) else at.replace(second=0, microsecond=0) + MINUTE


def look_again_after(version: AnswerVersion) -> None:
    """Whoever hears once, when all is done, waits for the day of this promise at most."""
    if version.promised_on is not None:
        project = version.answer.project
        on = day.instant(project, version.promised_on + timedelta(days=1), time(0, 1))
        _look_again(project, on, why=str(version.answer.uid), days=None)


def _look_again(project: Project, on: datetime, *, why: str, days: int | None) -> None:
    reference, once = {"project": str(project.uid)}, f"look-again:{why}:{on:%Y%m%d%H%M}"
    post.queue_job("answers.look_again", reference=reference, once=once, run_at=on, days=days)


def _not_done(numbers: Sequence[int], *, now: datetime) -> set[int]:
    """Of these people, who is owed an answer, or was promised something whose day is still to come."""
    if not numbers:
        return set()
    dues = still_owed()
    owners = [
        *dues.filter(contribution__person__among=numbers).values_list("contribution__person", flat=True),
        *dues.filter(contribution__with_persons__among=numbers).values_list("contribution__with_persons", flat=True),
    ]
    waiting = {owner for owner in owners if owner in set(numbers)}
    told = Telling.objects.filter(person__among=numbers).values_list("person", "version__answer")
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
    _look_again(first.person.project, now, why=str(first.uid), days=0)
