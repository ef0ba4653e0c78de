"""
The one loop that does what was queued: jobs and letters, each once, tried again after a fault.

What a kind means is bound in site/wiring.py. A letter is rendered when it is sent: its row holds references, never words.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import close_old_connections, connections
from django.utils import timezone

from withus.post import actions, send
from withus.post.letter import Letter
from withus.post.models import Outgoing

Work = Callable[[dict[str, Any], datetime], None]
Render = Callable[[dict[str, Any]], Letter | None]
Sent = Callable[[dict[str, Any], datetime], None]

_jobs: dict[str, Work] = {}
_letters: dict[str, Render] = {}
_sent: dict[str, Sent] = {}
_failed: dict[str, Sent] = {}
log = logging.getLogger(__name__)
SHORT, LONG = 0.4, 2.0
"""Seconds between looks while there is work, and while there is none."""


def bind(
    *, jobs: Mapping[str, Work], letters: Mapping[str, Render], sent: Mapping[str, Sent], failed: Mapping[str, Sent]
) -> None:
    """Say what each kind means. Called once, when the apps are ready."""
    _jobs.clear()
    _jobs.update(jobs)
    _letters.clear()
    _letters.update(letters)
    _sent.clear()
    _sent.update(sent)
    _failed.clear()
    _failed.update(failed)


def run_due(now: datetime, *, limit: int = 50) -> int:
    """Do what is due, at most `limit` things; how many were done."""
    done = 0
    while done < limit and (_job(now) or _letter(now)):
        done += 1
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


def _letter(now: datetime) -> bool:
    taken = actions.take_letter(now)
    if taken is None:
        return False
    letter, again = taken
    try:
        rendered = _letters[letter.kind](letter.reference)
        if rendered is not None:
            send.hand_over(rendered, message_id=actions.message_id(letter))
    except Exception as trouble:
        log.warning("A letter of kind %s could not be sent: %s", letter.kind, type(trouble).__name__)
        if actions.letter_failed(letter, trouble=f"{type(trouble).__name__}: {trouble}", now=now):
            _follow(_failed, letter, now)
    else:
        actions.letter_sent(letter, again=again, now=now)
        _follow(_failed if rendered is None else _sent, letter, now)
    return True


def _follow(table: dict[str, Sent], letter: Outgoing, now: datetime) -> None:
    if letter.kind in table:
        table[letter.kind](letter.reference, now)
