"""Does a change to a decision narrow what people may change? Pure: the decision before, the values after."""

from collections.abc import Mapping
from typing import Any

from withus.charter.models import Charter, Decision, Openness, WhoDecides

LESS_OPEN = {Openness.OPEN: 0, Openness.WITHIN_LIMITS: 1, Openness.SETTLED: 2}
LESS_SAY = {WhoDecides.GROUP: 0, WhoDecides.TOGETHER: 1, WhoDecides.ASKS: 2, WhoDecides.ALONE: 3}


def narrows(before: Decision, after: Mapping[str, Any]) -> bool:  # Any: the decision's own fields
    """Less open, fewer options, a new or other limit, or a decider who takes more of it."""
    if "openness" in after and LESS_OPEN[Openness(after["openness"])] > LESS_OPEN[Openness(before.openness)]:
        return True
    if "options" in after and set(before.options) - set(after["options"]):
        return True
    if after.get("limit") and after["limit"] != before.limit:
        return True
    if after.get("who_decides") and before.who_decides:
        return LESS_SAY[WhoDecides(after["who_decides"])] > LESS_SAY[WhoDecides(before.who_decides)]
    return False


def charter_narrows(before: Charter, after: Mapping[str, Any]) -> bool:  # Any: the charter's own fields
    """Less is shared, people hear back later, or they have less time to say something."""
    if any(
        getattr(before, name) and name in after and not after[name] for name in ("delivery_shared", "review_shared")
    ):
        return True
    if before.hear_back_on and after.get("hear_back_on") and after["hear_back_on"] > before.hear_back_on:
        return True
    closes = after.get("input_closes")
    return bool(closes and (before.input_closes is None or closes < before.input_closes))
