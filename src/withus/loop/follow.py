"""What follows: an answer is owed for each contribution; a letter that left has told its person."""

from datetime import datetime
from typing import Any

from withus.live.models import Contribution
from withus.loop import actions
from withus.loop.models import Telling
from withus.record.log import Said


def owe(said: Said) -> None:
    """Within: one Due a contribution."""
    contribution = Contribution.objects.filter(uid=said.about).select_related("project").first()
    if contribution is not None:
        actions.owe_answer(contribution, now=said.at)


def letter_sent(reference: dict[str, Any], now: datetime) -> None:
    telling = Telling.objects.filter(uid=reference["telling"]).first()
    if telling is not None:
        actions.mark_sent(telling, now=now)


def letter_failed(reference: dict[str, Any], now: datetime) -> None:
    telling = Telling.objects.filter(uid=reference["telling"]).first()
    if telling is not None:
        actions.mark_failed(telling)
