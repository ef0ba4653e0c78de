"""What closed ways is noted and taken out; whether input was weighed again is said; the checker reads both."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast, cast
from withus.charter import actions
from withus.charter.models import Change, Charter, Decision
from withus.checkup.collect import facts_of

pytestmark = pytest.mark.django_db


def staff(person: object) -> Client:
    client = Client()
    client.force_login(person, backend="sesame.backends.ModelBackend")  # type: ignore[arg-type] # a Staff
    return client


@pytest.fixture
def them() -> Cast:
    them = cast()
    actions.add_decision(
        them.project, what="Hours", openness="open", options=["late", "early"], by=them.dev, now=them.now
    )
    return them


def test_a_lease_closes_a_way_and_everybody_reads_of_it(them: Cast) -> None:
    decision = Decision.objects.get()
    path = f"/at/{them.project.address}/charter/decision/{decision.uid}/acts"
    sent = {"act": "The lease is signed.", "on": "2026-05-01", "closes": ["late"]}
    assert staff(them.dev).post(path, sent).status_code == 302
    (facts,) = facts_of(them.project, now=them.now).decisions
    assert facts.acts is not None
    assert [(one.on, one.what, one.closes) for one in facts.acts] == [
        (date(2026, 5, 1), "The lease is signed.", ("late",))
    ]
    assert "The lease is signed." in Client().get(f"/at/{them.project.address}/changes").content.decode()


def test_what_was_typed_is_still_there_after_an_error(them: Cast) -> None:
    path = f"/at/{them.project.address}/charter/decision/{Decision.objects.get().uid}/acts"
    answer = staff(them.dev).post(path, {"act": "The lease is signed.", "on": "31st of May"})
    assert answer.status_code == 422
    assert "The lease is signed." in answer.content.decode()
    assert Decision.objects.get().acts == []


def test_of_two_who_take_out_at_once_the_second_takes_out_nothing(them: Cast) -> None:
    decision = Decision.objects.get()
    for what in ("A lease.", "An advert."):
        actions.note_act(decision, on=date(2026, 5, 1), what=what, closes=[], by=them.dev, now=them.now)
    decision.refresh_from_db()
    path = f"/at/{them.project.address}/charter/decision/{decision.uid}/acts"
    for _time in range(2):
        staff(them.dev).post(path, {"out": "0", "version": str(decision.version)})
    assert [one["what"] for one in Decision.objects.get().acts] == ["An advert."]


def test_weighing_again_is_said_by_the_team_and_by_nobody_else(them: Cast) -> None:
    actions.freeze(them.project, by=them.dev, now=them.now)
    decision = Decision.objects.get()
    actions.change_decision(
        decision, by=them.dev, now=them.now, version=1, because="The grant.", openness="within limits", limit="30 hours"
    )
    change = Change.objects.filter(narrows=True).first()
    assert change is not None
    path = f"/at/{them.project.address}/charter/weighed"
    for who in (them.sam, them.hall):
        assert staff(who).post(path, {"change": str(change.pk), "weighed": "yes"}).status_code == 404
    assert staff(them.dev).post(path, {"change": str(change.pk), "weighed": "yes"}).status_code == 302
    assert Change.objects.get(pk=change.pk).reconsidered is True


def test_a_later_day_to_hear_back_can_be_saved_with_its_reason_once_people_were_invited(them: Cast) -> None:
    own = Charter.objects.get(project=them.project)
    actions.change_charter(
        own, by=them.dev, now=them.now, version=1, safe_person="Priya", hear_back_on=date(2026, 6, 1)
    )
    actions.freeze(them.project, by=them.dev, now=them.now)
    own.refresh_from_db()
    sent = {"version": own.version, "purpose": own.purpose, "safe_person": "Priya", "hear_back_on": "2026-07-01"}
    path = f"/at/{them.project.address}/charter"
    refused = staff(them.dev).post(path, sent)
    assert refused.status_code == 422
    assert "because" in refused.context["form"].errors
    assert staff(them.dev).post(path, {**sent, "because": "The board met late."}).status_code == 302
    assert Charter.objects.get(project=them.project).hear_back_on == date(2026, 7, 1)
