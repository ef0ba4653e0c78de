"""A project as it stood on one day."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from withus.facts.decision import Change, Decision
from withus.facts.feedback import Feedback
from withus.facts.field import Count, Texts
from withus.facts.method import Method
from withus.facts.words import Claim, Emotive, Stage
from withus.facts.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Scope:
    told_on: Annotated[date | None, "When people learnt what can and cannot be changed"] = None
    how: Annotated[str | None, "How they learnt it"] = None


@dataclass(frozen=True, slots=True)
class Contributions:
    people: Annotated[Count | None, "How many persons gave something"] = None
    items: Annotated[Count | None, "How many things they gave"] = None


@dataclass(frozen=True, slots=True)
class Project:
    """Every field left out is "not known", which is never the same as "no"."""

    title: Annotated[str, "What the project is called"]
    today: Annotated[date, "The facts are judged as of this day"]
    stage: Annotated[Stage | None, "How far the project is"] = None
    setting: Annotated[str | None, "Council, trust, charity: a free word"] = None
    claim: Annotated[Claim | None, "What the invitation calls it"] = None
    emotive: Annotated[Emotive | None, "How much feeling the subject carries"] = None
    groups: Annotated[Texts | None, "Whom the service is for"] = None
    invited_on: Annotated[date | None, "The day of the first invitation"] = None
    input_closes: Annotated[date | None, "Last day for input where it is not a workshop"] = None
    safeguarding_lead: Annotated[bool | None, "Whether somebody is named who can be talked to"] = None
    scope: Annotated[Scope | None, "When and how people learnt what can and cannot be influenced"] = None
    contributions: Annotated[Contributions | None, "What was given, in numbers"] = None
    decisions: Annotated[tuple[Decision, ...], "The decisions that the project is about"] = ()
    changes: Annotated[tuple[Change, ...], "Limits or openness that moved after the invitation"] = ()
    workshops: Annotated[tuple[Workshop, ...], "The workshops, planned and held"] = ()
    methods: Annotated[tuple[Method, ...], "The creative methods that plans speak of"] = ()
    feedback: Annotated[Feedback | None, "What people were promised to hear, and what they were told"] = None
