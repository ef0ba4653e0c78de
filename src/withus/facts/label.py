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
| and they share delivery and review, or they decide; and signed    | co-producing |

Facts that are not known never lift a label: `at_most` says how high it could be, and `missing` what to find out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from withus.facts.asked import (
    FEWEST_OPTIONS,
    asked_in_vain,
    days_asked,
    decided_by_the_room,
    foreclosing_act,
    is_open,
    last_asked,
    may_be_members,
    members_decide,
    workshops_asking,
)
from withus.facts.decision import Act, Decision
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
    asked_before_settled: bool | None = None


NOT_KNOWN = Sharing()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with its reason and the next step up, in sentences that need no filling in."""

    label: Label
    at_most: Label
    because: str
    to_rise: str = ""
    missing: tuple[str, ...] = ()


SETTLED_UNSAID = N_("This was settled before people were asked, and they were not told so.")
SETTLED_SAID = N_("This is settled, and it says so. People are told, not asked.")
NOT_ASKED = N_("Nobody is asked about this. People are told.")
ONE_WAY_LEFT = N_("Only one way is left, so people are told, not asked.")
ASKED_ONCE = N_("People are asked once. Others decide.")
ASKED_AGAIN = N_("People shape this over time. Others decide.")
SHARED = N_("People make the choices and share the decision.")
SHARED_THROUGHOUT = N_("People share the decision, and doing it, and looking back at it.")
PEOPLE_DECIDE = N_("People with lived experience decide.")
OPENNESS_UNKNOWN = N_("It is not written down what can be changed.")
UNSIGNED = N_("People share the decision, but two co-leads have not signed yet.")
NOTHING_YET = N_("No decision is named yet, so there is nothing to ask about.")

SAY_IT = N_("Tell everybody that it is settled, who decided, when and why. Or open it again.")
SAY_WHAT_CAN_CHANGE = N_("Say what can be changed and what cannot.")
REOPEN = N_("Open it again: say what can change, and until when.")
TWO_OPTIONS = N_("Keep at least two ways open, and say which.")
ASK = N_("Ask people before it is decided.")
ASK_AGAIN = N_("Ask more than once, and show what changed in between.")
SHARE_IT = N_("Give people with lived experience a say in the decision itself.")
SIGN = N_("Two co-leads sign the charter.")
SHARE_DELIVERY = N_("Share doing it, and looking back at it, too.")
NAME_ONE = N_("Name what is decided, and what can be changed.")

SEAT_TOLD = N_("We tell you. This is settled.")
SEAT_NONE = N_("This was settled before you were asked, and you were not told.")
SEAT_ASKED = N_("We ask you. Others decide.")
SEAT_ASKED_AGAIN = N_("We ask you more than once, and show you what changed. Others decide.")
SEAT_DECIDES = N_("You decide with the others.")


def of_decision(decision: Decision, sharing: Sharing = NOT_KNOWN, *, project: Project | None = None) -> Labelled:
    """With the project, its workshops and acts count too: how often people were asked, and what was settled before."""
    if decision.openness is None:
        place = f"decisions.{decision.id}.openness"
        return Labelled(Label.NONE, Label.CO_PRODUCING, OPENNESS_UNKNOWN, SAY_WHAT_CAN_CHANGE, (place,))
    if decision.openness is Openness.SETTLED and not sharing.asked_before_settled:
        return _exactly(Label.INFORMING, SETTLED_SAID, REOPEN)
    if project is not None and settled_unsaid(project, decision):
        return _exactly(Label.NONE, SETTLED_UNSAID, SAY_IT)
    times = _times(decision, sharing, project)
    if times == 0:
        return _exactly(Label.INFORMING, NOT_ASKED, ASK)
    if decision.options is not None and len(decision.options) == FEWEST_OPTIONS - 1:
        no = _may_say_no(project, decision)
        if no is not True:
            highest = Label.INFORMING if no is False else Label.CO_PRODUCING
            unknown = () if no is False else ("workshops.people.votes",)
            return Labelled(Label.INFORMING, highest, ONE_WAY_LEFT, TWO_OPTIONS, unknown)
    share = _share(decision, sharing, project)
    missing = _missing(decision, sharing, share)
    if not share:
        return _asked(times, share, missing)
    return _together(sharing, missing)


def _may_say_no(project: Project | None, decision: Decision) -> bool | None:
    """One proposal is a choice for those who vote on it."""
    if project is None:
        return False
    says = [members_decide(each) for each in workshops_asking(project, decision)]
    if True in says:
        return True
    return False if project.workshops and None not in says else None


def _exactly(label: Label, because: str, to_rise: str = "") -> Labelled:
    return Labelled(label, label, because, to_rise)


def settled_unsaid(project: Project, decision: Decision) -> bool:
    """It was settled, or made impossible to move, before a day on which people were asked about it."""
    return bool(settled_in_vain(project, decision) or foreclosed_in_vain(project, decision))


def settled_in_vain(project: Project, decision: Decision) -> date | None:
    """
    The last day on which people were asked although it was settled.

    Where the room itself had decided, only those count who were still told to write in.
    """
    settled = decision.settled_on
    if settled is None or not is_open(decision):
        return None
    days = asked_in_vain(project, decision, settled)
    if decided_by_the_room(project, decision) is not False:
        letters = project.input_closes if len(project.decisions) == 1 and decision.asked_in is None else None
        days = [day for day in days if day == letters]
    return max(days, default=None)


def foreclosed_in_vain(project: Project, decision: Decision) -> tuple[Act, date] | None:
    """An act that left nothing to choose, and the last day on which people were asked all the same."""
    if not decision.acts or not is_open(decision):
        return None
    last = last_asked(project, decision)
    act = foreclosing_act(decision, last) if last is not None else None
    if act is None or act.on is None:
        return None
    settled = decision.settled_on
    if settled is not None and settled <= act.on and decided_by_the_room(project, decision) is not False:
        return None
    asked = max(asked_in_vain(project, decision, act.on), default=None)
    return (act, asked) if asked is not None else None


def _times(decision: Decision, sharing: Sharing, project: Project | None) -> int:
    """A project without any asking yet is about to invite: it counts as asking once."""
    if sharing.times_asked is not None:
        return sharing.times_asked
    if project is None or (decision.asked_in is None and not project.workshops and project.input_closes is None):
        return 1
    return max(len(days_asked(project, decision)), sum(1 for _ in workshops_asking(project, decision)))


def _share(decision: Decision, sharing: Sharing, project: Project | None) -> bool | None:
    """A vote in the room is advice where somebody outside decides, so a vote alone is not known to be a share."""
    if sharing.people_decide:
        return True
    if sharing.people_share is not None or project is None:
        return sharing.people_share
    asked = list(workshops_asking(project, decision))
    if not asked or any(members_decide(each) is not False for each in asked):
        return None
    votes_known = any(each.votes is False for workshop in asked for each in workshop.people or () if each.lived)
    return False if votes_known or not may_be_members(decision, asked) else None


def _missing(decision: Decision, sharing: Sharing, share: bool | None) -> tuple[str, ...]:
    place = f"decisions.{decision.id}"
    known = {
        f"{place}.people_share": share,
        f"{place}.delivery": sharing.delivery,
        f"{place}.review": sharing.review,
        "signatures": sharing.signatures,
    }
    return tuple(name for name, value in known.items() if value is None)


def _asked(times: int, share: bool | None, missing: tuple[str, ...]) -> Labelled:
    label = Label.INVOLVING if times >= ASKED_OVER_TIME else Label.CONSULTING
    at_most = Label.CO_PRODUCING if share is None else Label.INVOLVING
    if label is Label.INVOLVING:
        return Labelled(label, at_most, ASKED_AGAIN, SHARE_IT, missing)
    return Labelled(label, at_most, ASKED_ONCE, ASK_AGAIN, missing)


def _together(sharing: Sharing, missing: tuple[str, ...]) -> Labelled:
    """Design that stops before delivery is not co-production [TLAP], so a known no keeps it one rung down."""
    stops_short = False in (sharing.delivery, sharing.review)
    throughout = bool(sharing.delivery and sharing.review) or (bool(sharing.people_decide) and not stops_short)
    at_most = Label.CO_DESIGNING if stops_short else Label.CO_PRODUCING
    if sharing.signatures is None or sharing.signatures < SIGNATURES:
        highest = at_most if sharing.signatures is None else Label.INVOLVING
        return Labelled(Label.INVOLVING, highest, UNSIGNED, SIGN, missing)
    if throughout:
        return _exactly(Label.CO_PRODUCING, PEOPLE_DECIDE if sharing.people_decide else SHARED_THROUGHOUT)
    return Labelled(Label.CO_DESIGNING, at_most, SHARED, SHARE_DELIVERY, missing)


def of_seat(
    decision: Decision, sharing: Sharing = NOT_KNOWN, *, decides: bool | None = None, project: Project | None = None
) -> Labelled:
    """The part of one seat. Somebody who is asked and does not decide is asked, whatever others do together."""
    whole = of_decision(decision, sharing, project=project)
    if whole.label is Label.NONE:
        return whole if decision.openness is None else _exactly(Label.NONE, SEAT_NONE, whole.to_rise)
    if whole.label is Label.INFORMING:
        return _exactly(Label.INFORMING, SEAT_TOLD if whole.because == SETTLED_SAID else whole.because, whole.to_rise)
    if decides and whole.label.rung > Label.INVOLVING.rung:
        return _exactly(whole.label, SEAT_DECIDES, whole.to_rise)
    if decides or _times(decision, sharing, project) < ASKED_OVER_TIME:
        return whole if decides else _exactly(Label.CONSULTING, SEAT_ASKED, ASK_AGAIN)
    return _exactly(Label.INVOLVING, SEAT_ASKED_AGAIN, SHARE_IT)


def of_project(labels: Iterable[Labelled]) -> Labelled:
    """
    The lowest: poster, badge and room QR carry it.

    A decision that is honestly settled does not pull the others down, unless there is nothing else.
    """
    every = list(labels)
    asked = [each for each in every if each.because not in (SETTLED_SAID, SEAT_TOLD)] or every
    if not asked:
        return _exactly(Label.NONE, NOTHING_YET, NAME_ONE)
    return min(asked, key=lambda each: (each.label.rung, each.because))
