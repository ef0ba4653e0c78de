"""Every act at the workbench can be taken back, one or all since a moment, and the record says so."""

import random
from collections.abc import Callable

import pytest

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from withus.live.models import CardState, Contribution
from withus.loop import actions, refusals
from withus.loop.models import Act, Due, Placement, Read, Theme
from withus.projects.refused import Refused
from withus.record.models import Opening
from withus.record.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def them() -> Cast:
    return cast()


def lie(them: Cast) -> dict[str, list[str]]:
    """Which cards lie in which theme that is in sight, by name."""
    themes = Theme.objects.filter(project=them.project, removed_at=None).order_by("pk")
    return {
        one.name: list(
            Contribution.objects.filter(placements__theme=one).order_by("seq").values_list("words", flat=True)
        )
        for one in themes
    }


def two_themes(them: Cast) -> tuple[Theme, Theme, list[Contribution]]:
    cards = [ground.card(them, them.amira, words) for words in ("bus", "both", "lift")]
    buses = ground.theme(them, *cards[:2])
    lifts = actions.make_theme(them.project, name="Lifts", by=them.dev, now=them.now, contributions=cards[1:])
    return buses, lifts, cards


def last() -> Act:
    return Act.objects.order_by("-pk")[0]


def test_each_kind_of_act_is_taken_back(them: Cast) -> None:
    buses, lifts, cards = two_themes(them)
    now, before = them.now, lie(them)
    acts: dict[str, Callable[[], object]] = {
        "rename": lambda: actions.rename_theme(buses, name="The bus", by=them.dev, now=now),
        "put": lambda: actions.place(buses, contributions=[cards[2]], by=them.dev, now=now),
        "out": lambda: actions.take_out(buses, contributions=[cards[0]], by=them.dev, now=now),
        "move": lambda: actions.move(buses, into=lifts, contributions=cards, by=them.dev, now=now),
        "split": lambda: actions.split_theme(buses, name="Apart", contributions=[cards[0]], by=them.dev, now=now),
        "merge": lambda: actions.merge_themes(lifts, into=buses, by=them.dev, now=now),
        "remove": lambda: actions.remove_theme(lifts, by=them.dev, now=now),
        "make": lambda: actions.make_theme(them.project, name="New", by=them.dev, now=now, contributions=cards),
    }
    for name, act in acts.items():
        act()
        assert lie(them) != before, name
        actions.undo(last(), by=them.dev, now=now)
        assert lie(them) == before, name
        buses.refresh_from_db()
        lifts.refresh_from_db()
    assert verify(them.project).ok


def test_an_act_is_one_entry_and_says_which_cards(them: Cast) -> None:
    buses, lifts, cards = two_themes(them)
    before = Opening.objects.count()
    actions.merge_themes(lifts, into=buses, by=them.dev, now=them.now)
    (entry,) = Opening.objects.order_by("pk")[before:]
    assert (entry.kind, entry.by, entry.about) == ("theme.merged", f"staff:{them.dev.uid}", str(lifts.uid))
    assert entry.facts == {"into": str(buses.uid), "cards": [str(cards[2].uid)], "count": 1, "digest": ""}
    actions.undo(last(), by=them.dev, now=them.now)
    (_merged, undone) = Opening.objects.order_by("pk")[before:]
    assert (undone.kind, undone.facts["of"], undone.facts["cards"]) == ("sorting.undone", "merged", 1)


def test_taking_back_can_be_taken_back(them: Cast) -> None:
    buses, lifts, _cards = two_themes(them)
    actions.merge_themes(lifts, into=buses, by=them.dev, now=them.now)
    merged, act = lie(them), last()
    undoing = actions.undo(act, by=them.dev, now=them.now)
    actions.undo(undoing, by=them.dev, now=them.now)
    assert lie(them) == merged
    actions.undo(Act.objects.get(pk=act.pk), by=them.dev, now=them.now)
    assert lie(them) == {"Getting home": ["bus", "both"], "Lifts": ["both", "lift"]}


