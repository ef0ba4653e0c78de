"""A workshop: who is there, with what say, what is planned, and what really happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

from withus.facts.block import Block
from withus.facts.field import Count, Id, Minutes, Rule, Share, Texts
from withus.facts.words import BlockKind, Format, Pay, Wandering


@dataclass(frozen=True, slots=True)
class Chair:
    role: Annotated[str | None, "Who chairs: member, staff, both"] = None
    lived: Annotated[bool | None, "Whether the chair has lived experience, as they say it"] = None


@dataclass(frozen=True, slots=True)
class People:
    """Some people in the room who are alike in these facts."""

    who: Annotated[str | None, "Their role in plain words"] = None
    group: Annotated[str | None, "The group they belong to"] = None
    count: Annotated[Count | None, "How many they are"] = None
    lived: Annotated[bool | None, "Lived experience, as the person says it; left out: not saying"] = None
    votes: Annotated[bool | None, "Whether they vote"] = None
    pay: Annotated[Pay | None, "How their time is paid"] = None
    needs: Annotated[Texts | None, "Access needs that they named"] = None
    supports: Annotated[Texts | None, "What is booked for those needs"] = None


@dataclass(frozen=True, slots=True)
class Parked:
    subject: Annotated[str | None, "The subject that was parked"] = None
    by: Annotated[str | None, "Who raised it"] = None
    owner: Annotated[str | None, "Who agreed to bring it back; empty: nobody"] = None
    return_on: Annotated[date | None, "The day it is to come back"] = None
    returned_on: Annotated[date | None, "The day it came back"] = None


@dataclass(frozen=True, slots=True)
class Speaking:
    lived: Annotated[Share | None, "Share of all speaking time, members with lived experience"] = None


@dataclass(frozen=True, slots=True)
class PulseOfLived:
    asked: Annotated[Count | None, "How many of them handed in a card"] = None
    could_say: Annotated[Count | None, "How many could say what they needed to say"] = None
    felt_decided: Annotated[Count | None, "How many felt that it was already decided"] = None
    know_next: Annotated[Count | None, "How many know what happens next"] = None


@dataclass(frozen=True, slots=True)
class Pulse:
    """Private cards at the end."""

    asked: Annotated[Count | None, "How many handed in a card"] = None
    could_say: Annotated[Count | None, "How many could say what they needed to say"] = None
    felt_decided: Annotated[Count | None, "How many felt that it was already decided"] = None
    know_next: Annotated[Count | None, "How many know what happens next"] = None
    lived: Annotated[PulseOfLived | None, "The members with lived experience alone"] = None


@dataclass(frozen=True, slots=True)
class Live:
    ended: Annotated[time | None, "When it really ended"] = None
    wandering: Annotated[Wandering | None, "What happened when talk left the plan"] = None
    incidents: Annotated[Texts | None, "What went wrong, as it was noted"] = None
    speaking: Annotated[Speaking | None, "Shares of speaking time, where the group chose to count"] = None
    pulse: Annotated[Pulse | None, "Private cards at the end"] = None
    actual_minutes: Annotated[Mapping[BlockKind, Minutes] | None, "By kind, where it differed from the plan"] = None


@dataclass(frozen=True, slots=True)
class Workshop:
    id: Annotated[Id, "A short name, used where other rows speak of this workshop"]
    on: Annotated[date | None, "The day"] = None
    starts: Annotated[time | None, "When the booked time starts"] = None
    ends: Annotated[time | None, "When the booked time ends"] = None
    format: Annotated[Format | None, "Where people are"] = None
    papers_sent_on: Annotated[date | None, "The day the papers went out"] = None
    papers_pages: Annotated[Count | None, "How many pages they have"] = None
    pre_meeting: Annotated[bool | None, "Whether members were offered a meeting beforehand"] = None
    chair: Annotated[Chair | None, "Who chairs"] = None
    decision_rule: Annotated[Rule | None, "How the room decides"] = None
    people: Annotated[tuple[People, ...] | None, "Who is there"] = None
    plan: Annotated[tuple[Block, ...] | None, "The blocks of the plan"] = None
    parked: Annotated[tuple[Parked, ...] | None, "Subjects parked for later"] = None
    live: Annotated[Live | None, "What really happened; left out: it has not been held"] = None
