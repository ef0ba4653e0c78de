"""Decisions: what people were told, who decides, and what in fact happened to them."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from withus.facts.field import Id, Texts
from withus.facts.words import Openness


@dataclass(frozen=True, slots=True)
class Limit:
    what: Annotated[str | None, "The limit, as people were told it"] = None
    because: Annotated[str | None, "Why there is this limit"] = None


@dataclass(frozen=True, slots=True)
class Act:
    on: Annotated[date | None, "The day of the act"] = None
    what: Annotated[str | None, "A contract, a lease, an advert, a public promise"] = None
    closes: Annotated[Texts | None, "Options that became impossible by it, or all"] = None


@dataclass(frozen=True, slots=True)
class Decision:
    id: Annotated[Id, "A short name, used where other rows speak of this decision"]
    what: Annotated[str | None, "What is decided"] = None
    openness: Annotated[Openness | None, "What people were told they can change"] = None
    decider: Annotated[str | None, "Who decides"] = None
    options: Annotated[Texts | None, "Options still alive when people were asked"] = None
    limits: Annotated[tuple[Limit, ...] | None, "What cannot be changed, and why"] = None
    settled_on: Annotated[date | None, "The day it was in fact settled by the decider; left out: not settled"] = None
    public_on: Annotated[date | None, "The day it was shown as being taken"] = None
    evidence: Annotated[str | None, "Where the day can be looked up"] = None
    asked_in: Annotated[Texts | None, "Workshops in which it was put to people; left out: all; empty: none"] = None
    acts: Annotated[tuple[Act, ...] | None, "Acts that made options impossible"] = None


@dataclass(frozen=True, slots=True)
class Change:
    on: Annotated[date | None, "The day on which the limits or the openness moved"] = None
    decision: Annotated[str | None, "The id of the decision"] = None
    before: Annotated[str | None, "What people had been told"] = None
    after: Annotated[str | None, "What holds now"] = None
    because: Annotated[str | None, "Why it moved"] = None
    told_on: Annotated[date | None, "The day people were told of it; left out: they were not told"] = None
    input_reconsidered: Annotated[bool | None, "Whether what people had given was weighed again"] = None