def test_the_same_act_is_taken_back_once(them: Cast) -> None:
    buses, _lifts, cards = two_themes(them)
    actions.place(buses, contributions=[cards[2]], by=them.dev, now=them.now)
    act = last()
    actions.undo(act, by=them.dev, now=them.now)
    with pytest.raises(refusals.UndoneAlready):
        actions.undo(act, by=them.dev, now=them.now)


def test_what_others_did_since_stays(them: Cast) -> None:
    """Dev puts two cards; Hall takes one out and puts another; Dev's act taken back leaves Hall's."""
    buses, _lifts, cards = two_themes(them)
    fourth = ground.card(them, them.bo, "tram")
    actions.place(buses, contributions=[cards[2], fourth], by=them.dev, now=them.now)
    put = last()
    actions.take_out(buses, contributions=[fourth], by=them.hall, now=them.now)
    actions.place(buses, contributions=[fourth], by=them.hall, now=them.now)
    actions.undo(put, by=them.dev, now=them.now)
    assert lie(them)["Getting home"] == ["bus", "both", "tram"]
    assert Placement.objects.get(contribution=fourth).by == them.hall


def test_a_name_that_was_changed_again_is_not_taken_back_over_it(them: Cast) -> None:
    buses, _lifts, _cards = two_themes(them)
    actions.rename_theme(buses, name="First", by=them.dev, now=them.now)
    first = last()
    actions.rename_theme(buses, name="Second", by=them.hall, now=them.now)
    with pytest.raises(refusals.ChangedSince):
        actions.undo(first, by=them.dev, now=them.now)
    assert list(lie(them)) == ["Second", "Lifts"]


@pytest.mark.parametrize("seed", range(4))
def test_all_acts_since_one_are_taken_back_whatever_they_were(them: Cast, seed: int) -> None:
    """By chance, many times: everything lies afterwards as it lay before, and the chain holds."""
    draw = random.Random(seed)
    two_themes(them)
    now = them.now
    for _round in range(6):
        before, since = lie(them), Act.objects.count()
        for _step in range(8):
            by_chance(them, draw)
        first = Act.objects.order_by("pk")[since] if Act.objects.count() > since else None
        if first is not None:
            actions.undo_since(them.project, since=first, by=them.dev, now=now)
        assert lie(them) == before
    assert verify(them.project).ok


def test_all_since_one_is_taken_back_once_when_it_is_pressed_twice(them: Cast) -> None:
    buses, _lifts, cards = two_themes(them)
    before, first = lie(them), Act.objects.count()
    actions.place(buses, contributions=[cards[2]], by=them.dev, now=them.now)
    actions.rename_theme(buses, name="The bus", by=them.dev, now=them.now)
    since = Act.objects.order_by("pk")[first]
    assert actions.undo_since(them.project, since=since, by=them.dev, now=them.now) == 2
    acts = Act.objects.count()
    page = f"/at/{them.project.address}/themes/steps"
    answer = signed_in(them.dev).post(page, {"since": str(since.uid)})
    assert (answer.status_code, lie(them), Act.objects.count()) == (409, before, acts)
    assert "This was taken back already." in answer.content.decode()
    again = Act.objects.order_by("pk")[first + 2]
    assert actions.undo_since(them.project, since=again, by=them.dev, now=them.now) == 2
    assert lie(them) != before


def by_chance(them: Cast, draw: random.Random) -> None:
    now, by = them.now, draw.choice([them.dev, them.hall])
    themes = list(Theme.objects.filter(project=them.project, removed_at=None).order_by("pk"))
    cards = [one for one in Contribution.objects.order_by("seq") if draw.random() < 0.6]
    one, other = draw.choice(themes or [None]), draw.choice(themes or [None])
    acts: list[Callable[[], object]] = [
        lambda: actions.make_theme(them.project, name=f"T{draw.random()}", by=by, now=now, contributions=cards)
    ]
    if one is not None and other is not None:
        acts += [
            lambda: actions.place(one, contributions=cards, by=by, now=now),
            lambda: actions.take_out(one, contributions=cards, by=by, now=now),
            lambda: actions.move(one, into=other, contributions=cards, by=by, now=now),
            lambda: actions.merge_themes(one, into=other, by=by, now=now),
            lambda: actions.split_theme(one, name=f"S{draw.random()}", contributions=cards, by=by, now=now),
            lambda: actions.remove_theme(one, by=by, now=now),
            lambda: actions.rename_theme(one, name=f"N{draw.random()}", by=by, now=now),
            lambda: actions.undo(Act.objects.filter(undone_at=None).order_by("-pk")[0], by=by, now=now),
        ]
    try:
        draw.choice(acts)()
    except Refused:
        return


