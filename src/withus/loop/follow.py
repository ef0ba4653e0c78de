"""What follows: an answer is owed for each contribution; a letter that left has told its person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from withus.live import actions as live
from withus.loop import actions
from withus.loop.models import Telling
from withus.people.models import Person
from withus.record.log import Said


def owe(said: Sequence[Said]) -> None:
    """Within: one Due a contribution."""
    actions.owe_answers(said[0].project, [one.about for one in said], now=said[-1].at)


def erase_due(reference: dict[str, Any], now: datetime) -> None:
    """The job: whoever's time to undo is over is erased, in live first, then here."""
    live.erase_due_job(reference, now)
    actions.forget_the_erased()


def let_go(said: Said) -> None:
    """Within: somebody chose another way or rhythm, so what waited may go now."""
    actions.let_go(list(Person.objects.filter(uid=said.about)), now=said.at)


def letter_sent(reference: dict[str, Any], now: datetime) -> None:
    for telling in Telling.objects.filter(uid__in=reference["tellings"]):
        actions.mark_sent(telling, now=now)


def letter_failed(reference: dict[str, Any], now: datetime) -> None:
    for telling in Telling.objects.filter(uid__in=reference["tellings"]):
        actions.mark_failed(telling)


def notice_sent(reference: dict[str, Any], now: datetime) -> None:
    actions.notice_sent(reference["notice"], now=now)


def notice_failed(reference: dict[str, Any], now: datetime) -> None:
    actions.notice_failed(reference["notice"])
