"""
The honest label: computed, never typed.

The ladder is our own mapping (weight D) of domain.md, trap 1, "Honest label, computed", in the words of design.md:

| facts                                                             | label        |
|-------------------------------------------------------------------|--------------|
| settled, or no longer movable, and not said                       | none         |
| settled, and said so; or nobody is asked; or one way is left      | informing    |
| two or more live options, asked once, others decide               | consulting   |
| people shape options over time (asked twice or more)              | involving    |
| and people share the decision; two co-leads have signed           | co-designing |
| and they share delivery and review; or people decide; and signed  | co-producing |

Facts that are not known never lift a label: `at_most` says how high it could be, and `missing` what to find out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from withus.facts.asked import (
    FEWEST_OPTIONS,
    days_asked,
    decided_by_the_room,
    foreclosing_act,
    is_open,
    last_asked,
    members_decide,
    told_it_was_settled,
    workshops_asking,
)
from withus.facts.decision import Decision
from withus.facts.project import Project
from withus.facts.words import Label, Openness

ASKED_OVER_TIME = 2
SIGNATURES = 2


def N_(text: str) -> str:  # noqa: N802 -- the name that catalogues of sentences look for
    return text


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who decides with whom: what a project file has no field for. None is not known."""

    people_share: bool | None = None
    people_decide: bool | None = None
    delivery: bool | None = None
    review: bool | None = None
    signatures: int | None = None
    times_asked: int | None = None


