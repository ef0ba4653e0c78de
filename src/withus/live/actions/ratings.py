"""Ratings from elsewhere: a table of their own, and one entry with their digest. No entry for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import ClassVar

from withus.accounts.models import Staff
from withus.live.actions.many import Row, person_uid
from withus.live.models import Contribution, Rating
from withus.people import actions as people
from withus.people.models import Person
from withus.people.staying import staying
from withus.projects.models import Project
from withus.record import log as record
from withus.record.kinds import Happened

AT_ONCE = 2000


@dataclass(frozen=True, kw_only=True)
class VotesBroughtIn(Happened):
    kind: ClassVar[str] = "votes.brought_in"
    digest: str
    added: int


def add_ratings(
    project: Project,
    votes: Iterable[tuple[str, str, int, datetime | None]],
    *,
    digest: str,
    by: Staff | None,
    now: datetime,
) -> int:
    """
    `votes` are (sent_once of a contribution, person key, -1 | 0 | 1, when). Twice is once; how many were new. Whoever took everything back
    stays gone.
    """
    added = 0
    with record.writing(project, now=now) as log:
        cards = dict(Contribution.objects.filter(project=project).values_list("sent_once", "pk"))
        everybody = Person.objects.filter(project=project)
        persons = {str(uid): pk for uid, pk in everybody.values_list("uid", "pk")}
        gone = set(everybody.exclude(staying()).values_list("uid", flat=True))
        rows = iter(votes)
        while batch := list(islice(rows, AT_ONCE)):
            fresh = []
            for sent_once, person_key, value, when in batch:
                if sent_once not in cards:
                    continue
                uid = person_uid(project, Row(words="", sent_once="", person_key=person_key))
                if uid in gone:
                    continue
                if str(uid) not in persons:
                    persons[str(uid)] = people.add_persons(project, uids=[uid], now=now, came_by="import")[0].pk
                fresh.append(
                    Rating(contribution_id=cards[sent_once], person_id=persons[str(uid)], value=value, at=when or now)
                )
            before = Rating.objects.filter(contribution__project=project).count()
            Rating.objects.bulk_create(fresh, ignore_conflicts=True)
            added += Rating.objects.filter(contribution__project=project).count() - before
        if added:
            said = VotesBroughtIn(digest=digest, added=added)
            log.append(said, by=f"staff:{by.uid}" if by else record.SYSTEM, about=project.uid)
    return added
