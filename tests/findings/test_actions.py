"""Explaining and owning: the finding stays, the step opens, people are told, and nothing is told that gives somebody away."""

from datetime import date, timedelta

import pytest

from tests.cast import NOW, Cast, a_workshop, cast
from withus.charter.models import Charter
from withus.findings import actions, asks
from withus.findings.gate import ClosedByFindings, gate
from withus.findings.mail import finding_owned
from withus.findings.models import Answered, Found, Judged, Level
from withus.people.models import Person
from withus.post.models import Outgoing
from withus.record.models import Opening
from withus.record.verify import verify
from withus.table import actions as table
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db
OWNED = {
    "what_we_did": "We planned a room of managers.",
    "cost": "Grace would have sat there alone.",
    "now_we": "We ask two more before anybody is invited.",
}


def lonely(them: Cast) -> Workshop:
    """Grace alone beside six managers: T301 stops the invitation."""
    Charter.objects.filter(project=them.project).update(safe_person="Priya", hear_back_on=date(2026, 7, 1))
    workshop = a_workshop(them)
    grace = table.add_to_table(
        them.project, by=them.dev, now=NOW, role="member", name="Grace", way="email", address="grace@example.org",
        workshops=[workshop],
    )  # fmt: skip
    table.say_lived(grace, lived="yes", now=NOW)
    for name in ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay"):
        manager = table.add_to_table(
            them.project, by=them.dev, now=NOW, role="manager", name=name, workshops=[workshop]
        )
        table.say_lived(manager, lived="no", now=NOW)
    return workshop


def stops(them: Cast) -> list[Found]:
    try:
        gate(them.project, "invite", now=NOW)
    except ClosedByFindings as closed:
        return closed.findings
    return []


def kinds(them: Cast) -> list[str]:
    return list(
        Opening.objects.filter(entry__project=them.project).order_by("entry__seq").values_list("kind", flat=True)
    )


def test_owning_opens_the_step_and_the_finding_stays() -> None:
    them = cast()
    lonely(them)
    standing = stops(them)
    assert "T301" in {one.rule for one in standing}
    for one in standing:
        actions.own(them.project, rule=one.rule, where=one.where, **OWNED, by=them.dev, now=NOW)
    assert stops(them) == []
    assert {(one.rule, one.where) for one in standing} <= set(
        Found.objects.filter(project=them.project, level="stop").values_list("rule", "where")
    )
    assert verify(them.project).ok


def test_a_reason_opens_only_the_place_that_it_was_given_for() -> None:
    them = cast()
    first, second = lonely(them), a_workshop(them, title="Workshop 2")
    for seat in first.seats.select_related("person"):
        table.change_place(
            seat.person, by=them.dev, now=NOW, role=seat.person.place.role, group="", power="",
            workshops=[first, second], vote=None, chair=False,
        )  # fmt: skip
    for one in [one for one in stops(them) if one.where == f"workshop:w{first.pk}"]:
        actions.explain(
            them.project, rule=one.rule, where=one.where, because="They asked for it.", by=them.dev, now=NOW
        )
    assert {one.where for one in stops(them)} == {f"workshop:w{second.pk}"}


def test_those_concerned_are_told_once_and_who_wants_no_letters_reads_it_on_their_page() -> None:
    them = cast()
    for person, how_often in ((them.amira, "as it comes"), (them.bo, "never"), (them.joy, "once")):
        table.choose_way(person, way="email", address=f"{how_often[0]}@example.org", how_often=how_often, now=NOW)
    answered = actions.own(them.project, rule="", where="project", **OWNED, by=them.dev, now=NOW)
    assert actions.own(them.project, rule="", where="project", **OWNED, by=them.dev, now=NOW) == answered
    letters = list(Outgoing.objects.filter(kind="finding.owned"))
    assert [one.reference for one in letters] == [{"answered": str(answered.uid), "person": str(them.amira.uid)}]
    letter = finding_owned(letters[0].reference)
    assert letter is not None
    assert letter.to == "a@example.org"
    for words in OWNED.values():
        assert words in letter.text
        assert words in letter.html
    assert kinds(them).count("finding.owned") == 1