def test_a_theme_that_has_a_told_answer_is_not_removed_by_hand_nor_by_taking_back(them: Cast) -> None:
    buses = ground.theme(them, ground.card(them, them.amira))
    made = last()
    actions.publish(ground.draft(them, buses), by=them.dev, now=them.now)
    with pytest.raises(refusals.StaysForItsAnswer):
        actions.remove_theme(buses, by=them.dev, now=them.now)
    with pytest.raises(refusals.StaysForItsAnswer):
        actions.undo(made, by=them.dev, now=them.now)
    assert list(lie(them)) == ["Getting home"]


def test_of_two_who_rename_at_once_the_second_reads_the_first_ones(them: Cast) -> None:
    buses, _lifts, _cards = two_themes(them)
    read = buses.version
    mine = Theme.objects.get(pk=buses.pk)
    actions.rename_theme(buses, name="Dev's", by=them.dev, now=them.now, version=read)
    with pytest.raises(refusals.RenamedMeanwhile) as refused:
        actions.rename_theme(mine, name="Hall's", by=them.hall, now=them.now, version=read)
    assert (refused.value.name, refused.value.version) == ("Dev's", read + 1)
    actions.rename_theme(mine, name="Hall's", by=them.hall, now=them.now, version=refused.value.version)
    assert list(lie(them)) == ["Hall's", "Lifts"]


def test_nothing_goes_into_a_theme_that_was_merged_away_meanwhile(them: Cast) -> None:
    buses, lifts, cards = two_themes(them)
    mine = Theme.objects.get(pk=lifts.pk)
    actions.merge_themes(lifts, into=buses, by=them.dev, now=them.now)
    with pytest.raises(refusals.ThemeGone):
        actions.place(mine, contributions=cards, by=them.hall, now=them.now)


def test_a_card_set_apart_is_owed_no_answer_and_brought_back_it_is(them: Cast) -> None:
    card = ground.card(them, them.amira, "nothing to add, thank you")
    actions.set_apart(them.project, contributions=[card], by=them.dev, now=them.now)
    card.refresh_from_db()
    assert (card.state, Due.objects.get(contribution=card).acknowledgement_only) == (CardState.NO_CONTENT, True)
    assert Read.objects.get(contribution=card).by == them.dev
    actions.undo(last(), by=them.dev, now=them.now)
    card.refresh_from_db()
    assert (card.state, Due.objects.get(contribution=card).acknowledgement_only) == (CardState.WAITING, False)
    assert verify(them.project).ok


def test_cards_of_another_project_are_never_moved(them: Cast) -> None:
    two_themes(them)
    theirs = actions.make_theme(them.sams_project, name="Elsewhere", by=them.sam, now=them.now)
    assert actions.place(theirs, contributions=Contribution.objects.all(), by=them.sam, now=them.now) == 0
    assert lie(them) == {"Getting home": ["bus", "both"], "Lifts": ["both", "lift"]}
    assert Act.objects.filter(project=them.sams_project).count() == 1


def test_many_cards_are_counted_in_the_entry_and_not_listed(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("withus.loop.actions.sorting.MOST_NAMED", 2)
    cards = [ground.card(them, them.amira, f"card {n}") for n in range(3)]
    ground.theme(them, *cards)
    facts = Opening.objects.order_by("-pk")[0].facts
    assert (facts["cards"], facts["count"], len(facts["digest"])) == ([], 3, 64)
    assert last().cards == 3
