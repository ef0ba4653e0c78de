"""Co-leads and others who chose the telephone or post hear from the team what others get as a mail, while it is true."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, cast, team
from tests.loop import ground
from tests.loop.test_actions_turning import dev, goes, joy, rest, rests
from withus.loop import actions
from withus.loop.by_hand import to_tell
from withus.loop.models import Told
from withus.loop.models_of_closing import ByHand, Notice, Say
from withus.people import actions as people
from withus.people import link
from withus.record.models import Opening
from withus.table import actions as table

pytestmark = pytest.mark.django_db
NUMBER = "01632 960 444"


@pytest.fixture
def them() -> Cast:
    """Joy has a mail address, Tomasz a telephone."""
    made = cast(now=timezone.now())
    people.set_way(made.joy, kind="email", address="joy@example.org")
    people.set_way(made.tomasz, kind="phone", address=NUMBER)
    return made


def at(them: Cast) -> str:
    return f"/at/{them.project.address}/telling/by-hand"


def said(them: Cast, *, days: int = 0) -> list[tuple[str, str, str]]:
    return [
        (one.name, one.reach, one.says.split(".")[0])
        for one in to_tell(them.project, now=them.now + timedelta(days=days))
    ]


def test_a_co_lead_with_a_telephone_is_on_the_list_when_a_key_waits_and_when_both_are_turned(them: Cast) -> None:
    first = actions.first_key(them.project, what="rest", by=dev(them), now=them.now, terms=rest(them))
    assert said(them) == [("Tomasz", NUMBER, "“Let it rest”: one key is turned, and theirs may be the second")]
    actions.second_key(first, by=joy(them), now=them.now)
    waits = said(them)
    assert [(name, reach) for name, reach, _says in waits] == [("Tomasz", NUMBER)]
    assert "both keys were turned on" in waits[0][2]
    assert waits[0][2].endswith("and theirs was not one of them")
    assert said(them, days=15) == []
    page = team(them).get(at(them)).content.decode()
    assert [word in page for word in ("Tomasz", NUMBER, "one press stops it", "Joy")] == [True, True, True, False]
    assert "1 person to ring or write to" in team(them).get(f"/at/{them.project.address}/close").content.decode()
    assert "1 person to ring or write to" in team(them).get(f"/at/{them.project.address}/telling").content.decode()


def test_who_said_stop_or_left_no_way_is_on_no_list(them: Cast) -> None:
    people.stop_writing(them.tomasz)
    rests(them)
    assert ByHand.objects.count() == 0


def test_told_is_noted_once_with_how_and_what_was_typed_is_kept(them: Cast) -> None:
    rests(them)
    client = team(them)
    (row,) = to_tell(them.project, now=them.now)
    without = client.post(at(them), {"row": str(row.uid), "how": " "})
    assert (without.status_code, "checked" in without.content.decode()) == (409, True)
    nobody = client.post(at(them), {"how": "Rang him", "row": "x"})
    assert (nobody.status_code, "Rang him" in nobody.content.decode()) == (409, True)
    for _again in range(2):
        client.post(at(them), {"row": str(row.uid), "how": "Rang him"})
    assert Opening.objects.filter(kind="person.noticed", about=str(them.tomasz.uid)).count() == 1
    assert (said(them), ByHand.objects.get(uid=row.uid).because) == ([], "Rang him")


def test_whom_the_team_told_that_it_goes_is_on_the_list_when_it_stays(them: Cast) -> None:
    people.set_way(them.amira, kind="post", address="1 Mill Street")
    turning = goes(them)
    assert Notice.objects.filter(person=them.amira, state=Told.WAITING).exists()
    actions.note_noticed(turning, persons=[them.amira], how="Posted", by=them.dev, now=them.now)
    actions.call_off(turning, by=them.dev, now=them.now)
    assert ("", "1 Mill Street") in [(name if name != "Amira" else "", reach) for name, reach, _says in said(them)]
    assert [says for name, _reach, says in said(them) if name == "Amira"] == [
        "They were told that it goes to other people"
    ]


def test_a_way_asked_for_by_words_is_told_by_telephone_till_it_is_stopped(them: Cast) -> None:
    people.set_way(them.amira, kind="phone", address="01632 960 111")
    table.choose_way(them.amira, way="email", address="x@example.org", how_often="", now=them.now, by_words=True)
    (one,) = to_tell(them.project, now=them.now)
    assert (one.name, one.reach, "x@example.org" in one.says) == ("Amira", "01632 960 111", False)
    assert "asked that we reach them in another way" in one.says
    table.keep_way(them.amira, now=them.now)
    assert said(them) == []


def test_that_it_is_open_again_is_on_the_list(them: Cast) -> None:
    answer = ground.published(them, them.amira, promised_on=date(2090, 9, 1))
    them.project.state, them.project.closed_at = "closed", them.now
    them.project.save()
    actions.confirm(them.amira, answer=answer, says="no", now=them.now)
    assert [(name, says) for name, _reach, says in said(them)] == [
        ("Tomasz", "It was closed, and is open again: something is owed again")
    ]


def test_of_who_takes_everything_back_nothing_stands_there(them: Cast) -> None:
    rests(them)
    people.begin_erasing(them.tomasz, now=them.now, at_once=True)
    assert said(them) == []


def test_participants_and_other_projects_read_nothing_of_it(them: Cast) -> None:
    rests(them)
    amira, sam = Client(), Client()
    amira.get(link.path(them.amira))
    sam.force_login(them.sam, backend="sesame.backends.ModelBackend")
    (row,) = to_tell(them.project, now=them.now)
    assert [one.get(at(them)).status_code for one in (amira, sam)] == [302, 404]
    sam.post(at(them), {"row": str(row.uid), "how": "x"})
    assert ByHand.objects.get(uid=row.uid).done_at is None


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_often_for_three_people_as_for_one(
    them: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rests(them)
    about = ByHand.objects.get(person=them.tomasz, what=Say.KEY_TURNED).about
    for number in range(many):
        somebody = people.add_person(them.project, now=them.now)
        people.set_way(somebody, kind="phone", address=f"01632 960 10{number}")
        table.choose_way(somebody, way="email", address="x@example.org", how_often="", now=them.now, by_words=True)
        ByHand.objects.create(person=somebody, what=Say.KEY_TURNED, about=about, at=them.now)
    with django_assert_num_queries(6):
        found = to_tell(them.project, now=them.now)
    assert len(found) == 1 + 2 * many
