"""Whoever is to take a project says yes before anybody turns the second key, and nobody else says it for them."""

import pytest

from tests.cast import Cast, cast
from tests.loop import ground
from withus.accounts import actions as accounts
from withus.accounts.models import Staff
from withus.loop import actions, refusals
from withus.loop.models_of_closing import Turning
from withus.post.models import Outgoing
from withus.record.models import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def asks(them: Cast, address: str) -> Turning:
    terms = actions.Terms(address=address, days=28)
    return actions.first_key(them.project, what="hand over", by=actions.Hand(staff=them.dev), now=them.now, terms=terms)


def test_it_goes_only_to_who_was_asked_and_where_they_are(them: Cast) -> None:
    first = asks(them, them.sam.email)
    stranger = accounts.add_staff(email="x@nowhere.example", name="X")
    with pytest.raises(refusals.NothingWaits):
        actions.say_willing(first, organisation=them.sams_project.organisation, by=stranger, now=them.now)
    for organisation in (them.organisation, None):
        with pytest.raises(refusals.SayForWhom):
            actions.say_willing(first, organisation=organisation, by=them.sam, now=them.now)
    assert Turning.objects.get().willing_at is None


def test_an_account_that_only_looks_like_the_one_that_was_asked_is_not(them: Cast) -> None:
    """The long s is a small letter of S, and the sign for kelvin one of K."""
    first = asks(them, "Sam.Kay@elsewhere.example")
    for address, theirs in (("\u017fam.kay", False), ("sam.\u212aay", False), ("sam.kay", True)):
        account = accounts.add_staff(email="new@elsewhere.example", name="New")
        Staff.objects.filter(pk=account.pk).update(email=f"{address}@elsewhere.example")
        account.refresh_from_db()
        assert actions.asked_to_take(first, account) is theirs


def test_no_second_key_and_nobody_is_asked_for_one_before_the_taker_says_yes(them: Cast) -> None:
    ground.known_by_email(them, them.joy)
    first = asks(them, them.sam.email)
    assert not actions.may_press_second(them.project, first, actions.Hand(person=them.joy, asked=True))
    with pytest.raises(refusals.NotWillingYet):
        actions.second_key(first, by=actions.Hand(person=them.joy, asked=True), now=them.now)
    assert not Outgoing.objects.filter(kind="key.waits").exists()
    for _twice in range(2):
        actions.say_willing(first, organisation=them.sams_project.organisation, by=them.sam, now=them.now)
    assert Outgoing.objects.filter(kind="key.waits", reference__person=str(them.joy.uid)).count() == 2
    said = Opening.objects.filter(kind="taker.willing").values_list("by", "facts")
    assert list(said) == [(f"staff:{them.sam.uid}", {"to": str(them.sams_project.organisation.uid)})]
    assert actions.second_key(first, by=actions.Hand(person=them.joy, asked=True), now=them.now).to == them.sam


def test_a_key_taken_back_forgets_the_address_and_the_yes_comes_too_late(them: Cast) -> None:
    first = asks(them, them.sam.email)
    actions.take_key_back(first, by=actions.Hand(staff=them.dev), now=them.now)
    assert Turning.objects.get().to_sealed == ""
    with pytest.raises(refusals.NothingWaits):
        actions.say_willing(first, organisation=them.sams_project.organisation, by=them.sam, now=them.now)
