"""What people were promised to hear back, and what they were told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from withus.facts.field import Count, Texts
from withus.facts.words import Says


@dataclass(frozen=True, slots=True)
class Redated:
    on: Annotated[date | None, "The day people were told of the new date"] = None
    to: Annotated[date | None, "The new date"] = None
    because: Annotated[str | None, "Why it moved"] = None


@dataclass(frozen=True, slots=True)
class Round:
    on: Annotated[date | None, "The day of the telling"] = None
    route: Annotated[str | None, "The way it was told"] = None
    reached: Annotated[Count | None, "How many persons it reached"] = None
    of: Annotated[Count | None, "How many persons it was meant for"] = None
    says: Annotated[tuple[Says, ...] | None, "What it said"] = None
    note: Annotated[str | None, "Anything else about it"] = None


@dataclass(frozen=True, slots=True)
class Feedback:
    promised_on: Annotated[date | None, "The date given to people"] = None
    routes: Annotated[Texts | None, "The ways in which people hear back"] = None
    confirmed: Annotated[Count | None, "Persons who said: yes, I heard back"] = None
    items_answered: Annotated[Count | None, "Contributions that have an answer"] = None
    items_total: Annotated[Count | None, "Contributions that are owed an answer"] = None
    unreachable: Annotated[Count | None, "Persons tried three ways, and recorded"] = None
    redated: Annotated[Redated | None, "A new date that people were told before the promised day"] = None
    formats_asked: Annotated[Mapping[str, Count] | None, "Persons by the format they asked for"] = None
    formats_sent: Annotated[Texts | None, "Formats that were sent"] = None
    rounds: Annotated[tuple[Round, ...] | None, "Each time people were told"] = None
