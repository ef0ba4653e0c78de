"""Whoever holds a slip can open its person's page: so a slip is made by a press, and stands on the record before it is shown."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast, cast, signed_in, team
from tests.table.test_actions import may_invite, somebody
from withus.live import actions as live
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person
from withus.record.models import Entry, Opening
from withus.table import actions

pytestmark = pytest.mark.django_db


def page_of(them: Cast) -> str:
    return f"/at/{them.project.address}/table/invitations"


def invited(them: Cast, *names: str) -> list[Person]:
    rows = [somebody(them, name=name) for name in names]
    actions.invite(them.project, persons=rows, by=them.dev, now=NOW)
    return rows


def on_record() -> list[tuple[str, str]]:
    return list(Opening.objects.filter(kind="slip.printed").order_by("entry__seq").values_list("by", "about"))


def test_looking_shows_no_words_and_writes_nothing_and_a_press_says_who_made_whose() -> None:
    them = cast()
    may_invite(them)
    grace, ben = invited(them, "Grace", "Ben")
    before, browser = Entry.objects.count(), team(them)
    looked = browser.get(page_of(them)).content.decode()
    assert [link.speakable(one) in looked for one in (grace, ben)] == [False, False]
    assert Entry.objects.count() == before
    made = browser.post(page_of(them), {"person": [str(grace.uid)]}).content.decode()
    assert [link.speakable(one) in made for one in (grace, ben)] == [True, False]
    assert on_record() == [(f"staff:{them.dev.uid}", str(grace.uid))]
    browser.post(page_of(them), {"person": [str(grace.uid), str(ben.uid)]})
    assert on_record()[1:] == [(f"staff:{them.dev.uid}", str(one.uid)) for one in (grace, ben)]


def test_the_team_sees_who_made_whose_slip_and_only_those_without_one_are_ticked() -> None:
    them = cast()
    may_invite(them)
    grace, ben = invited(them, "Grace", "Ben")
    actions.slips_made(them.project, persons=[grace], by=them.dev, now=NOW)
    page = team(them).get(page_of(them)).content.decode()
    assert "Made on 6 May 2026, 14.30, by Dev" in page
    assert page.count(" checked") == 1
    assert f'value="{ben.uid}" checked' in page


def test_their_own_page_says_that_a_slip_was_printed_and_nobody_else_s_does() -> None:
    them = cast()
    may_invite(them)
    grace, ben = invited(them, "Grace", "Ben")
    actions.slips_made(them.project, persons=[grace], by=them.dev, now=NOW)
    said = [_own_page(them, one) for one in (grace, ben)]
    assert ["A slip for you was printed on 6 May 2026, 14.30" in page for page in said] == [True, False]


def _own_page(them: Cast, person: Person) -> str:
    phone = Client()
    phone.get(link.path(person))
    return phone.get(f"/at/{them.project.address}/me").content.decode()


def test_nobody_ticked_is_said_and_a_person_of_another_project_or_not_invited_gets_none() -> None:
    them = cast()
    may_invite(them)
    invited(them, "Grace")
    waits = somebody(them, name="Not asked yet")
    for ticked in ([], [str(waits.uid)], [str(them.sams_person.uid)], ["nonsense"]):
        answer = team(them).post(page_of(them), {"person": ticked})
        assert (answer.status_code, "Choose whose slips to make." in answer.content.decode()) == (422, True)
    assert signed_in(them.sam).post(page_of(them), {"person": [str(waits.uid)]}).status_code == 404
    assert on_record() == []


def test_who_takes_everything_back_in_this_moment_gets_no_slip() -> None:
    them = cast()
    may_invite(them)
    grace, ben = invited(them, "Grace", "Ben")
    people.begin_erasing(grace, now=NOW, at_once=False)
    assert actions.slips_made(them.project, persons=[grace, ben], by=them.dev, now=NOW) == [ben]
    assert [about for _by, about in on_record()] == [str(ben.uid)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(count: int) -> None:
    them = cast()
    may_invite(them)
    rows = invited(them, *("Grace", "Ben", "Cleo")[:count])
    actions.slips_made(them.project, persons=rows, by=them.dev, now=NOW)
    browser = team(them)
    browser.get(page_of(them))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        browser.get(page_of(them))
    assert len(queries) == 9


def test_the_slip_of_a_card_from_paper_is_made_by_a_press_too() -> None:
    them = cast()
    card = live.add_from_paper(
        them.project, person=them.amira, words="A bench.", sent_once="1", by=them.dev, now=NOW + timedelta(minutes=1)
    ).contribution
    browser, page = team(them), f"/at/{them.project.address}/paper/{card.mark}"
    words = link.speakable(them.amira)
    assert words not in browser.get(page).content.decode()
    assert on_record() == []
    assert words in browser.post(page).content.decode()
    assert on_record() == [(f"staff:{them.dev.uid}", str(them.amira.uid))]
