"""Whether a finding is worse than when somebody gave a reason for it: a reason is for the figures that stood beside it."""

from collections.abc import Mapping
from typing import Any

from withus.findings.models import Level

MORE_IS_WORSE = frozenset(
    {"waiting", "over", "lost", "stretch", "talk", "length", "left", "absent", "unpaid", "pages", "wanted"}
)
LESS_IS_WORSE = frozenset(
    {"reached", "heard", "answered", "lived", "creative", "venting", "slack", "votes", "voting", "seats"}
)
"""By the names that rules give their figures. Of the others neither is known to be worse. How many days something is old is none:
it grows by itself."""
_WEIGHT = {Level.PRAISE: 0, Level.NOTICE: 1, Level.WARN: 2, Level.STOP: 3}


# Any: evidence is JSON.
def worse(before: Mapping[str, Any], now: Mapping[str, Any], *, level_before: str, level_now: str) -> bool:
    """A level up, or a figure that moved the wrong way. What was answered before figures were kept stays answered."""
    if level_before and _WEIGHT[Level(level_now)] > _WEIGHT[Level(level_before)]:
        return True
    return any(
        (_more(now, before, name) and name in MORE_IS_WORSE) or (_more(before, now, name) and name in LESS_IS_WORSE)
        for name in before
    )


def _more(one: Mapping[str, Any], other: Mapping[str, Any], name: str) -> bool:
    return (
        isinstance(one.get(name), int | float) and isinstance(other.get(name), int | float) and one[name] > other[name]
    )
