"""What the team notes when a workshop is over: every question may be left, and nothing that cannot be is kept."""

import pytest
from django.test import Client

from tests.cast import NOW, Cast, a_workshop, cast
from withus.checkup.collect import facts_of
from withus.live.models import Afterwards
from withus.plan import actions as plan
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db


def staff(person: object) -> Client:
    client = Client()
    client.force_login(person, backend="sesame.backends.ModelBackend")  # type: ignore[arg-type] # a Staff
    return client


@pytest.fixture
def them() -> Cast:
    them = cast()
    workshop = a_workshop(them)
    plan.add_block(workshop, kind="venting", minutes=30, by=them.dev, now=NOW)
    Workshop.objects.update(state="ended", opened_at=NOW, ended_at=NOW)
    return them


def path(them: Cast) -> str:
    return f"/at/{them.project.address}/w/{Workshop.objects.get().uid}/afterwards"


def test_what_is_noted_is_read_by_the_checker_and_what_is_left_is_not_known(them: Cast) -> None:
    sent = {"version": "1", "wandering": "brought back", "incidents": "The lift broke.", "minutes_venting": "4",
            "asked": "9", "could_say": "3"}  # fmt: skip
    assert staff(them.dev).post(path(them), sent).status_code == 302
    live = facts_of(them.project, now=NOW).workshops[0].live
    assert live is not None
    assert live.pulse is not None
    assert (live.wandering, live.incidents, live.actual_minutes) == (
        "brought back",
        ("The lift broke.",),
        {"venting": 4},
    )
    assert (live.pulse.asked, live.pulse.could_say, live.pulse.felt_decided, live.pulse.lived) == (9, 3, None, None)
    assert live.speaking is None


def test_more_cannot_have_said_so_than_handed_in_a_card_and_the_words_stay(them: Cast) -> None:
    answer = staff(them.dev).post(
        path(them), {"version": "1", "asked": "3", "could_say": "4", "incidents": "The lift broke."}
    )
    assert answer.status_code == 422
    assert "The lift broke." in answer.content.decode()
    assert not Afterwards.objects.exists()


def test_of_two_who_note_neither_text_is_lost(them: Cast) -> None:
    first = staff(them.dev).post(path(them), {"version": "1", "incidents": "The lift broke."})
    second = staff(them.dev).post(path(them), {"version": "1", "incidents": "It rained."})
    assert (first.status_code, second.status_code) == (302, 422)
    assert "It rained." in second.content.decode()
    assert "The lift broke." in second.content.decode()
    assert Afterwards.objects.get().incidents == "The lift broke."


def test_a_workshop_that_is_not_over_has_no_such_page_and_sam_sees_none(them: Cast) -> None:
    assert staff(them.sam).get(path(them)).status_code == 404
    Workshop.objects.update(state="open")
    assert staff(them.dev).get(path(them)).status_code == 404
