"""The author of a card says whether the team understood it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, cast, phone, signed_in
from tests.loop import ground
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions, refusals
from withus.loop.given import given_by
from withus.loop.models import Due, Placement, Telling, Theme
from withus.loop.models_of_answers import Fit
from withus.record.models import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def says(them: Cast, card: Contribution, theme: Theme, *, right: bool) -> None:
    assert card.person is not None
    actions.say_it_fits(card, theme=theme, person=card.person, right=right, now=them.now)


def lies(theme: Theme) -> list[str]:
    return list(Placement.objects.filter(theme=theme).order_by("pk").values_list("contribution__words", flat=True))


def test_not_what_i_meant_takes_the_card_out_and_it_is_owed_its_own_answer(them: Cast) -> None:
    mine, other = ground.card(them, them.amira), ground.card(them, them.bo, "Bo's.")
    theme = ground.theme(them, mine, other)
    actions.publish(ground.draft(them, theme), by=them.dev, now=them.now)
    says(them, mine, theme, right=False)
    assert lies(theme) == ["Bo's."]
    assert [due.contribution for due in Due.objects.filter(met_at=None)] == [mine]
    assert [one.person for one in Telling.objects.all()] == [them.bo]
    assert list(Opening.objects.filter(kind="card.not_meant").values_list("by", flat=True)) == [
        f"person:{them.amira.uid}"
    ]


def test_nobody_but_its_author_puts_it_there_again(them: Cast) -> None:
    mine, other = ground.card(them, them.amira), ground.card(them, them.bo, "Bo's.")
    theme = ground.theme(them, mine, other)
    says(them, mine, theme, right=False)
    assert actions.place(theme, contributions=[mine], by=them.dev, now=them.now) == 0
    again = actions.make_theme(them.project, name="Nights", by=them.dev, now=them.now, contributions=[mine])
    actions.merge_themes(again, into=theme, by=them.dev, now=them.now)
    assert lies(theme) == ["Bo's."]
    says(them, mine, theme, right=True)
    assert lies(theme) == ["Bo's.", "The last bus goes at nine."]


def test_undoing_it_meets_again_what_was_owed(them: Cast) -> None:
    mine = ground.card(them, them.amira)
    theme = ground.theme(them, mine, ground.card(them, them.bo))
    actions.publish(ground.draft(them, theme), by=them.dev, now=them.now)
    says(them, mine, theme, right=False)
    says(them, mine, theme, right=True)
    assert not Due.objects.filter(met_at=None).exists()


def test_a_closed_project_opens_again(them: Cast) -> None:
    mine = ground.card(them, them.amira)
    theme = ground.theme(them, mine)
    actions.publish(ground.draft(them, theme), by=them.dev, now=them.now)
    type(them.project).objects.filter(pk=them.project.pk).update(state="closed", closed_at=them.now)
    says(them, mine, theme, right=False)
    them.project.refresh_from_db()
    assert them.project.state == "running"


def test_only_of_ones_own_card_and_only_where_it_was_put(them: Cast) -> None:
    mine, other = ground.card(them, them.amira), ground.card(them, them.bo)
    theme, elsewhere = ground.theme(them, mine, other), ground.theme(them, other)
    for card, about, person in ((other, theme, them.amira), (mine, elsewhere, them.amira), (mine, theme, them.bo)):
        with pytest.raises(refusals.NotYourCard):
            actions.say_it_fits(card, theme=about, person=person, right=False, now=them.now)
    assert not Fit.objects.exists()


def test_saying_it_twice_is_saying_it_once(them: Cast) -> None:
    mine = ground.card(them, them.amira)
    theme = ground.theme(them, mine)
    for _ in range(2):
        says(them, mine, theme, right=True)
    assert Opening.objects.filter(kind="card.meant").count() == 1


def test_amira_reads_others_beside_her_words_only_where_they_let_her(them: Cast) -> None:
    mine, wall, hidden = (
        ground.card(them, who, words)
        for who, words in (
            (them.amira, "Mine."),
            (them.bo, "On the wall."),
            (them.joy, "For those who answer."),
        )
    )
    Contribution.objects.filter(pk=wall.pk).update(may_see="wall", state="shown")
    Contribution.objects.filter(pk=hidden.pk).update(may_see="answerers", state="shown")
    ground.theme(them, mine, wall, hidden)
    page = phone(them.amira).get(f"/at/{them.project.address}/me").content.decode()
    assert "We put your words with “Getting home”. Is that right?" in page
    assert "On the wall." in page
    assert "For those who answer." not in page


def test_on_her_page_she_says_not_what_i_meant_and_takes_it_back(them: Cast) -> None:
    mine = ground.card(them, them.amira)
    theme, client = ground.theme(them, mine, ground.card(them, them.bo, "Bo's.")), phone(them.amira)
    path = f"/at/{them.project.address}/me/fits/{theme.uid}"
    page = client.post(path, {"card": mine.mark, "says": "not meant"}, follow=True).content.decode()
    assert "is not what I meant" in page
    assert lies(theme) == ["Bo's."]
    client.post(path, {"card": mine.mark, "says": "right"})
    assert Placement.objects.filter(theme=theme, contribution=mine).exists()


def test_she_says_nothing_of_anothers_card(them: Cast) -> None:
    other = ground.card(them, them.bo)
    theme = ground.theme(them, other)
    path = f"/at/{them.project.address}/me/fits/{theme.uid}"
    assert phone(them.amira).post(path, {"card": other.mark, "says": "not meant"}).status_code == 404
    assert Placement.objects.filter(theme=theme).count() == 1


def test_the_team_sees_that_it_was_not_meant_and_not_by_whom(them: Cast) -> None:
    mine = ground.card(them, them.amira)
    says(them, mine, ground.theme(them, mine), right=False)
    client = signed_in(them.dev)
    page = client.get(f"/at/{them.project.address}/themes").content.decode()
    assert "its author says: not what I meant" in page
    assert "Amira" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_cards_takes_eight_small_queries(them: Cast, count: int) -> None:
    for number in range(count):
        ground.theme(them, ground.card(them, them.amira, f"Card {number}"))
    with CaptureQueriesContext(connection) as asked:
        assert len(given_by(them.amira, them.project)) == count
    assert len(asked) == 8


def test_an_erased_person_says_nothing_any_more(them: Cast) -> None:
    mine = ground.card(them, them.amira)
    says(them, mine, ground.theme(them, mine), right=True)
    live.erase_given(them.amira, now=them.now)
    actions.forget_the_erased(now=them.now)
    assert not Fit.objects.exists()
