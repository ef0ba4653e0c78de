"""What `bench post` runs in processes of its own, once Django is set up there: make the project and publish; send."""

import json
import resource
import sys
import time
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from withus.accounts import actions as accounts
from withus.accounts.models import Staff
from withus.charter import actions as charter
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions
from withus.loop.actions import sending
from withus.loop.models import Answer, AnswerVersion, Due, Placement, Read, Theme
from withus.people import actions as persons
from withus.people.models import Way, WayKind
from withus.people.sealed import seal
from withus.post import worker
from withus.post.models import Job, LetterState, Outgoing
from withus.projects import actions as projects
from withus.projects.models import Project


def make(people: int, pieces: int = 0) -> None:
    """
    A project with so many people and their cards in one theme, and an answer to it: published when a line comes in, so that a phone can be
    there. Says what it took until each letter was queued. `pieces`: so many people a transaction, and what is left to the worker is left.
    """
    answer, dev = answered(people, now=timezone.now())
    counted()
    if pieces:
        sending.AT_ONCE = pieces
    print("ready", flush=True)
    sys.stdin.readline()
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.monotonic()
    actions.publish(answer, by=dev, now=timezone.now())
    published = time.monotonic() - began
    while not pieces and to_tell().exists():
        worker.run_due(timezone.now(), breath=worker.BREATH)
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_SELF)
    said = {
        "people": people,
        "queued": Outgoing.objects.filter(kind="answers.published").count(),
        "press_seconds": round(published, 2),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "memory_grown_mib": round((after.ru_maxrss - before.ru_maxrss) / 1024, 1),
    }
    print(json.dumps(said))


def counted() -> None:
    """PostgreSQL counts what is in a table by itself, within a minute of its being filled. Nobody publishes in that minute but this."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def to_tell() -> QuerySet[Job]:
    """What still writes down who is to be told."""
    return Job.objects.filter(kind=sending.TELL)


def phone() -> None:
    """Sends one card after the other while somebody publishes, in a process of its own; how long each waited."""
    project = Project.objects.get()
    person = persons.add_person(project, now=timezone.now())
    waited: list[float] = []
    print("ready", flush=True)
    while not AnswerVersion.objects.filter(published_at__isnull=False).exists() or to_tell().exists():
        began = time.monotonic()
        live.add_contribution(project, person=person, words="A card.", sent_once=uuid4().hex, now=timezone.now())
        waited.append((time.monotonic() - began) * 1000)
        time.sleep(0.05)
    waited.sort()
    said = {"cards": len(waited), "middle_ms": round(waited[len(waited) // 2]), "longest_ms": round(waited[-1])}
    print(json.dumps(said))


def answered(people: int, *, now: datetime) -> tuple[Answer, Staff]:
    dev = accounts.add_staff(email="dev@bench.example", name="Dev", password="a long password")  # noqa: S106 -- no secret
    house = projects.add_organisation(name="Bench", admin=dev, lasting_address="https://bench.example")
    project = charter.begin(house, title="Buses", purpose="To get home at night.", by=dev, now=now)
    first = persons.add_person(project, now=now)
    live.add_contribution(project, person=first, words="The last bus.", sent_once=uuid4().hex, now=now)
    cards = list(Contribution.objects.filter(project=project))
    theme = actions.make_theme(project, name="Home", by=dev, now=now, contributions=cards, read=True)
    many(project, theme, people - 1, now=now)
    with transaction.atomic():
        unread = project.contributions.filter(read=None)
        Read.objects.bulk_create(Read(contribution=card, by=dev, at=now) for card in unread)
        Way.objects.bulk_create(
            Way(person=person, kind=WayKind.EMAIL, sealed=seal(f"p{person.pk}@bench.example"))
            for person in project.persons.all()
        )
    answer = actions.draft_answer(
        project,
        theme=theme,
        we_heard="You cannot get home.",
        outcome="doing",
        we_do="A night bus.",
        because="Nobody should have to leave early.",
        body="The council",
        promised_on=(now + timedelta(days=60)).date(),
        by=dev,
        now=now,
    )
    return answer, dev


def many(project: Project, theme: Theme, people: int, *, now: datetime) -> None:
    """Rows as the act makes them, without the record's entries: it is the publishing that is measured."""
    like = Contribution.objects.get(project=project)
    own = {"uid", "seq", "mark", "person_id", "sent_once", "content_digest"}
    names = [field.attname for field in Contribution._meta.concrete_fields if not field.primary_key]
    kept = {name: getattr(like, name) for name in names if name not in own}
    with transaction.atomic():
        rows = []
        for begin in range(0, people, 1000):
            uids = [uuid4() for _one in range(min(1000, people - begin))]
            rows += persons.add_persons(project, uids=uids, now=now, came_by="import")
        cards = Contribution.objects.bulk_create(
            Contribution(
                **kept,
                uid=uuid4(),
                seq=10_000_000 + number,
                mark=f"M{number}",
                person_id=person.pk,
                sent_once=uuid4().hex,
                content_digest=uuid4().hex,
            )
            for number, person in enumerate(rows)
        )
        Due.objects.bulk_create(Due(contribution=card, project=project, on=like.due.on) for card in cards)
        Placement.objects.bulk_create(Placement(theme=theme, contribution=card, at=now) for card in cards)


def work() -> None:
    """A worker and nothing else, until nothing is left or somebody kills it."""
    waiting = Outgoing.objects.filter(state__in=(LetterState.QUEUED, LetterState.SENDING))
    # What a killed worker had in hand is free again when its lease is over: not waited for here.
    for rows in (waiting, Job.objects.all()):
        rows.update(leased_until=None)
    print("ready", flush=True)
    while waiting.exists() or to_tell().exists():
        worker.run_due(timezone.now())
