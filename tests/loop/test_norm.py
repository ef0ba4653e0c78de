"""An answer within twelve weeks of the last input, or an explanation."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from tests.cast import Cast, a_workshop, cast, signed_in
from tests.loop import ground
from withus.charter.models import Charter
from withus.loop import actions, refusals
from withus.loop.norm import countdown
from withus.record.models import Opening
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def after(them: Cast, days: int) -> datetime:
    return them.now + timedelta(days=days)


def left(them: Cast, days: int) -> int | None:
    one = countdown(them.project, now=after(them, days))
    return one.days_left if one else None


def test_it_counts_down_from_the_last_input(them: Cast) -> None:
    ground.card(them, them.amira)
    assert [left(them, days) for days in (0, 83, 84, 85)] == [84, 1, 0, -1]


def test_nothing_counts_down_where_nobody_is_owed_anything(them: Cast) -> None:
    assert left(them, 100) is None
    actions.publish(ground.draft(them, ground.theme(them, ground.card(them, them.amira))), by=them.dev, now=them.now)
    assert left(them, 100) is None


def test_a_workshop_that_was_held_is_the_last_input_and_one_to_come_is_not(them: Cast) -> None:
    ground.card(them, them.amira)
    a_workshop(them, on=date(2026, 5, 20))
    assert countdown(them.project, now=them.now).last_input == date(2026, 5, 6)  # type: ignore[union-attr] # a test's own mix
    Workshop.objects.update(state="ended")
    assert countdown(them.project, now=after(them, 20)).last_input == date(2026, 5, 20)  # type: ignore[union-attr] # a test's own mix


def test_while_input_is_open_nothing_counts_down(them: Cast) -> None:
    ground.card(them, them.amira)
    Charter.objects.filter(project=them.project).update(input_closes=date(2026, 6, 1))
    assert (left(them, 1), left(them, 26)) == (None, 84)


def test_an_explanation_is_given_only_once_it_is_late_and_stands_in_public(them: Cast) -> None:
    ground.card(them, them.amira)
    for because, days, refusal in (("Ill.", 84, refusals.NotLateYet), (" ", 85, refusals.SayWhyLate)):
        with pytest.raises(refusal):
            actions.explain_late(them.project, because=because, by=them.dev, now=after(them, days))
    actions.explain_late(them.project, because="Two of us are ill.", by=them.dev, now=after(them, 86))
    assert Opening.objects.get(kind="late.explained").facts == {"days": 2}
    shown = countdown(them.project, now=after(them, 90))
    assert shown is not None
    assert (shown.because, shown.said_on, shown.days_late) == ("Two of us are ill.", date(2026, 7, 31), 6)
    page = Client().get(f"/at/{them.project.address}").content.decode()
    assert "Two of us are ill." in page


def test_the_team_explains_it_in_the_browser_and_keeps_what_was_typed(them: Cast) -> None:
    ground.card(them, them.amira)
    client, at = signed_in(them.dev), f"/at/{them.project.address}/answers"
    for path in (at, f"/at/{them.project.address}/themes"):
        assert "No reason has been given." in client.get(path).content.decode()
    assert client.post(f"{at}/late", {"because": " "}).status_code == 422
    assert client.post(f"{at}/late", {"because": "The board met late."}).status_code == 302
    assert "The board met late." in client.get(at).content.decode()
