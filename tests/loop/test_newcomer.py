"""What a team reads that has never used it: of which project a page is, who is told how, and what is missing before the end."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast, a_workshop, cast, team
from tests.loop import ground
from withus.loop import actions
from withus.people import actions as people
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def read(them: Cast, page: str) -> str:
    return team(them).get(f"/at/{them.project.address}/{page}").content.decode()


def test_the_list_of_who_was_told_says_what_to_do_and_no_two_rows_look_alike(them: Cast) -> None:
    """Bo is rung up, Joy gets a letter; of two people without a name each is known by the mark of their card."""
    people.set_way(them.bo, kind="phone", address="01632 960 777")
    people.set_way(them.joy, kind="post", address="1 Mill Street")
    strangers = [people.add_person(them.project, now=them.now) for _ in range(2)]
    marks = [ground.card(them, one).mark for one in strangers]
    cards = [ground.card(them, one) for one in (them.bo, them.joy)]
    theme = ground.theme(them, *cards, *(one.contributions.get() for one in strangers))
    actions.publish(ground.draft(them, theme, promised_on=None, outcome="done"), by=them.dev, now=timezone.now())
    page = read(them, "telling")
    rows = [re.sub(r"<[^>]+>", " ", one) for one in page.split('<th scope="row">')[1:]]
    said = sorted(" ".join(one.split("Note it")[0].split()) for one in rows)
    assert said == sorted([
        "Bo to be rung: they chose the telephone",
        "Joy a letter to print: they chose post",
        *(f"Without a name {mark} waits at their words" for mark in marks),
    ])  # fmt: skip
    missing = read(them, "close")
    assert all(f'Without a name <span class="cmark">{mark}</span>' in missing for mark in marks)


def test_where_nobody_gave_anything_the_page_does_not_say_that_everybody_was_told(them: Cast) -> None:
    tea = a_workshop(them, title="Tea")
    Workshop.objects.filter(pk=tea.pk).update(on=timezone.localdate() + timedelta(days=9), state="planned")
    page = read(them, "close")
    assert "Nobody has given anything, so nobody is owed an answer." in page
    assert "Everybody was told" not in page
    assert "“Tea” is still planned" in page
    Workshop.objects.filter(pk=tea.pk).update(state="ended")
    ground.published(them, them.amira)
    page = read(them, "close")
    assert "Nobody has given anything" not in page
    assert "is still planned" not in page


def test_each_room_of_the_team_says_of_which_project_it_is(them: Cast) -> None:
    for room in ("charter", "table", "plan", "live", "themes", "telling", "close", "in-public"):
        assert f'<b dir="auto">{them.project.title}</b>' in read(them, room), room
