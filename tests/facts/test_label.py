"""The honest label: what facts it needs, and that it is never lifted by what is not known."""

from datetime import date

from withus.facts.decision import Act, Decision
from withus.facts.label import NOT_KNOWN, Sharing, of_decision, of_project, of_seat
from withus.facts.project import Project
from withus.facts.words import Label, Openness
from withus.facts.workshop import People, Workshop

OPEN = Decision("hours", what="Hours", openness=Openness.OPEN, options=("18-22", "20-24"))
JUNE, JULY = date(2025, 6, 12), date(2025, 7, 12)
SIGNED = Sharing(people_share=True, delivery=True, review=True, signatures=2)


def project(decision: Decision, *workshops: Workshop) -> Project:
    return Project("Evenings", date(2025, 8, 1), decisions=(decision,), workshops=workshops)


def test_settled_and_told_so_is_informing() -> None:
    assert of_decision(Decision("a", openness=Openness.SETTLED)).label is Label.INFORMING


def test_settled_before_asking_and_not_told_is_none() -> None:
    settled = Decision("hours", openness=Openness.OPEN, settled_on=date(2025, 3, 4))
    assert of_decision(settled, project=project(settled, Workshop("w1", on=JUNE))).label is Label.NONE


def test_an_act_that_leaves_one_option_is_none() -> None:
    gone = Decision(
        "site", openness=Openness.OPEN, options=("a", "b"), acts=(Act(date(2025, 3, 4), "lease signed", ("b",)),)
    )
    assert of_decision(gone, project=project(gone, Workshop("w1", on=JUNE))).label is Label.NONE


def test_settled_on_after_people_were_asked_stays_what_it_was() -> None:
    later = Decision("hours", openness=Openness.OPEN, options=("a", "b"), settled_on=JULY)
    assert of_decision(later, project=project(later, Workshop("w1", on=JUNE))).label is Label.CONSULTING


def test_asked_twice_is_involving() -> None:
    both = project(OPEN, Workshop("w1", on=JUNE), Workshop("w2", on=JULY))
    assert of_decision(OPEN, project=both).label is Label.INVOLVING


def test_one_option_is_informing() -> None:
    assert of_decision(Decision("a", openness=Openness.OPEN, options=("only",))).label is Label.INFORMING


def test_a_shared_decision_needs_two_signatures() -> None:
    one = of_decision(OPEN, Sharing(people_share=True, delivery=True, review=True, signatures=1))
    assert (one.label, one.at_most) == (Label.INVOLVING, Label.INVOLVING)
    assert of_decision(OPEN, SIGNED).label is Label.CO_PRODUCING


def test_without_delivery_it_is_co_designing() -> None:
    shared = Sharing(people_share=True, delivery=False, review=True, signatures=2)
    assert of_decision(OPEN, shared).label is Label.CO_DESIGNING


def test_people_who_decide_are_co_producing_unless_delivery_is_not_theirs() -> None:
    assert of_decision(OPEN, Sharing(people_decide=True, signatures=2)).label is Label.CO_PRODUCING
    assert of_decision(OPEN, Sharing(people_decide=True, delivery=False, signatures=2)).label is Label.CO_DESIGNING


def test_what_is_not_known_never_lifts_the_label_and_is_named() -> None:
    found = of_decision(OPEN, NOT_KNOWN)
    assert (found.label, found.at_most) == (Label.CONSULTING, Label.CO_PRODUCING)
    assert found.missing == ("decisions.hours.people_share", "decisions.hours.delivery", "decisions.hours.review",
                             "signatures")  # fmt: skip


def test_nobody_votes_so_it_can_be_no_more_than_involving() -> None:
    people = (People(lived=True, votes=False, count=5),)
    found = of_decision(OPEN, project=project(OPEN, Workshop("w1", on=JUNE, people=people)))
    assert (found.label, found.at_most) == (Label.CONSULTING, Label.INVOLVING)


def test_openness_that_is_not_known_gives_no_label_yet() -> None:
    found = of_decision(Decision("a"))
    assert (found.label, found.missing) == (Label.NONE, ("decisions.a.openness",))


def test_a_visitor_of_a_co_produced_project_is_asked() -> None:
    assert of_seat(OPEN, SIGNED, decides=False).label is Label.CONSULTING
    assert of_seat(OPEN, SIGNED, decides=True).label is Label.CO_PRODUCING


def test_the_project_carries_the_lowest_and_honest_settled_ones_do_not_pull_it_down() -> None:
    settled = of_decision(Decision("a", openness=Openness.SETTLED))
    assert of_project([settled, of_decision(OPEN, SIGNED), of_decision(OPEN)]).label is Label.CONSULTING
    assert of_project([settled]).label is Label.INFORMING
    assert of_project([]).label is Label.NONE


def test_asked_and_then_settled_keeps_what_it_was() -> None:
    settled = Decision("a", openness=Openness.SETTLED, settled_on=JULY, options=("a", "b"))
    assert of_decision(settled, Sharing(asked_before_settled=True)).label is Label.CONSULTING
