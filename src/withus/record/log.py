"""
Writing to a project: `with writing(project) as log:` takes the project's head row before anything is read that a decision rests on.

It is the one lock there is. What the block writes and what the record says of it are committed together or not at all.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction

from withus.post.many import insert_many, insert_one, update_one
from withus.projects.models import Project
from withus.projects.question import Question
from withus.record import chain
from withus.record.kinds import Happened
from withus.record.models import Entry, Head, Opening

SYSTEM = "system"
ENTRY = ("version", "seq", "previous", "commitment", "hash")
OPENING = ("salt", "kind", "at", "by", "about", "facts", "words_digest")
HEADS = Question(Head.objects.select_for_update(), "project")
PATIENCE = 10.0
"""
Seconds in that line and, with what is left of them, for whoever else holds the database: nobody looks at a phone for longer that says
nothing. Then the page says so kindly, what was typed is on it, and one press sends it again (D).
"""
A_MOMENT = 1.0
_sqlite_writers = RLock()
"""
SQLite's own waiting is a sleep with a long tail; one line in the process before it is two to three times better there. Whoever has begun a
transaction already is the one who writes, and does not stand in it: the first in line would be waiting for them, and they for the first.
"""


@dataclass(frozen=True)
class Said:
    """An entry with what it says, as followers see it."""

    project: Project
    seq: int
    kind: str
    at: datetime
    by: str
    about: str
    facts: dict[str, Any]
    hash: str

    @property
    def code(self) -> str:
        """The head that this entry made, as it is printed."""
        return chain.head_code(self.seq, self.hash)


@dataclass(frozen=True)
class Saying:
    """What one entry is to say: `append`'s own arguments, for many at once."""

    what: Happened
    by: str
    about: UUID | str = ""
    words: str = ""
    at: datetime | None = None


Follower = Callable[[Said], None]
FollowerOfMany = Callable[[Sequence[Said]], None]


@dataclass
class Followers:
    """Who follows which kind of entry. Filled once, in site/wiring.py."""

    within: dict[str, Sequence[Follower]] = field(default_factory=dict)
    within_many: dict[str, Sequence[FollowerOfMany]] = field(default_factory=dict)
    """Those who follow all entries of a kind in one transaction together: an import has 500 of them."""
    after: dict[str, Sequence[Follower]] = field(default_factory=dict)


followers = Followers()
_open_logs: ContextVar[dict[int, "Log"] | None] = ContextVar("open_logs", default=None)


