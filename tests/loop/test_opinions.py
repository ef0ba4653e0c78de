"""Opinion groups in the app: who may ask, what is shown to whom, and what is never kept."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, cast, team
from tests.loop import ground
from withus.live.models import CardState, Contribution, Rating, Use, UseSaid
from withus.loop import actions, follow, refusals
from withus.loop.models_of_suggesting import OpinionGroups
from withus.loop.opinions import standing
from withus.people import actions as people_actions
from withus.people.actions import add_persons
from withus.people.models import Person
from withus.post import worker
from withus.record.models import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def voters(them: Cast, people: int) -> list[Contribution]:
    """Ten cards; half of the people like the even ones, half the odd ones, all like the first two."""
    cards = [ground.card(them, them.amira, f"Card number {number}") for number in range(10)]
    Contribution.objects.update(state=CardState.SHOWN)
    made = add_persons(them.project, uids=[uuid4() for _ in range(people)], now=them.now, came_by="import")
    Rating.objects.bulk_create(
        Rating(contribution=card, person=person, value=1 if number < 2 or number % 2 == at % 2 else -1, at=them.now)
        for at, person in enumerate(made)
        for number, card in enumerate(cards)
    )
    return cards


def looked(them: Cast, client: Client) -> OpinionGroups:
    at = f"/at/{them.project.address}/themes/opinions"
    assert client.post(at, {"do": "on", "asked_by": "The Tuesday group, 3 May"}).status_code == 302
    assert "It is being worked out." in client.get(at).content.decode()
    worker.run_due(timezone.now())
    return OpinionGroups.objects.get()


def test_off_until_a_group_asks_then_found_then_shown_to_everybody(them: Cast) -> None:
    cards, client, at = voters(them, 60), team(them), f"/at/{them.project.address}"
    assert Client().get(f"{at}/opinions").status_code == 404
    row = looked(them, client)
    assert row.people == 60
    assert row.found is not None
    assert row.found["sizes"] == [30, 30]
    assert {one["card"] for one in row.found["all"]} == {cards[0].pk, cards[1].pk}
    page = client.get(f"{at}/themes/opinions").content.decode()
    assert "The groups are clear" in page
    assert "Card number 0" in page
    assert Client().get(f"{at}/opinions").status_code == 404
    assert f'href="{at}/opinions"' not in Client().get(at).content.decode()
    client.post(f"{at}/themes/opinions", {"do": "show"})
    assert "Card number 0" not in Client().get(f"{at}/opinions").content.decode()
    UseSaid.objects.create(contribution=cards[0], person=them.amira, use=Use.PUBLIC, yes=True, since=them.now)
    seen = Client().get(f"{at}/opinions").content.decode()
    assert "Card number 0" in seen
    assert "Card number 1" not in seen
    actions.hide_page(them.project, because="A court asked us.", by=them.dev, now=them.now)
    assert Client().get(f"{at}/opinions").status_code == 404
    actions.show_page(them.project, by=them.dev, now=them.now)
    assert Client().get(f"{at}/opinions").status_code == 200
    assert f'href="{at}/opinions"' in Client().get(at).content.decode()
    client.post(f"{at}/themes/opinions", {"do": "hide"})
    assert f'href="{at}/opinions"' not in Client().get(at).content.decode()
    assert Client().get(f"{at}/opinions").status_code == 404
    kinds = Opening.objects.filter(kind__startswith="opinion_groups").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["opinion_groups.switched", "opinion_groups.shown", "opinion_groups.shown"]


def test_off_deletes_what_was_found_and_a_job_that_comes_late_brings_nothing_back(them: Cast) -> None:
    voters(them, 60)
    client = team(them)
    looked(them, client)
    client.post(f"/at/{them.project.address}/themes/opinions", {"do": "look"})
    client.post(f"/at/{them.project.address}/themes/opinions", {"do": "off"})
    worker.run_due(timezone.now())
    row = OpinionGroups.objects.get()
    assert (row.on, row.found, row.shown) == (False, None, False)


def test_fewer_than_fifty_cannot_ask(them: Cast) -> None:
    voters(them, 48)
    client = team(them)
    page = client.get(f"/at/{them.project.address}/themes/opinions").content.decode()
    assert "camps of neighbours" in page
    answer = client.post(f"/at/{them.project.address}/themes/opinions", {"do": "on", "asked_by": "The Tuesday group"})
    assert answer.status_code == 409
    assert not OpinionGroups.objects.exists()


def test_nobody_is_named_and_who_is_being_erased_is_left_out(them: Cast) -> None:
    voters(them, 60)
    leave(10)
    row = looked(them, team(them))
    assert row.people == 50
    leave(1)
    assert team(them).post(f"/at/{them.project.address}/themes/opinions", {"do": "look"}).status_code == 302
    worker.run_due(timezone.now())
    row.refresh_from_db()
    assert (row.people, row.found) == (49, None)
    actions.switch_off_opinions(them.project, by=them.dev, now=them.now)
    with pytest.raises(refusals.TooFewForGroups):
        actions.switch_on_opinions(them.project, asked_by="The Tuesday group", by=them.dev, now=them.now)


def test_without_a_group_that_asked_it_stays_off_and_the_words_stay(them: Cast) -> None:
    voters(them, 60)
    answer = team(them).post(f"/at/{them.project.address}/themes/opinions", {"do": "on", "asked_by": "  "})
    assert answer.status_code == 409
    assert "Say which group asked" in answer.content.decode()
    assert not OpinionGroups.objects.exists()
    with pytest.raises(refusals.NotWithoutAGroup):
        actions.look_for_opinions(them.project, now=them.now)
    with pytest.raises(refusals.NotWithoutAGroup):
        actions.show_opinions(them.project, shown=True, by=them.dev, now=them.now)


def shown(them: Cast, people: int) -> Client:
    voters(them, people)
    client = team(them)
    looked(them, client)
    UseSaid.objects.bulk_create(
        UseSaid(contribution=card, person=them.amira, use=Use.PUBLIC, yes=True, since=them.now)
        for card in Contribution.objects.all()
    )
    client.post(f"/at/{them.project.address}/themes/opinions", {"do": "show"})
    assert "Card number 0" in Client().get(f"/at/{them.project.address}/opinions").content.decode()
    return client


def leave(number: int) -> list[Person]:
    """So many of those who voted press “take everything back”, from the last one on."""
    going = list(Person.objects.filter(came_by="import", erasing_at=None).order_by("-pk")[:number])
    for one in going:
        people_actions.begin_erasing(one, now=timezone.now(), at_once=False)
    return going


def test_groups_go_from_every_page_at_once_when_the_fiftieth_leaves_and_say_why(them: Cast) -> None:
    """No job has run yet: the press alone takes them down, whatever was kept in memory."""
    client, at = shown(them, 52), f"/at/{them.project.address}"
    assert "Groups of opinion" in Client().get(at).content.decode()
    leave(2)
    assert "Card number 0" in Client().get(f"{at}/opinions").content.decode()
    (last,) = leave(1)
    for page in (Client().get(f"{at}/opinions"), client.get(f"{at}/themes/opinions")):
        text = page.content.decode()
        assert "These groups are not shown any more" in text
        assert [words for words in ("Card number", "Group 1", "The groups are") if words in text] == []
    assert client.post(f"{at}/themes/opinions", {"do": "show"}).status_code == 409
    people_actions.stop_erasing(last, now=timezone.now())
    assert "Card number 0" in Client().get(f"{at}/opinions").content.decode()


def test_who_came_later_does_not_stand_in_for_who_left(them: Cast) -> None:
    shown(them, 52)
    late = add_persons(them.project, uids=[uuid4() for _ in range(30)], now=them.now, came_by="import")
    cards = list(Contribution.objects.all())
    Rating.objects.bulk_create(Rating(contribution=c, person=p, value=1, at=them.now) for p in late for c in cards)
    Person.objects.filter(pk__in=[one.pk for one in late]).update(came_by="table")
    leave(3)
    assert "not shown any more" in Client().get(f"/at/{them.project.address}/opinions").content.decode()


def test_each_who_leaves_counts_as_one_of_the_smallest_group(them: Cast) -> None:
    shown(them, 120)
    row = OpinionGroups.objects.get()
    assert row.found is not None
    row.found["sizes"] = [113, 7]
    row.save()
    path = f"/at/{them.project.address}/opinions"
    leave(2)
    assert "Card number 0" in Client().get(path).content.decode()
    leave(1)
    assert "not shown any more" in Client().get(path).content.decode()


def test_when_they_are_erased_it_is_worked_out_anew_and_nothing_old_is_kept(them: Cast) -> None:
    client, path = shown(them, 52), f"/at/{them.project.address}/opinions"
    for one in leave(3):
        Person.objects.filter(pk=one.pk).update(erasing_at=them.now)
    follow.erase_due({}, timezone.now())
    worker.run_due(timezone.now())
    row = OpinionGroups.objects.get()
    assert (row.found, row.shown, row.people, row.down_since is None) == (None, False, 49, False)
    entry = Opening.objects.filter(kind="opinion_groups.shown").order_by("-pk")[0]
    assert (entry.by, entry.facts) == ("system", {"shown": False})
    assert "not shown any more" in Client().get(path).content.decode()
    client.post(f"/at/{them.project.address}/themes/opinions", {"do": "off"})
    assert Client().get(path).status_code == 404


def test_who_is_left_is_asked_by_one_query_however_many_voted(
    them: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shown(them, 60)
    row = OpinionGroups.objects.get()
    with django_assert_num_queries(1):
        assert standing.stands(row)


@pytest.mark.parametrize("people", [60, 180])
def test_the_page_asks_the_same_few_things_however_many_voted(
    them: Cast, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    voters(them, people)
    client = team(them)
    looked(them, client)
    with django_assert_num_queries(PAGE):
        client.get(f"/at/{them.project.address}/themes/opinions")


PAGE = 8
