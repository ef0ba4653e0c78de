"""Who a theme came from is told so that nobody can be picked out, and words stand only with a yes."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, cast, phone, signed_in
from tests.loop import ground
from withus.live import actions as live
from withus.live.models import Contribution, Use
from withus.loop import actions, as_read
from withus.loop.models import Theme
from withus.people import actions as people
from withus.table.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def them() -> Cast:
    return cast()


def given_by(them: Cast, role: str, many: int) -> list[Contribution]:
    cards = []
    for _number in range(many):
        person = people.add_person(them.project, now=them.now)
        Place.objects.create(person=person, role=role)
        cards.append(ground.card(them, person, uuid4().hex))
    return cards


def theme_of(them: Cast, cards: list[Contribution]) -> Theme:
    return actions.make_theme(them.project, name="Night", by=them.dev, now=them.now, contributions=cards, read=True)


@pytest.mark.parametrize(
    ("carers", "workers", "shown"),
    [
        (5, 0, ["carers or family"]),
        (4, 0, []),
        (5, 5, ["carers or family", "frontline workers"]),
        (6, 1, []),
        (9, 4, []),
    ],
)
def test_a_role_is_named_from_five_people_on_and_where_no_other_is_given_away(
    them: Cast, carers: int, workers: int, shown: list[str]
) -> None:
    theme = theme_of(them, given_by(them, "carer", carers) + given_by(them, "worker", workers))
    assert [str(role) for role in as_read.one(theme).roles] == shown


def test_one_person_with_many_cards_is_one(them: Cast) -> None:
    given_by(them, "worker", 19)
    theme = theme_of(them, [ground.card(them, them.amira, f"card {n}") for n in range(12)])
    assert as_read.one(theme).how_many == "From a few of the people who gave something."


def test_of_few_nothing_is_said(them: Cast) -> None:
    theme = theme_of(them, given_by(them, "carer", 3))
    assert as_read.one(theme).how_many == "From so few people that we do not say more of them."


def test_words_stand_with_a_yes_and_go_with_a_no(them: Cast) -> None:
    card, silent = ground.card(them, them.amira, "Somebody awake."), ground.card(them, them.bo, "A lamp.")
    theme = theme_of(them, [card, silent])
    assert as_read.one(theme).words == ()
    live.allow_uses(card, person=them.amira, uses=[Use.PUBLIC], now=them.now)
    assert [one.words for one in as_read.one(theme).words] == ["Somebody awake."]
    assert as_read.one(theme, without=[card]).words == ()
    live.allow_uses(card, person=them.amira, uses=[], now=them.now)
    assert as_read.one(theme).words == ()


def answered(them: Cast, cards: list[Contribution]) -> str:
    answer = ground.draft(them, theme_of(them, cards))
    actions.publish(answer, by=them.dev, now=them.now)
    return str(answer.uid)


def test_it_is_read_on_the_personal_page_the_public_page_and_the_team_s(them: Cast) -> None:
    cards = [*given_by(them, "carer", 6), ground.card(them, them.amira)]
    uid, at = answered(them, cards), f"/at/{them.project.address}"
    dev = signed_in(them.dev)
    for client, path in (
        (phone(them.amira), f"{at}/me/answer/{uid}"),
        (Client(), at),
        (dev, f"{at}/themes/{Theme.objects.get().uid}"),
    ):
        page = client.get(path).content.decode()
        assert "From everybody who gave something." in page
        assert "From 7" not in page


@pytest.mark.parametrize("many", [1, 3])
def test_an_answer_is_read_with_as_many_queries_for_three_as_for_one(them: Cast, many: int) -> None:
    cards = [*given_by(them, "carer", many), ground.card(them, them.amira)]
    client, path = phone(them.amira), f"/at/{them.project.address}/me/answer/{answered(them, cards)}"
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) == 19