class Log:
    """The open end of one project's chain, inside one transaction."""

    def __init__(self, project: Project, head: Head, now: datetime) -> None:
        self.project = project
        self.head = head
        self.now = now
        self._said: list[Said] = []

    def append(
        self, what: Happened, *, by: str, about: UUID | str = "", words: str = "", at: datetime | None = None
    ) -> Said:
        """Add one entry. `by` is `staff:UID`, `person:UID` or `system`; `words` is kept as a digest only."""
        entry, opening, one = self._link(Saying(what, by, about, words, at))
        key = insert_one(Entry, {"project_id": self.project.pk, **dict(zip(ENTRY, entry, strict=True))})
        insert_one(Opening, {"entry_id": key, **dict(zip(OPENING, opening, strict=True))})
        return one

    def append_many(self, sayings: Sequence[Saying]) -> list[Said]:
        """The same as one `append` after another, in three statements. For imports."""
        before = self.head.seq
        links = [self._link(saying) for saying in sayings]
        insert_many(
            Entry, same={"project_id": self.project.pk}, names=ENTRY, rows=[entry for entry, _opening, _said in links]
        )
        fresh = Entry.objects.filter(project=self.project, seq__gt=before).order_by("seq").values_list("pk", flat=True)
        openings = [(pk, *opening) for pk, (_entry, opening, _said) in zip(fresh, links, strict=True)]
        insert_many(Opening, same={}, names=("entry_id", *OPENING), rows=openings)
        return [said for _entry, _opening, said in links]

    def _link(self, saying: Saying) -> tuple[tuple[Any, ...], tuple[Any, ...], Said]:
        """The next link of the chain, not stored yet, as the columns of ENTRY and OPENING; the head moves on to it."""
        what, head, about = saying.what, self.head, str(saying.about)
        at = saying.at or self.now
        at = max(at, head.at) if head.at else at
        salt = secrets.token_hex(32)
        facts = what.as_facts()
        digest = chain.words_digest(salt, saying.words)
        said = chain.opening(kind=what.kind, at=at, by=saying.by, about=about, facts=facts, words=digest)
        seq, previous = head.seq + 1, head.hash
        commitment = chain.commitment(salt, said)
        hash_ = chain.entry_hash(
            version=chain.VERSION, project=str(self.project.uid), seq=seq, previous=previous, commitment=commitment
        )
        entry = (chain.VERSION, seq, previous, commitment, hash_)
        opening = (salt, what.kind, at, saying.by, about, facts, digest)
        head.seq, head.hash, head.at = seq, hash_, at
        one = Said(self.project, seq, what.kind, at, saying.by, about, facts, hash_)
        self._said.append(one)
        return entry, opening, one

    def _follow_within(self) -> None:
        """Followers may append in their turn; theirs are followed too, in order."""
        done = 0
        while done < len(self._said):
            wave, done = self._said[done:], len(self._said)
            for kind, many in followers.within_many.items():
                if alike := [one for one in wave if one.kind == kind]:
                    for follow_many in many:
                        follow_many(alike)
            for one in wave:
                for follow in followers.within.get(one.kind, ()):
                    follow(one)

    def _follow_after(self) -> None:
        for one in self._said:
            for follow in followers.after.get(one.kind, ()):
                follow(one)

    def _close(self) -> None:
        self._follow_within()
        self.head.writes += 1
        update_one(self.head, *(("seq", "hash", "at", "writes") if self._said else ("writes",)))
        transaction.on_commit(self._follow_after)


@contextmanager
def writing(project: Project, *, now: datetime) -> Iterator[Log]:
    """Take the project's head row, do the act, append its entry. An act inside an act of the same project joins it."""
    open_logs = _open_logs.get() or {}
    if project.pk in open_logs:
        yield open_logs[project.pk]
        return
    in_line = connection.vendor == "sqlite" and not connection.in_atomic_block
    with _IN_LINE if in_line else _NO_LINE, transaction.atomic():
        head = _head_of(project)
        log = Log(project, head, now)
        token = _open_logs.set({**open_logs, project.pk: log})
        try:
            yield log
            log._close()
        finally:
            _open_logs.reset(token)


def _head_of(project: Project) -> Head:
    head = HEADS.one(project.pk)
    if head is None:
        raise Head.DoesNotExist
    return head


class _InLine:
    """Whoever has stood in it for long waits for other processes only as long as is left. `_shorter`: touched by whoever is first only."""

    _shorter = False

    def __enter__(self) -> None:
        began = monotonic()
        if not _sqlite_writers.acquire(timeout=PATIENCE):
            raise OperationalError("database is locked, and others wait for it")
        waited = monotonic() - began
        if waited > A_MOMENT:
            self._shorter = True
            try:
                _wait_for_others(max(PATIENCE - waited, A_MOMENT))
            except BaseException:
                self._shorter = False
                _sqlite_writers.release()
                raise

    def __exit__(self, *_: object) -> None:
        try:
            if self._shorter:
                self._shorter = False
                _wait_for_others(PATIENCE)
        finally:
            _sqlite_writers.release()


def _wait_for_others(seconds: float) -> None:
    """SQLite keeps it in the connection: nothing is asked of the database."""
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


_IN_LINE, _NO_LINE = _InLine(), nullcontext()


def begin(project: Project) -> Head:
    """The empty chain of a new project. Called once, by the action that makes it."""
    return Head.objects.create(project=project, seq=0, hash=chain.START)
