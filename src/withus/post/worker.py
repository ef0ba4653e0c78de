"""
The one loop that does what was queued: jobs and letters, each once, tried again after a fault.

What a kind means is bound in site/wiring.py. A letter is rendered when it is sent: its row holds references, never words.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections, transaction
from django.utils import timezone

from withus.post import actions, lines
from withus.post.grip import Grip
from withus.post.letter import Letter, Rendered
from withus.post.lines import Down, Line, LineDown, NoSuchAddress, Refused
from withus.post.mail_line import MailLine
from withus.post.models import LetterState, Outgoing
from withus.post.notify_line import NotifyLine

Work = Callable[[dict[str, Any], datetime], None]
Render = Callable[[dict[str, Any]], Rendered | None]
RenderMany = Callable[[Sequence[dict[str, Any]]], list[Rendered | None]]
Sent = Callable[[dict[str, Any], datetime], None]

_jobs: dict[str, Work] = {}
_letters: dict[str, Render] = {}
_together: dict[str, RenderMany] = {}
_sent: dict[str, Sent] = {}
_failed: dict[str, Sent] = {}
_back: dict[str, Sent] = {}
_dropped: dict[str, Sent] = {}
log = logging.getLogger(__name__)
MAIL = "email"
ASK = (timedelta(minutes=15), timedelta(hours=4), timedelta(hours=72))
"""When GOV.UK Notify is asked what became of a text message or a letter, after it was handed over."""
AT_ONCE, FRESH = 25, 1.0
"""So many letters are written together; and so many seconds may lie between what one says and its leaving."""
BREATH = 0.05
"""Work that stands in a project's line gives those who wait there their turn: the line does not know who came first."""
LONG_WAIT = 0.15
"""
Seconds. Who waits for SQLite looks again after longer and longer pauses, up to a tenth of a second. PostgreSQL wakes the first in its line
itself, and who stands there misses no pause.
"""
SHORT, LONG = 0.05, 2.0
"""Seconds between looks while there is work, and while there is none."""
down = Down()
CLOCK = timedelta(minutes=1)
"""So often, and at once where the clock has gone back, a worker looks whether something waits for a time that a wrong clock gave it."""


_followers: list[Callable[[datetime], None]] = []


def bind(
    *,
    jobs: Mapping[str, Work],
    letters: Mapping[str, Render],
    sent: Mapping[str, Sent],
    failed: Mapping[str, Sent],
    back: Mapping[str, Sent] | None = None,
    dropped: Mapping[str, Sent] | None = None,
    together: Mapping[str, RenderMany] | None = None,
) -> None:
    """
    Say what each kind means. Called once, when the apps are ready. `failed`: it did not leave and will not; `back`: it left, and the other
    side says later that it reached nobody; `dropped`: there was nothing to say, or nobody to say it to. These four may only add rows and
    mark their own: the sender does not stand in a project's line. `together`: letters of a kind that go to thousands, many at once.
    """
    for table, given in (
        (_jobs, jobs),
        (_letters, letters),
        (_sent, sent),
        (_failed, failed),
        (_back, back or {}),
        (_dropped, dropped or {}),
        (_together, together or {}),
    ):
        table.clear()
        table.update(given)  # type: ignore[arg-type] # each table with its own


def bind_clock(*followers: Callable[[datetime], None]) -> None:
    """Who else keeps an instant that a clock which ran ahead may have made: called whenever the clock is looked at."""
    _followers[:] = followers


def look_at_the_clock(now: datetime) -> None:
    """What a clock that ran ahead put off is due by the clock there is; and whoever says the day to somebody says the right one."""
    actions.set_right(now)
    for follow in _followers:
        follow(now)


def run_due(now: datetime, *, limit: int = 50, breath: float = 0) -> int:
    """Do what is due, at most `limit` things; how many were done. `breath`: seconds between, in which others may write."""
    open_lines = Lines()
    done = 0
    try:
        began = time.monotonic()
        while done < limit and (
            did := _job(now, open_lines.grip) or _some_letters(now, open_lines, most=min(AT_ONCE, limit - done))
        ):
            done += did
            time.sleep(_breath(breath, took=time.monotonic() - began))
            began = time.monotonic()
    finally:
        open_lines.close()
    return done


def _breath(breath: float, *, took: float) -> float:
    """On SQLite twice as long after what took long: who waited for it looks ten times a second by then, and would miss a shorter one."""
    return breath * 2 if took > LONG_WAIT and connections[DEFAULT_DB_ALIAS].vendor == "sqlite" else breath


def loop(stop: threading.Event) -> None:
    """Run until told to stop. Nothing that goes wrong in one piece of work ends it."""
    looked: datetime | None = None
    try:
        while not stop.is_set():
            done = 0
            try:
                close_old_connections()
                now = timezone.now()
                if looked is None or not looked <= now < looked + CLOCK:
                    looked = now
                    look_at_the_clock(now)
                done = run_due(now, breath=BREATH)
            except Exception:
                log.exception("The worker stumbled and goes on.")
            stop.wait(SHORT if done else LONG)
    finally:
        connections.close_all()


class Lines:
    """The lines of one go, opened when the first thing leaves by each, and the grip on what is handed over."""

    def __init__(self) -> None:
        self._open: dict[type[Line], Line] = {}
        self.grip = Grip()

    def of(self, rendered: Rendered) -> Line:
        kind: type[Line] = MailLine if isinstance(rendered, Letter) else NotifyLine
        if kind not in self._open:
            self._open[kind] = kind()
        return self._open[kind]

    def cut(self) -> None:
        """From the grip's thread: whatever waits for an answer of the other side waits no longer."""
        for line in list(self._open.values()):
            line.cut()

    def close(self) -> None:
        self.grip.close()
        for line in self._open.values():
            try:
                line.close()
            except Exception:
                log.warning("A line could not be closed.")