NOT_KNOWN = Sharing()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with its reason; `sentence` and `next_rung` are templates to be filled with `evidence`."""

    label: Label
    at_most: Label
    sentence: str
    evidence: Mapping[str, object]
    next_rung: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())


SETTLED_UNSAID = N_("“%(decision)s” was settled before people were asked, and they were not told so.")
SETTLED_SAID = N_("“%(decision)s” is settled, and it says so: people are told, not asked.")
NOT_ASKED = N_("Nobody is asked about “%(decision)s”: people are told.")
ONE_WAY_LEFT = N_("Only one way is left for “%(decision)s”, so people are told, not asked.")
ASKED_ONCE = N_("People are asked about “%(decision)s”. Others decide.")
ASKED_AGAIN = N_("People shape “%(decision)s” over time. Others decide.")
SHARED = N_("People make the choices for “%(decision)s” and share the decision.")
SHARED_THROUGHOUT = N_("People share the decision on “%(decision)s”, and doing it, and looking back at it.")
PEOPLE_DECIDE = N_("People with lived experience decide about “%(decision)s”.")
OPENNESS_UNKNOWN = N_("It is not written down what can be changed about “%(decision)s”.")
UNSIGNED = N_("People share the decision on “%(decision)s”, but two co-leads have not signed yet.")

SAY_IT = N_("Tell everybody that it is settled, who decided, when and why.")
REOPEN = N_("Or open it again: say what can change, and until when.")
TWO_OPTIONS = N_("Keep at least two ways open, and say which.")
ASK = N_("Ask people before it is decided.")
ASK_AGAIN = N_("Ask more than once, and show what changed in between.")
SHARE_IT = N_("Give people with lived experience a say in the decision itself.")
SIGN = N_("Two co-leads sign the charter.")
SHARE_DELIVERY = N_("Share doing it, and looking back at it, too.")

SEAT_TOLD = N_("Your part: we tell you. This is settled.")
SEAT_NONE = N_("Your part is not clear: this was settled before you were asked.")
SEAT_ASKED = N_("Your part: we ask you. Others decide.")
SEAT_ASKED_AGAIN = N_("Your part: we ask you more than once, and show you what changed. Others decide.")
SEAT_DECIDES = N_("Your part: you decide with the others.")


def of_decision(project: Project, decision: Decision, sharing: Sharing = NOT_KNOWN) -> Labelled:
    """One decision of this project, as the people who decide with it would have it."""
    settled = _settled(project, decision)
    if settled is not None:
        return settled
    times = sharing.times_asked if sharing.times_asked is not None else _times_asked(project, decision)
    if times == 0:
        return _labelled(decision, Label.INFORMING, NOT_ASKED, ASK)
    if decision.options is not None and len(decision.options) == FEWEST_OPTIONS - 1:
        return _labelled(decision, Label.INFORMING, ONE_WAY_LEFT, TWO_OPTIONS)
    return _shared(project, decision, sharing, times)


def _settled(project: Project, decision: Decision) -> Labelled | None:
    if decision.openness is None:
        return Labelled(
            Label.NONE,
            Label.CO_PRODUCING,
            OPENNESS_UNKNOWN,
            {"decision": decision.what or decision.id},
            (SAY_IT, TWO_OPTIONS),
            (f"decisions.{decision.id}.openness",),
        )
    if decision.openness is Openness.SETTLED:
        return _labelled(decision, Label.INFORMING, SETTLED_SAID, REOPEN)
    if settled_unsaid(project, decision):
        return _labelled(decision, Label.NONE, SETTLED_UNSAID, SAY_IT, REOPEN)
    return None


def settled_unsaid(project: Project, decision: Decision) -> bool:
    """It was settled, or made impossible to move, before the last time that people were asked about it."""
    last = last_asked(project, decision)
    if last is None or not is_open(decision):
        return False
    settled = decision.settled_on
    if settled is not None and settled < last:
        return not decided_by_the_room(project, decision) and not told_it_was_settled(project, decision, last)
    return foreclosing_act(decision, last) is not None


def _times_asked(project: Project, decision: Decision) -> int:
    """Workshops without a day count too; a project without any asking yet is asked once, since it invites."""
    if decision.asked_in is None and not project.workshops and project.input_closes is None:
        return 1
    dated = len(days_asked(project, decision))
    return max(dated, sum(1 for _ in workshops_asking(project, decision)))


def _shared(project: Project, decision: Decision, sharing: Sharing, times: int) -> Labelled:
    over_time = times >= ASKED_OVER_TIME
    base = Label.INVOLVING if over_time else Label.CONSULTING
    share = sharing.people_share if sharing.people_share is not None else _say_of_members(project, decision)
    share = True if sharing.people_decide else share
    missing = _missing(decision, share, sharing)
    if not share:
        sentence = ASKED_AGAIN if over_time else ASKED_ONCE
        steps = (SHARE_IT, SIGN) if over_time else (ASK_AGAIN,)
        at_most = base if share is False else Label.CO_PRODUCING
        return _labelled(decision, base, sentence, *steps, at_most=at_most, missing=missing)
    throughout = sharing.people_decide or (sharing.delivery and sharing.review)
    reached = Label.CO_PRODUCING if throughout else Label.CO_DESIGNING
    could_be = Label.CO_DESIGNING if False in (sharing.delivery, sharing.review) else Label.CO_PRODUCING
    at_most = reached if throughout else could_be
    if sharing.signatures is not None and sharing.signatures < SIGNATURES:
        return _labelled(decision, Label.INVOLVING, UNSIGNED, SIGN, at_most=Label.INVOLVING, missing=missing)
    if sharing.signatures is None:
        return _labelled(decision, Label.INVOLVING, UNSIGNED, SIGN, at_most=at_most, missing=missing)
    if throughout:
        return _labelled(decision, reached, PEOPLE_DECIDE if sharing.people_decide else SHARED_THROUGHOUT)
    return _labelled(decision, reached, SHARED, SHARE_DELIVERY, at_most=at_most, missing=missing)


def _missing(decision: Decision, share: bool | None, sharing: Sharing) -> tuple[str, ...]:
    place = f"decisions.{decision.id}"
    known = {
        f"{place}.people_share": share,
        f"{place}.delivery": True if sharing.people_decide else sharing.delivery,
        f"{place}.review": True if sharing.people_decide else sharing.review,
        "signatures": sharing.signatures,
    }
    return tuple(name for name, value in known.items() if value is None)


def _say_of_members(project: Project, decision: Decision) -> bool | None:
    """A vote in the room is advice where somebody outside decides, so a vote alone is not known to be a share."""
    says = [members_decide(workshop) for workshop in workshops_asking(project, decision)]
    if says and all(each is False for each in says):
        return False
    return None


def _labelled(
    decision: Decision,
    label: Label,
    sentence: str,
    *steps: str,
    at_most: Label | None = None,
    missing: tuple[str, ...] = (),
) -> Labelled:
    return Labelled(label, at_most or label, sentence, {"decision": decision.what or decision.id}, steps, missing)


def of_seat(
    project: Project,
    decision: Decision,
    sharing: Sharing = NOT_KNOWN,
    *,
    decides: bool | None = None,
    times_asked: int | None = None,
) -> Labelled:
    """The part of one seat. Somebody who is asked and does not decide is asked, whatever others do together."""
    whole = of_decision(project, decision, sharing)
    if whole.label is Label.NONE:
        return _seat(whole, Label.NONE, SEAT_NONE)
    if whole.label is Label.INFORMING:
        return _seat(whole, Label.INFORMING, SEAT_TOLD)
    if decides:
        return _seat(whole, whole.label, SEAT_DECIDES) if whole.label.rung > Label.INVOLVING.rung else whole
    times = times_asked if times_asked is not None else _times_asked(project, decision)
    if times >= ASKED_OVER_TIME and whole.label.rung >= Label.INVOLVING.rung:
        return _seat(whole, Label.INVOLVING, SEAT_ASKED_AGAIN)
    return _seat(whole, Label.CONSULTING, SEAT_ASKED)


def _seat(whole: Labelled, label: Label, sentence: str) -> Labelled:
    return Labelled(label, label, sentence, whole.evidence, whole.next_rung, whole.missing)


@dataclass(frozen=True, slots=True)
class Whole:
    """A project's labels. Poster, badge and room QR carry `lowest`."""

    lowest: Label
    highest: Label
    by_decision: Mapping[str, Labelled]


def of_project(project: Project, sharing: Mapping[str, Sharing] | None = None) -> Whole:
    """Decisions that are honestly settled do not pull the others down, unless there is nothing else."""
    given = sharing or {}
    found = {each.id: of_decision(project, each, given.get(each.id, NOT_KNOWN)) for each in project.decisions}
    asked = [found[each.id].label for each in project.decisions if each.openness is not Openness.SETTLED]
    return Whole(lowest=_edge(asked, found, min), highest=_edge(asked, found, max), by_decision=found)


def _edge(asked: Iterable[Label], found: Mapping[str, Labelled], pick: object) -> Label:
    labels = list(asked) or [each.label for each in found.values()] or [Label.NONE]
    ordered = sorted(labels, key=lambda label: label.rung)
    return ordered[0] if pick is min else ordered[-1]
