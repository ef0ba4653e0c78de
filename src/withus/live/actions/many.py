"""The one bulk door, for imports: the same as `add_contribution` for each row, 500 rows to a lock and a transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID, uuid4

from django.conf import settings

from withus.accounts.models import Staff
from withus.live import refusals
from withus.live.actions.contributions import LONGEST, clean, content_digest, is_no_content
from withus.live.entries import ContributionAdded, ContributionHeldBack
from withus.live.models import CardState, Contribution, GivenBy, MaySee
from withus.people import actions as people
from withus.people import keys
from withus.people.link import new_mark
from withus.people.models import Person
from withus.people.staying import staying
from withus.post.many import insert_many
from withus.projects.models import Project, ProjectState
from withus.projects.refused import Refused
from withus.record import log as record

AT_ONCE = 500


@dataclass(frozen=True)
class Row:
    """
    One comment. `sent_once` makes it known again; `person_key` says whose it is (rows with the same key are one person's, and without a key
    each row is a person of its own); `when` is when it was given, where that is known. `held_because`: it comes in held back.
    """

    words: str
    sent_once: str
    person_key: str = ""
    when: datetime | None = None
    language: str = ""
    may_see: str = MaySee.ANSWERERS
    held_because: str = ""


class NewCard(NamedTuple):
    """What differs from card to card, by the names of its columns. `seq` comes with its entry."""

    uid: UUID
    person_id: int
    mark: str
    words: str
    language: str
    state: str
    held_because: str
    may_see: str
    sent_once: str
    content_digest: str
    given_at: datetime


@dataclass
class Added:
    """What became of the rows: `seen` counts all, so it is also the row at which to go on."""

    seen: int = 0
    new: int = 0
    no_content: int = 0
    held_back: int = 0
    refused: list[tuple[int, Refused]] = field(default_factory=list)


def add_contributions(
    project: Project,
    rows: Iterable[Row],
    *,
    by: Staff | None,
    now: datetime,
    begin_at: int = 0,
    told: Callable[[int], None] | None = None,
) -> Added:
    """Keep many. Stopped in the middle, it goes on at `begin_at`, or from the start: rows that are there already are not added again."""
    added = Added(seen=begin_at)
    for batch in _batches(islice(iter(rows), begin_at, None)):
        with record.writing(project, now=now) as log:
            if Project.objects.filter(pk=project.pk, state=ProjectState.CLOSED).exists():
                raise refusals.ProjectClosed
            _add(project, batch, added, log, by=by, now=now)
        added.seen += len(batch)
        if told is not None:
            told(added.seen)
    return added


def person_uid(project: Project, row: Row) -> UUID:
    """The same key is the same person in every import, without the key standing anywhere."""
    what = ("key", row.person_key) if row.person_key else ("row", row.sent_once)
    return UUID(bytes=keys.mac(settings.WITHUS_DATA, "index", "import", str(project.uid), *what)[:16], version=4)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


def _add(
    project: Project, batch: Sequence[Row], added: Added, log: record.Log, *, by: Staff | None, now: datetime
) -> None:
    uids = [person_uid(project, row) for row in batch]
    known, gone = _known(project, uids), _taken_back(project, uids)
    wanted: list[tuple[Row, UUID, str, str]] = []
    for number, (row, uid) in enumerate(zip(batch, uids, strict=True), start=added.seen):
        words = clean(row.words)
        if len(words) > LONGEST:
            added.refused.append((number, refusals.TooLong()))
            continue
        if uid in gone:
            added.refused.append((number, people.TakenBack()))
            continue
        digest = content_digest(GivenBy.WORDS, words, "", "", row.may_see)
        sent_once = row.sent_once
        if known.get((uid, sent_once), digest) != digest:
            sent_once = content_digest(sent_once, digest)
        if (uid, sent_once) in known:
            continue
        known[uid, sent_once] = digest
        wanted.append((row, uid, sent_once, words))
    persons = _persons(project, [uid for _row, uid, _sent, _words in wanted], now=now)
    marks = _free_marks(project, len(wanted))
    cards = [
        NewCard(
            uid=uuid4(),
            person_id=persons[uid],
            mark=mark,
            words=words,
            language=row.language,
            state=_state_of(words, row),
            held_because=row.held_because,
            may_see=str(row.may_see),
            sent_once=sent_once,
            content_digest=known[uid, sent_once],
            given_at=row.when or now,
        )
        for (row, uid, sent_once, words), mark in zip(wanted, marks, strict=True)
    ]
    said = log.append_many(
        [_saying(card, whose=uid, by=by) for card, (_row, uid, _sent, _words) in zip(cards, wanted, strict=True)]
    )
    insert_many(
        Contribution,
        same={"project_id": project.pk, "given_by": GivenBy.WORDS.value, "entered_by_id": by.pk if by else None},
        names=(*NewCard._fields, "seq"),
        rows=[(*card, one.seq) for card, one in zip(cards, said, strict=True)],
    )
    held = [card for card in cards if card.state == CardState.HELD_BACK]
    if held:
        log.append_many([_held_back(card, by=by) for card in held])
    added.new += len(cards)
    added.held_back += len(held)
    added.no_content += sum(card.state == CardState.NO_CONTENT for card in cards)


def _state_of(words: str, row: Row) -> str:
    if is_no_content(words):
        return CardState.NO_CONTENT.value
    return (CardState.HELD_BACK if row.held_because else CardState.WAITING).value


def _held_back(card: NewCard, *, by: Staff | None) -> record.Saying:
    what = ContributionHeldBack(because=card.held_because)
    return record.Saying(what, f"staff:{by.uid}" if by else record.SYSTEM, card.uid)


def _saying(card: NewCard, *, whose: UUID, by: Staff | None) -> record.Saying:
    """The entry of one card, as `add_contribution` would make it of the same row."""
    what = ContributionAdded(
        given_by=GivenBy.WORDS,
        workshop="",
        no_content=card.state == CardState.NO_CONTENT,
        given_for=str(whose) if by else "",
    )
    return record.Saying(what, f"staff:{by.uid}" if by else f"person:{whose}", card.uid, card.words)


def _known(project: Project, uids: Sequence[UUID]) -> dict[tuple[UUID, str], str]:
    rows = Contribution.objects.filter(project=project, person__uid__in=set(uids))
    return {(uid, sent): digest for uid, sent, digest in rows.values_list("person__uid", "sent_once", "content_digest")}


def _taken_back(project: Project, uids: Sequence[UUID]) -> set[UUID]:
    """Whoever took everything back stays gone, however often the file that they stood in is brought in again."""
    theirs = Person.objects.filter(project=project, uid__in=set(uids)).exclude(staying())
    return set(theirs.values_list("uid", flat=True))


def _persons(project: Project, uids: Sequence[UUID], *, now: datetime) -> dict[UUID, int]:
    """Their keys. Who is not there yet comes in."""
    asked = Person.objects.filter(project=project, uid__in=set(uids)).values_list("uid", "pk")
    found = dict(asked)
    if fresh := [uid for uid in dict.fromkeys(uids) if uid not in found]:
        people.add_unseen(project, uids=fresh, now=now, came_by="import")
        found = dict(asked.all())
    return found


def _free_marks(project: Project, many: int) -> list[str]:
    marks: dict[str, None] = {}
    while len(marks) < many:
        fresh = {new_mark() for _ in range(many - len(marks))} - marks.keys()
        taken = Contribution.objects.filter(project=project, mark__in=fresh).values_list("mark", flat=True)
        marks |= dict.fromkeys(fresh - set(taken))
    return list(marks)
