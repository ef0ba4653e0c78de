"""Themes are merged, split and put back, and every card can be followed."""

import pytest

from tests.cast import Cast, cast
from tests.loop import ground
from withus.live.models import Contribution
from withus.loop import actions, refusals
from withus.loop.models import Placement, Theme
from withus.record.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def marks(theme: Theme) -> list[str]:
    return list(Contribution.objects.filter(placements__theme=theme).order_by("seq").values_list("words", flat=True))


def two_themes(them: Cast) -> tuple[Theme, Theme]:
    """Buses and lifts; one card lies in both."""
    bus, both, lift = (ground.card(them, them.amira, words) for words in ("bus", "both", "lift"))
    buses = ground.theme(them, bus, both)
    lifts = actions.make_theme(
        them.project, name="Lifts", by=them.dev, now=them.now, contributions=[both, lift], read=True
    )
    return buses, lifts


def test_merged_themes_hold_each_card_once_and_say_where_it_came_from(them: Cast) -> None:
    buses, lifts = two_themes(them)
    actions.merge_themes(lifts, into=buses, by=them.dev, now=them.now)
    assert marks(buses) == ["bus", "both", "lift"]
    came = Placement.objects.filter(theme=buses).order_by("contribution__seq").values_list("came_from__name", flat=True)
    assert list(came) == [None, None, "Lifts"]
    lifts.refresh_from_db()
    assert (lifts.merged_into, lifts.removed_at) == (buses, them.now)
    assert verify(them.project).ok


def test_putting_a_merged_theme_back_undoes_the_merge_and_nothing_else(them: Cast) -> None:
    buses, lifts = two_themes(them)
    actions.merge_themes(lifts, into=buses, by=them.dev, now=them.now)
    lifts.refresh_from_db()
    actions.put_back_theme(lifts, by=them.dev, now=them.now)
    assert (marks(buses), marks(lifts)) == (["bus", "both"], ["both", "lift"])
    lifts.refresh_from_db()
    assert lifts.merged_into is None


def test_a_theme_whose_answer_was_told_is_not_merged_away(them: Cast) -> None:
    buses, lifts = two_themes(them)
    actions.publish(ground.draft(them, lifts), by=them.dev, now=them.now)
    with pytest.raises(refusals.AnsweredAlready):
        actions.merge_themes(lifts, into=buses, by=them.dev, now=them.now)
    assert marks(lifts) == ["both", "lift"]


def test_a_theme_is_not_merged_into_itself_nor_into_another_project(them: Cast) -> None:
    buses, _lifts = two_themes(them)
    other = actions.make_theme(them.sams_project, name="Elsewhere", by=them.sam, now=them.now)
    for into in (buses, other):
        with pytest.raises(refusals.MergeIntoAnother):
            actions.merge_themes(buses, into=into, by=them.dev, now=them.now)


def test_ticked_cards_get_a_theme_of_their_own(them: Cast) -> None:
    buses, _lifts = two_themes(them)
    going = Contribution.objects.filter(words="both")
    off = actions.split_theme(buses, name="Both", contributions=going, by=them.dev, now=them.now)
    assert (marks(buses), marks(off)) == (["bus"], ["both"])
    assert Placement.objects.get(theme=off).came_from == buses
    actions.merge_themes(off, into=buses, by=them.dev, now=them.now)
    assert marks(buses) == ["bus", "both"]


def test_a_moved_card_says_where_it_came_from(them: Cast) -> None:
    buses, lifts = two_themes(them)
    actions.move(buses, into=lifts, contributions=Contribution.objects.filter(words="bus"), by=them.dev, now=them.now)
    assert (marks(buses), marks(lifts)) == (["both"], ["bus", "both", "lift"])
    assert Placement.objects.get(theme=lifts, contribution__words="bus").came_from == buses


@pytest.mark.parametrize("words", [[], ["bus", "both"], ["lift"]])
def test_a_split_takes_some_of_its_own_cards_and_never_all(them: Cast, words: list[str]) -> None:
    buses, _lifts = two_themes(them)
    cards = Contribution.objects.filter(words__in=words)
    with pytest.raises(refusals.SplitSome):
        actions.split_theme(buses, name="x", contributions=cards, by=them.dev, now=them.now)
    assert marks(buses) == ["bus", "both"]
    assert Theme.objects.filter(name="x").count() == 0


def test_a_split_without_a_name_changes_nothing(them: Cast) -> None:
    buses, _lifts = two_themes(them)
    with pytest.raises(refusals.ThemeNeedsAName):
        actions.split_theme(
            buses, name=" ", contributions=Contribution.objects.filter(words="bus"), by=them.dev, now=them.now
        )
    assert marks(buses) == ["bus", "both"]