def _job(now: datetime, grip: Grip) -> int:
    job = actions.take_job(now)
    if job is None:
        return 0
    try:
        with grip.on(job):
            _jobs[job.kind](job.reference, now)
    except Exception as trouble:
        log.exception("A job of kind %s failed.", job.kind)
        actions.job_failed(job, trouble=type(trouble).__name__, now=now)
    else:
        actions.job_done(job)
    return 1


class Together:
    """What the letters of one go say, asked of the database together: one by one it cost three times as much."""

    def __init__(self, letters: Sequence[Outgoing]) -> None:
        self._left = list(letters)
        self._said: dict[int, Rendered | None] = {}
        self._at = 0.0

    def of(self, letter: Outgoing) -> Rendered | None:
        """Never older than a moment: whoever said stop, or reads a newer wording, is heard."""
        if letter.kind not in _together:
            return _letters[letter.kind](letter.reference)
        if letter.pk not in self._said or time.monotonic() - self._at > FRESH:
            self._ask(letter)
        return self._said.pop(letter.pk)

    def _ask(self, letter: Outgoing) -> None:
        self._left = self._left[self._left.index(letter) :]
        alike = [one for one in self._left if one.kind == letter.kind]
        self._at = time.monotonic()
        try:
            said = _together[letter.kind]([one.reference for one in alike])
            self._said = {one.pk: what for one, what in zip(alike, said, strict=True)}
        except Exception:
            log.exception("Letters of kind %s could not be written together.", letter.kind)
            self._said = {letter.pk: _letters[letter.kind](letter.reference)}


def _some_letters(now: datetime, open_lines: Lines, *, most: int) -> int:
    """
    So many letters one after the other; how many had their turn. That one has left, and that the next is `sending`, are committed together,
    between the two hand-overs.
    """
    taken = actions.take_letters(now, most=most, without=down.now(now))
    together, began = Together(taken), time.monotonic()
    note: Callable[[], None] | None = None
    done = 0
    for letter in taken:
        again, is_down = letter.state == LetterState.SENDING, letter.way in down.now(now)
        with transaction.atomic():
            if note is not None:
                note()
            passed = timedelta(seconds=time.monotonic() - began)
            begun = not is_down and actions.begin_letter(letter, now=now + passed)
        done += begun
        note = _turn(letter, together, open_lines, again=again, now=now) if begun else None
        if is_down:
            actions.leave_for_later(letter)
    if note is not None:
        note()
    return done


def _turn(
    letter: Outgoing, together: Together, open_lines: Lines, *, again: bool, now: datetime
) -> Callable[[], None] | None:
    """Hand it over. What is still to be noted comes back; what went wrong is noted at once."""
    try:
        with open_lines.grip.on(letter, cut=open_lines.cut):
            rendered = together.of(letter)
            if rendered is None:
                return lambda: _done(letter, _dropped, lambda: actions.letter_dropped(letter), now)
            provider_id, asked = _hand_over(letter, rendered, open_lines.of(rendered), again=again)
    except LineDown as trouble:
        until = down.note(letter.way, now)
        actions.line_was_down(
            letter, trouble=f"{lines.DOWN}{trouble}", perhaps_sent=again or trouble.perhaps_sent, until=until
        )
        return None
    except Exception as trouble:
        _went_wrong(letter, trouble, again=again, now=now)
        return None
    down.works(letter.way)
    twice = again and not asked
    return lambda: _has_left(letter, twice=twice, provider_id=provider_id, now=now)


def _went_wrong(letter: Outgoing, trouble: Exception, *, again: bool, now: datetime) -> None:
    log.warning("A letter of kind %s could not be sent: %s", letter.kind, type(trouble).__name__)
    said = str(trouble) if isinstance(trouble, Refused) else type(trouble).__name__
    with transaction.atomic():
        gave_up = actions.letter_failed(
            letter, trouble=said, now=now, again=again, for_good=isinstance(trouble, NoSuchAddress)
        )
        if gave_up:
            _follow(_failed, letter, now)


def _has_left(letter: Outgoing, *, twice: bool, provider_id: str, now: datetime) -> None:
    if letter.way != MAIL:
        actions.ask_later(letter, after=ASK, now=now)
    _done(letter, _sent, lambda: actions.letter_sent(letter, again=twice, now=now, provider_id=provider_id), now)


def _hand_over(letter: Outgoing, rendered: Rendered, line: Line, *, again: bool) -> tuple[str, bool]:
    """What the provider calls it, and whether it could be asked about an earlier hand-over: then it surely went once."""
    known = line.has(str(letter.uid)) if again else None
    return known or line.hand_over(rendered, uid=str(letter.uid)), known is not None


def _done(letter: Outgoing, table: dict[str, Sent], note: Callable[[], None], now: datetime) -> None:
    """
    That it left, and what follows from it, in one transaction: a worker that dies between them would leave somebody told who counts as
    waiting. What follows may stumble; the letter has left all the same, and must not leave again.
    """
    try:
        with transaction.atomic():
            note()
            _follow(table, letter, now)
    except Exception:
        log.exception("What follows a letter of kind %s stumbled.", letter.kind)
        note()


def _follow(table: dict[str, Sent], letter: Outgoing, now: datetime) -> None:
    if letter.kind in table:
        table[letter.kind](letter.reference, now)


def came_back(letter: Outgoing, *, trouble: str, now: datetime) -> bool:
    """The other side says that it reached nobody. What follows is the stage's; said twice, it follows once."""
    with transaction.atomic():
        if not actions.came_back(letter, trouble=trouble, now=now):
            return False
        _follow(_back, letter, now)
    return True
