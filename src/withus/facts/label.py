"""
The honest label: what a decision, a seat and a project are, computed from facts. Nobody types it.

Source of the rungs: our own mapping (D) of IAP2's spectrum, TLAP's ladder and Arnstein's, since they do not map onto
each other. Settled and said so is informing; settled and not said is none. Two live options, asked once, others
decide: consulting. Shaped over time, others decide: involving. The decision shared: co-designing. Decision, delivery and review shared:
co-producing. The last two need the signatures of two co-leads under the charter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from withus.facts.decision import Decision
from withus.facts.words import Label, Openness

SIGNATURES = 2
"""Co-leads who have to stand under a charter before anything may be called co-production (design, "Where files differ")."""
OVER_TIME = 2
"""Occasions on which people are asked before it counts as shaping something over time (D)."""
LIVE_OPTIONS = 2
"""Options that have to be alive for a choice to be one (domain notes, T1.4)."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who decides with whom. None is "not known", and counts for no rung."""

    people_decide: bool | None = None
    delivery: bool | None = None
    review: bool | None = None
    asked: int | None = None
    signatures: int = 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label, why it is that one (a sentence), and what it takes to rise one rung (a sentence, or nothing)."""

    label: Label
    because: str
    to_rise: str = ""


def N_(text: str) -> str:  # noqa: N802 -- gettext's own name for it
    """Marks a sentence for translation where it is shown."""
    return text


def of_decision(decision: Decision, sharing: Sharing) -> Labelled:
    """What this decision is for those who decide in it."""
    if decision.settled_on is not None and decision.openness is not Openness.SETTLED:
        return Labelled(
            Label.NONE,
            N_("It is decided already, and people are told that it is open."),
            N_("Say that it is decided, by whom and why. Or open it again."),
        )
    if decision.openness is Openness.SETTLED:
        return Labelled(
            Label.INFORMING, N_("It is decided, and we say so."), N_("Open it again, with a date until when.")
        )
    if sharing.people_decide:
        return _shared(sharing)
    if decision.options is not None and len(decision.options) < LIVE_OPTIONS:
        return Labelled(
            Label.INFORMING,
            N_("Only one option is alive, so there is nothing to choose."),
            N_("Put at least two real options before people."),
        )
    if sharing.asked is not None and sharing.asked >= OVER_TIME:
        return Labelled(
            Label.INVOLVING,
            N_("People shape it over time. Others decide."),
            N_("Share the decision itself with the people it is about."),
        )
    return Labelled(
        Label.CONSULTING,
        N_("People are asked. Others decide."),
        N_("Ask again once there are options, and show what came of it."),
    )


def of_seat(decision: Decision, sharing: Sharing, *, decides: bool) -> Labelled:
    """What it is for one reader: who does not sit with those who decide is asked, whatever the others do."""
    whole = of_decision(decision, sharing)
    if decides or whole.label.rung <= Label.CONSULTING.rung:
        return whole
    return Labelled(
        Label.CONSULTING, N_("A group decides together. You are asked."), N_("Join the group that decides.")
    )


def of_project(parts: Sequence[Labelled]) -> Labelled:
    """The lowest of its decisions. One that is honestly settled does not pull the others down, unless all are."""
    if not parts:
        return Labelled(
            Label.NONE,
            N_("It does not say yet what people can change."),
            N_("List what is to be decided, and how open each is."),
        )
    moving = [one for one in parts if one.label is not Label.INFORMING]
    return min(moving or parts, key=lambda one: one.label.rung)


def _shared(sharing: Sharing) -> Labelled:
    if sharing.signatures < SIGNATURES:
        return Labelled(
            Label.INVOLVING,
            N_("The decision is meant to be shared, but two co-leads have not signed for it."),
            N_("Two co-leads with lived experience sign the charter."),
        )
    if sharing.delivery and sharing.review:
        return Labelled(Label.CO_PRODUCING, N_("People share the decision, the running of it and the looking back."))
    return Labelled(
        Label.CO_DESIGNING,
        N_("People share the decision, but not yet the running of it."),
        N_("Share the running of it and the looking back too."),
    )
