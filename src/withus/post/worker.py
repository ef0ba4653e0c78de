"""
The one loop that does what was queued: jobs and letters, each once, tried again after a fault.

What a kind means is bound in site/wiring.py. A letter is rendered when it is sent: its row holds references, never words.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, connections, transaction
from django.utils import timezone

from withus.post import actions, lines
from withus.post.letter import Letter, Rendered
from withus.post.lines import Down, Line, LineDown, NoSuchAddress, Refused
from withus.post.mail_line import MailLine
from withus.post.models import Outgoing
from withus.post.notify_line import NotifyLine

Work = Callable[[dict[str, Any], datetime], None]
Render = Callable[[dict[str, Any]], Rendered | None]
Sent = Callable[[dict[str, Any], datetime], None]

_jobs: dict[str, Work] = {}
_letters: dict[str, Render] = {}
_sent: dict[str, Sent] = {}
_failed: dict[str, Sent] = {}
_back: dict[str, Sent] = {}
_dropped: dict[str, Sent] = {}
log = logging.getLogger(__name__)
MAIL = "email"
ASK = (timedelta(minutes=15), timedelta(hours=4), timedelta(hours=72))
"""When GOV.UK Notify is asked what became of a text message or a letter, after it was handed over."""
SHORT, LONG = 0.05, 2.0
"""Seconds between looks while there is work, and while there is none."""
down = Down()


def bind(
    *,
    jobs: Mapping[str, Work],
    letters: Mapping[str, Render],
    sent: Mapping[str, Sent],
    failed: Mapping[str, Sent],
    back: Mapping[str, Sent] | None = None,
    dropped: Mapping[str, Sent] | None = None,
) -> None:
    """
    Say what each kind means. Called once, when the apps are ready. `failed`: it did not leave and will not; `back`: it left, and the other
    side says later that it reached nobody; `dropped`: there was nothing to say, or nobody to say it to. These four may only add rows and
    mark their own: the sender does not stand in a project's line.
    """
    for table, given in (
        (_jobs, jobs),
        (_letters, letters),
        (_sent, sent),
        (_failed, failed),
        (_back, back or {}),
        (_dropped, dropped or {}),
    ):
        table.clear()
        table.update(given)  # type: ignore[arg-type] # each table with its own


def run_due(now: datetime, *, limit: int = 50) -> int:
    """Do what is due, at most `limit` things; how many were done."""
    open_lines = Lines()
    done = 0
    try:
        while done < limit and (_job(now) or _letter(now, open_lines)):
            done += 1
    finally:
        open_lines.close()
    return done


def loop(stop: threading.Event) -> None:
    """Run until told to stop. Nothing that goes wrong in one piece of work ends it."""
    try:
        while not stop.is_set():
            done = 0
            try:
                close_old_connections()
                done = run_due(timezone.now())
            except Exception:
                log.exception("The worker stumbled and goes on.")
            stop.wait(SHORT if done else LONG)
    finally:
        connections.close_all()


class Lines:
    """The lines of one go, opened when the first thing leaves by each."""

    def __init__(self) -> None:
        self._open: dict[type[Line], Line] = {}

    def of(self, rendered: Rendered) -> Line:
        kind: type[Line] = MailLine if isinstance(rendered, Letter) else NotifyLine
        if kind not in self._open:
            self._open[kind] = kind()
        return self._open[kind]

    def close(self) -> None:
        for line in self._open.values():
            try:
                line.close()
            except Exception:
                log.warning("A line could not be closed.")


def _job(now: datetime) -> bool:
    job = actions.take_job(now)
    if job is None:
        return False
    try:
        _jobs[job.kind](job.reference, now)
    except Exception as trouble:
        log.exception("A job of kind %s failed.", job.kind)
        actions.job_failed(job, trouble=type(trouble).__name__, now=now)
    else:
        actions.job_done(job)
    return True


def _letter(now: datetime, open_lines: Lines) -> bool:
    taken = actions.take_letter(now, without=down.now(now))
    if taken is None:
        return False
    letter, again = taken
    try:
        rendered = _letters[letter.kind](letter.reference)
        if rendered is None:
            _done(letter, _dropped, lambda: actions.letter_dropped(letter), now)
            return True
        provider_id, asked = _hand_over(letter, rendered, open_lines.of(rendered), again=again)
    except LineDown as trouble:
        until = down.note(letter.way, now)
        actions.line_was_down(
            letter, trouble=f"{lines.DOWN}{trouble}", perhaps_sent=again or trouble.perhaps_sent, until=until
        )
    except Exception as trouble:
        log.warning("A letter of kind %s could not be sent: %s", letter.kind, type(trouble).__name__)
        said = str(trouble) if isinstance(trouble, Refused) else type(trouble).__name__
        with transaction.atomic():
            gave_up = actions.letter_failed(
                letter, trouble=said, now=now, again=again, for_good=isinstance(trouble, NoSuchAddress)
            )
            if gave_up:
                _follow(_failed, letter, now)
    else:
        down.works(letter.way)
        twice = again and not asked
        if letter.way != MAIL:
            actions.ask_later(letter, after=ASK, now=now)
        _done(letter, _sent, lambda: actions.letter_sent(letter, again=twice, now=now, provider_id=provider_id), now)
    return True


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
