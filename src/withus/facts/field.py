"""Kinds of values with their bounds: a number outside is a slip of the pen or an attack, never a fact."""

from dataclasses import dataclass
from typing import Annotated

MOST_PEOPLE = 1_000_000
DAY_MINUTES = 24 * 60
LONGEST_TEXT = 4_000
LONGEST_LIST = 2_000
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Bounds:
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """`none`, `consensus`, `unanimous`, `majority`, `majority of ...` or `... decides`."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """Names its row: unique among its like, and filled with the row's number when left out."""


Count = Annotated[int, Bounds(0, MOST_PEOPLE)]
Minutes = Annotated[int, Bounds(0, DAY_MINUTES)]
Share = Annotated[float, Bounds(0, 1)]
Id = Annotated[str, Identifier()]
Rule = Annotated[str, DecisionRule()]
Texts = tuple[str, ...]
