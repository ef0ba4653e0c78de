"""Does a change to a decision narrow what people may change? Pure: the decision before, the values after."""

from collections.abc import Mapping
from typing import Any

from withus.charter.models import Decision, Openness, WhoDecides

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