def test_explaining_writes_to_nobody() -> None:
    them = cast()
    table.choose_way(them.amira, way="email", address="a@example.org", how_often="as it comes", now=NOW)
    actions.explain(them.project, rule="T301", where="table", because="They asked for it.", by=them.dev, now=NOW)
    assert not Outgoing.objects.exists()


def test_a_letter_to_somebody_erased_meanwhile_is_not_written() -> None:
    them = cast()
    table.choose_way(them.amira, way="email", address="a@example.org", how_often="as it comes", now=NOW)
    actions.own(them.project, rule="", where="project", **OWNED, by=them.dev, now=NOW)
    Person.objects.filter(pk=them.amira.pk).update(erased_at=NOW)
    assert finding_owned(Outgoing.objects.get(kind="finding.owned").reference) is None


@pytest.mark.parametrize("empty", list(OWNED))
def test_owning_needs_all_three(empty: str) -> None:
    them = cast()
    with pytest.raises(actions.ReasonMissing):
        actions.own(them.project, rule="", where="project", **{**OWNED, empty: "  "}, by=them.dev, now=NOW)
    assert not Answered.objects.exists()


def test_a_finding_keeps_the_day_it_was_found_first_and_goes_when_it_is_mended() -> None:
    them = cast()
    workshop = lonely(them)
    stops(them)
    first = Found.objects.get(project=them.project, rule="T301")
    try:
        gate(them.project, "invite", now=NOW + timedelta(days=1))
    except ClosedByFindings:
        assert Found.objects.get(project=them.project, rule="T301").found_at == first.found_at
    for seat in workshop.seats.filter(person__place__role="manager"):
        table.answer_invitation(seat, answer="no", now=NOW)
    stops(them)
    assert not Found.objects.filter(project=them.project, rule="T301").exists()


def test_what_everybody_reads_tells_no_number_of_who_has_lived_through_it() -> None:
    them = cast()
    lonely(them)
    stops(them)
    read = [one for one in asks.shown_to_all(them.project) if one.trap == 3]
    assert {one.sentence for one in read} == {str(asks.WITHOUT_FIGURES)}
    assert {one.ways_out for one in read} == {()}


@pytest.mark.parametrize(("count", "told"), [(1, "fewer than 5"), (4, "fewer than 5"), (5, 5), (0, 0)])
def test_small_numbers_of_what_people_lived_become_words(count: object, told: object) -> None:
    assert asks.without_small({"lived": count, "room": 3}, asks.OF_LIVED) == {"lived": told, "room": 3}


@pytest.mark.parametrize(
    ("answered", "total", "figures"),
    [(40, 42, False), (2, 42, False), (1, 2, False), (0, 4, False), (0, 42, True), (20, 42, True), (37, 42, True)],
)
def test_how_many_have_no_answer_is_no_number_that_points_at_a_few(answered: int, total: int, figures: bool) -> None:
    them = cast()
    Found.objects.create(
        project=them.project,
        rule="T501",
        name="answer-overdue",
        trap=5,
        level=Level.STOP,
        where="feedback",
        sentence="People were to hear back by %(due)s. %(answered)s of %(total)s contributions have an answer.",
        evidence={"due": "2026-05-01", "answered": answered, "total": total},
        way_out=[],
        found_at=NOW,
    )
    exact = f"People were to hear back by 1 May 2026. {answered} of {total} contributions have an answer."
    words = "People were to hear back by 1 May 2026. Not everything that they gave has an answer."
    (everybody,) = [one.sentence for one in asks.shown_to_all(them.project) if one.rule == "T501"]
    (team,) = [one.sentence for one in asks.beside(them.project, traps=(5,)) if one.rule == "T501"]
    assert (everybody, team) == (exact if figures else words, exact)


def test_an_act_at_the_table_is_judged_in_its_own_transaction() -> None:
    them = cast()
    lonely(them)
    assert Found.objects.filter(project=them.project, rule="T301").exists()
    assert Judged.objects.get(project=them.project).at == NOW
