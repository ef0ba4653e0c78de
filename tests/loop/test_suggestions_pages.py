"""The pages of suggestions, and more like this where a program has read the cards."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, cast
from tests.loop import ground
from tests.loop.test_actions_suggesting import many, on, read
from withus.live import actions as live
from withus.live.models import CardState, Contribution
from withus.loop import actions, alike, shelf, suggesting
from withus.loop.ahead import read_ahead
from withus.loop.models import Placement
from withus.loop.models_of_answers import Fit
from withus.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    shelf.forget()
    return cast()


@pytest.fixture
def dev(them: Cast, client: Client) -> Client:
    client.force_login(them.dev)
    return client


def page(them: Cast, dev: Client, name: str = "suggestions", *more: object) -> str:
    answer = dev.get(reverse(f"loop:{name}", args=[them.project.address, *more]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_with_few_cards_it_says_so_and_prints_them(them: Cast, dev: Client) -> None:
    ground.card(them, them.amira, "The last bus goes at nine.")
    held = ground.card(them, them.bo, "Held back.")
    Contribution.objects.filter(pk=held.pk).update(state=CardState.HELD_BACK)
    said = page(them, dev)
    assert "There is 1 card with words." in said
    assert "Switch suggestions on" not in said
    printed = page(them, dev, "on_the_table")
    assert "The last bus goes at nine." in printed
    assert "Held back." not in printed


def test_with_many_it_is_off_until_dev_switches_it_on(them: Cast, dev: Client) -> None:
    many(them)
    address = reverse("loop:suggestions", args=[them.project.address])
    assert "Switch suggestions on" in page(them, dev)
    assert dev.get(reverse("loop:on_the_table", args=[them.project.address])).status_code == 302
    dev.post(address, {"do": "on"})
    assert "The program is reading." in page(them, dev)
    read(them)
    said = page(them, dev)
    assert "The program is reading." not in said
    assert said.count("suggested by a program") == len(suggesting.groups(suggesting.shown(them.project), 12).groups)  # type: ignore[arg-type] # a test's own mix


def test_the_groups_cost_as_many_queries_for_150_cards_as_for_450(them: Cast, dev: Client) -> None:
    counts = []
    for size in (150, 450):
        if size == 450:
            Contribution.objects.all().delete()
            actions.switch_suggestions(them.project, on=False, by=them.dev, now=them.now)
            read(them)
        many(them, size)
        on(them)
        page(them, dev)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(them, dev)
        counts.append(len(seen))
    assert counts == [13, 13]


@pytest.mark.parametrize(
    ("asked", "size"), [("7", 7), ("60", 60), ("1", 12), ("61", 12), ("²", 12), ("9999", 12), ("", 12)]
)
def test_a_slider_leads_to_any_number_of_groups_between_few_and_many(
    them: Cast, dev: Client, asked: str, size: int
) -> None:
    many(them)
    on(them)
    said = dev.get(reverse("loop:suggestions", args=[them.project.address]), {"groups": asked}).content.decode()
    assert f'type="range" min="2" max="60" value="{size}">' in said
    grouping = suggesting.shown(them.project)
    assert grouping is not None
    assert said.count("suggested by a program") == len(suggesting.groups(grouping, size).groups)


def test_a_group_that_is_no_more_leads_to_those_that_are(them: Cast, dev: Client) -> None:
    many(them)
    on(them)
    answer = dev.get(reverse("loop:suggested", args=[them.project.address, 9999]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("loop:suggestions", args=[them.project.address]))


def test_more_like_this_goes_by_meaning_where_it_is_on_and_says_so(them: Cast, dev: Client) -> None:
    cards = many(them)
    other = ground.card(them, them.bo, "Public transport is unreliable in the evening")
    address = reverse("loop:themes", args=[them.project.address]) + f"?like={cards[0].uid}"
    assert other not in [card for card, _like in alike.like_this(cards[0], them.project, most=60)]
    assert "Found by their letters" in dev.get(address).content.decode()
    on(them)
    them.project.refresh_from_db()
    assert other in [card for card, _like in alike.like_this(cards[0], them.project, most=60)]
    assert "Found by a program on this server" in dev.get(address).content.decode()


def test_near_repeats_stand_before_what_is_only_about_the_same(them: Cast) -> None:
    many(them)
    card = ground.card(them, them.amira, "The bus to the clinic never comes on Sundays")
    again = ground.card(them, them.bo, "the bus to the clinic never comes on sunday")
    on(them)
    them.project.refresh_from_db()
    first, like = alike.like_this(card, them.project)[0]
    assert first == again
    assert like >= 0.7


def test_the_shelf_follows_what_comes_and_what_goes(them: Cast) -> None:
    cards = many(them)
    on(them)
    them.project.refresh_from_db()
    assert shelf.of(them.project.pk).count == 150
    new = ground.card(them, them.bo, "The bus never comes at night, never")
    read(them)
    assert alike.like_this(cards[0], them.project)[0][0] == new
    live.withdraw(new, person=them.bo, now=them.now)
    assert new not in [card for card, _like in alike.like_this(cards[0], them.project)]
    Contribution.objects.filter(pk=cards[5].pk).update(state=CardState.ERASED, words="")
    actions.forget_the_erased(now=them.now)
    kept = shelf.of(them.project.pk)
    assert kept.count == 150
    assert cards[5].pk not in {int(card) for row in kept.rows.values() for card in row.cards}


def test_what_is_read_ahead_is_not_read_again(them: Cast) -> None:
    many(them)
    on(them)
    read_ahead()
    with CaptureQueriesContext(connection) as asked:
        assert shelf.of(them.project.pk).count == 150
    assert len(asked) == 1


def test_where_no_program_may_suggest_nothing_is_read_ahead(them: Cast) -> None:
    many(them)
    on(them)
    actions.switch_suggestions(them.project, on=False, by=them.dev, now=them.now)
    with CaptureQueriesContext(connection) as asked:
        read_ahead()
    assert len(asked) == 2


def test_who_takes_everything_back_is_like_nothing_from_that_moment(them: Cast) -> None:
    cards = many(them)
    on(them)
    them.project.refresh_from_db()
    assert [one.person for one, _like in alike.like_this(cards[0], them.project)] == [them.bo] * 30
    Person.objects.filter(pk=them.bo.pk).update(erasing_at=them.now)
    assert alike.like_this(cards[0], them.project) == []


def test_a_theme_that_was_removed_meanwhile_is_refused_and_the_ticks_stay(them: Cast, dev: Client) -> None:
    cards = many(them)
    grouping = on(them)
    theme = ground.theme(them, cards[0])
    actions.remove_theme(theme, by=them.dev, now=them.now)
    group = suggesting.groups(grouping, 12).groups[0]
    card = suggesting.beside(grouping, group.cells)[0].contribution
    address = reverse("loop:suggested", args=[them.project.address, group.number])
    answer = dev.post(address, {"card": [str(card.uid)], "into": str(theme.uid)})
    assert answer.status_code == 409
    assert f'value="{card.uid}" checked' in answer.content.decode()


def test_another_projects_cards_are_never_like_ours(them: Cast) -> None:
    cards = many(them)
    theirs = live.add_contribution(
        them.sams_project, person=them.sams_person, words=cards[0].words, sent_once="x", now=them.now
    ).contribution
    on(them)
    them.project.refresh_from_db()
    assert theirs not in [card for card, _like in alike.like_this(cards[0], them.project, most=300)]


def test_a_program_lays_cards_beside_a_theme_and_leaves_out_what_was_not_meant(them: Cast, dev: Client) -> None:
    cards = many(them)
    about_buses = [card for card in cards if "bus" in card.words]
    on(them)
    them.project.refresh_from_db()
    theme = ground.theme(them, *about_buses[:5])
    beside = alike.beside_theme(theme)
    assert len(beside) == 30
    assert set(beside).isdisjoint(about_buses[:5])
    assert all("bus" in card.words for card in beside)
    Fit.objects.create(contribution=beside[0], theme=theme, person=them.bo, right=False, at=them.now)
    assert beside[0] not in alike.beside_theme(theme)
    assert "Cards that may belong to “Getting home”" in page(them, dev, "beside", theme.uid)
    address = reverse("loop:beside", args=[them.project.address, theme.uid])
    dev.post(address, {"card": [str(beside[1].uid)], "into": str(theme.uid)})
    assert set(Placement.objects.filter(theme=theme).values_list("contribution", flat=True)) == {
        card.pk for card in (*about_buses[:5], beside[1])
    }


def test_prof_hall_who_only_decides_sees_no_suggestion(them: Cast, client: Client) -> None:
    many(them)
    on(them)
    client.force_login(them.hall)
    assert client.get(reverse("loop:suggestions", args=[them.project.address])).status_code == 404


def test_where_it_is_on_and_cards_are_taken_back_below_150_people_sort_on_a_table_again(
    them: Cast, dev: Client
) -> None:
    cards = many(them)
    on(them)
    live.withdraw(cards[0], person=them.amira, now=them.now)
    assert "Print the cards" in page(them, dev)
