"""A program lays cards beside each other; only people place them."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, cast
from tests.loop import ground
from withus.live import actions as live
from withus.live.models import CardState, Contribution
from withus.loop import actions, refusals, suggesting
from withus.loop.models import Placement, Read, Theme
from withus.loop.models_of_suggesting import Grouping, Laid, Vector
from withus.loop.sense import grouping as sense
from withus.loop.sense import minilm
from withus.loop.sense.letters import first_sentence
from withus.post.models import Job
from withus.projects.models import Project
from withus.record.models import Opening

pytestmark = pytest.mark.django_db
ABOUT = (
    ("The bus was late on day %s", "I waited for the bus again, %s", "There is no seat at the bus stop number %s"),
    ("The nurse listened to me at %s", "A doctor who cares, ward %s", "Staff were kind on ward %s"),
    ("Cold soup at lunch, table %s", "Better food please, number %s", "Dinner came too late to eat at %s"),
)


@pytest.fixture
def them() -> Cast:
    return cast()


def give(them: Cast, texts: Sequence[str]) -> list[Contribution]:
    return [ground.card(them, them.amira, words) for words in texts]


def many(them: Cast, count: int = 150) -> list[Contribution]:
    """Enough cards of three subjects; written at once, since how they come in is tried elsewhere."""
    first = ground.card(them, them.amira, "The bus never comes at night")
    rows = [
        Contribution(
            project=them.project,
            person=them.bo,
            mark=f"Z{n}",
            seq=10_000 + n,
            given_by="words",
            words=ABOUT[n % 3][n // 3 % 3] % n,
            sent_once=f"many{n}",
            content_digest="",
            given_at=them.now,
        )
        for n in range(count - 1)
    ]
    return [first, *Contribution.objects.bulk_create(rows)]


def on(them: Cast) -> Grouping:
    actions.switch_suggestions(them.project, on=True, by=them.dev, now=them.now)
    read(them)
    found = suggesting.shown(them.project)
    assert found is not None
    return found


def read(them: Cast) -> None:
    Job.objects.filter(kind="suggestions.read").delete()
    actions.read_cards({"project": them.project.pk}, them.now)


def look_again(them: Cast) -> None:
    actions.regroup({"project": them.project.pk}, them.now)
    read(them)


def where(grouping: Grouping) -> dict[int, int]:
    return dict(Laid.objects.filter(grouping=grouping).values_list("contribution", "cell"))


def test_with_fewer_than_150_cards_people_sort_on_a_table(them: Cast) -> None:
    many(them, 149)
    with pytest.raises(refusals.TooFewForSuggestions):
        actions.switch_suggestions(them.project, on=True, by=them.dev, now=them.now)
    assert not Project.objects.get(pk=them.project.pk).suggests


def test_cards_without_content_do_not_count(them: Cast) -> None:
    cards = many(them, 150)
    Contribution.objects.filter(pk=cards[5].pk).update(state=CardState.NO_CONTENT)
    with pytest.raises(refusals.TooFewForSuggestions):
        actions.switch_suggestions(them.project, on=True, by=them.dev, now=them.now)


def test_switching_is_one_entry_that_everybody_may_read_and_twice_is_once(them: Cast) -> None:
    many(them)
    for _again in range(2):
        actions.switch_suggestions(them.project, on=True, by=them.dev, now=them.now)
    found = Opening.objects.filter(kind="suggestions.switched")
    assert [(one.facts, one.by) for one in found] == [({"on": True}, f"staff:{them.dev.uid}")]


def test_it_lays_cards_beside_each_other_and_places_none(them: Cast) -> None:
    cards = many(them)
    grouping = on(them)
    groups = suggesting.groups(grouping, 6).groups
    assert sum(one.cards for one in groups) + suggesting.groups(grouping, 6).unsorted == len(cards)
    assert len(groups) > 1
    assert all(one.says for one in groups)
    assert Placement.objects.count() == 0
    assert Read.objects.count() == 0


def test_who_gives_a_card_where_it_is_off_starts_nothing(them: Cast) -> None:
    ground.card(them, them.amira)
    assert not Job.objects.filter(kind__startswith="suggestions").exists()
    assert not Vector.objects.exists()


def test_what_a_group_says_comes_from_cards_that_may_be_read_however_many_of_the_nearest_may_not(them: Cast) -> None:
    """All but the two cards farthest from the middle of each cell are held back: the sentences are those two."""
    many(them)
    grouping = on(them)
    left: set[str] = set()
    for cell in set(Laid.objects.filter(grouping=grouping).exclude(cell=-1).values_list("cell", flat=True)):
        lie = list(Laid.objects.filter(grouping=grouping, cell=cell).order_by("-near", "contribution"))
        left |= {first_sentence(one.contribution.words) for one in lie[-2:]}
        Contribution.objects.filter(laid__in=lie[:-2]).update(state=CardState.HELD_BACK)
    groups = suggesting.groups(grouping, 6).groups
    assert groups
    assert all(one.says and set(one.says) <= left for one in groups)
    assert sum(one.cards for one in groups) == suggesting.readable(them.project).exclude(laid__cell=-1).count()


def test_one_more_card_is_laid_beside_the_others_and_moves_none(them: Cast) -> None:
    many(them)
    grouping = on(them)
    before = where(grouping)
    new = ground.card(them, them.bo, "The bus to the hospital was late once more")
    assert Job.objects.filter(kind="suggestions.read").count() == 1
    read(them)
    after = where(grouping)
    assert {card: after[card] for card in before} == before
    assert new.pk in after


def test_a_new_card_about_something_else_stays_unsorted(them: Cast) -> None:
    many(them)
    grouping = on(them)
    new = ground.card(them, them.bo, "Quantum tax accountants dispute copyright")
    read(them)
    assert where(grouping)[new.pk] == -1
    assert suggesting.groups(grouping, 6).unsorted == 1


def test_only_what_dev_ticked_goes_into_the_theme_and_only_that_is_read(them: Cast, client: Client) -> None:
    many(them)
    grouping = on(them)
    group = suggesting.groups(grouping, 6).groups[0]
    two = [laid.contribution for laid in suggesting.beside(grouping, group.cells)[:2]]
    client.force_login(them.dev)
    address = reverse("loop:suggested", args=[them.project.address, group.number]) + "?groups=6"
    answer = client.post(address, {"card": [str(card.uid) for card in two], "into": "new", "name": "Getting there"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    theme = Theme.objects.get()
    placed = Placement.objects.all()
    assert {(one.contribution_id, one.theme_id, one.by_id) for one in placed} == {
        (card.pk, theme.pk, them.dev.pk) for card in two
    }
    assert set(Read.objects.values_list("contribution", flat=True)) == {card.pk for card in two}
    after = next(one for one in suggesting.groups(grouping, 6).groups if one.number == group.number)
    assert (after.cards, after.open) == (group.cards, group.open - 2)


def test_the_answer_of_a_theme_reaches_nobody_whose_card_a_program_only_laid_beside_it(them: Cast) -> None:
    cards = many(them)
    on(them)
    theme = ground.theme(them, cards[0])
    answer = ground.draft(them, theme)
    reached = list(actions.cards_of(answer))
    assert reached == [cards[0]]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"into": "new", "name": "Getting there"}, "Tick the cards that belong together"),
        ({"into": "new", "name": " ", "card": "first"}, "Give the theme a name"),
    ],
)
def test_after_a_refusal_what_was_typed_and_ticked_is_still_there(
    them: Cast, client: Client, form: dict[str, str], sentence: str
) -> None:
    many(them)
    grouping = on(them)
    group = suggesting.groups(grouping, 6).groups[0]
    card = suggesting.beside(grouping, group.cells)[0].contribution
    if "card" in form:
        form = {**form, "card": str(card.uid)}
    client.force_login(them.dev)
    address = reverse("loop:suggested", args=[them.project.address, group.number]) + "?groups=6"
    answer = client.post(address, form)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert sentence in said
    assert f'value="{form["name"]}"' in said
    assert (f'value="{card.uid}" checked' in said) == ("card" in form)
    assert not Theme.objects.exists()


def test_the_page_of_one_project_puts_no_card_of_another_in(them: Cast, client: Client) -> None:
    many(them)
    grouping = on(them)
    group = suggesting.groups(grouping, 6).groups[0]
    theirs = live.add_contribution(
        them.sams_project, person=them.sams_person, words="Buses", sent_once="x", now=them.now
    ).contribution
    client.force_login(them.dev)
    address = reverse("loop:suggested", args=[them.project.address, group.number]) + "?groups=6"
    assert client.post(address, {"card": [str(theirs.uid)], "into": "new", "name": "x"}).status_code == 409
    assert not Placement.objects.exists()


def test_what_was_taken_back_is_in_no_suggestion(them: Cast) -> None:
    cards = many(them)
    grouping = on(them)
    before = sum(one.cards for one in suggesting.groups(grouping, 6).groups) + suggesting.groups(grouping, 6).unsorted
    live.withdraw(cards[0], person=them.amira, now=them.now)
    after = sum(one.cards for one in suggesting.groups(grouping, 6).groups) + suggesting.groups(grouping, 6).unsorted
    assert after == before - 1


def test_of_who_is_erased_no_vector_is_kept(them: Cast) -> None:
    cards = many(them)
    on(them)
    assert Vector.objects.filter(contribution=cards[0]).exists()
    Contribution.objects.filter(pk=cards[0].pk).update(state=CardState.ERASED, words="")
    actions.forget_the_erased(now=them.now)
    assert not Vector.objects.filter(contribution=cards[0]).exists()
    assert not Laid.objects.filter(contribution=cards[0]).exists()
    read(them)
    assert not Vector.objects.filter(contribution=cards[0]).exists()


def test_of_a_cell_whose_cards_are_all_erased_nothing_is_kept(them: Cast) -> None:
    many(them)
    grouping = on(them)
    cells = list(where(grouping).values())
    cell = min(set(cells) - {-1}, key=cells.count)
    Contribution.objects.filter(laid__grouping=grouping, laid__cell=cell).update(state=CardState.ERASED, words="")
    actions.forget_the_erased(now=them.now)
    grouping.refresh_from_db()
    tree = sense.unpack(bytes(grouping.tree))
    kept = [bool(middle.any()) for kind in sorted(tree.centres) for middle in tree.centres[kind]]
    assert [number for number, something in enumerate(kept) if not something] == [cell]


def test_new_groups_are_only_offered_and_placed_cards_stay_whatever_is_chosen(them: Cast, client: Client) -> None:
    cards = many(them)
    grouping = on(them)
    theme = ground.theme(them, *cards[:5])
    before = where(grouping)
    actions.ask_for_new_groups(them.project, now=them.now)
    assert Job.objects.filter(kind="suggestions.regroup").count() == 1
    look_again(them)
    assert where(grouping) == before
    offered = suggesting.offered(them.project)
    assert offered is not None
    assert set(where(offered)) == set(before)
    client.force_login(them.dev)
    page = client.get(reverse("loop:new_groups", args=[them.project.address]))
    assert page.status_code == 200
    client.post(reverse("loop:new_groups", args=[them.project.address]), {"do": "take"})
    assert suggesting.shown(them.project) == offered
    assert suggesting.offered(them.project) is None
    assert set(Placement.objects.filter(theme=theme).values_list("contribution", flat=True)) == {
        card.pk for card in cards[:5]
    }


def test_groups_are_offered_only_when_every_card_lies_beside_them(them: Cast) -> None:
    many(them)
    on(them)
    actions.regroup({"project": them.project.pk}, them.now)
    assert suggesting.offered(them.project) is None
    assert Job.objects.filter(kind="suggestions.read").count() == 1
    read(them)
    assert suggesting.offered(them.project) is not None


def test_leaving_it_as_it_is_changes_nothing_and_two_who_choose_are_told(them: Cast) -> None:
    many(them)
    grouping = on(them)
    before = where(grouping)
    look_again(them)
    actions.answer_regrouping(them.project, take=False, by=them.dev, now=them.now)
    assert suggesting.shown(them.project) == grouping
    assert where(grouping) == before
    with pytest.raises(refusals.NothingIsOffered):
        actions.answer_regrouping(them.project, take=True, by=them.dev, now=them.now)
    assert [one.facts for one in Opening.objects.filter(kind="suggestions.regrouped")] == [{"taken": False}]


def test_where_many_fit_nowhere_the_groups_are_grown_anew(them: Cast) -> None:
    many(them)
    on(them)
    give(them, [f"Quantum tax accountants dispute copyright number {n}" for n in range(30)])
    read(them)
    look_again(them)
    offered = suggesting.offered(them.project)
    assert offered is not None
    assert offered.anew
    assert suggesting.groups(offered, 6).unsorted == 0
    shown = suggesting.shown(them.project)
    assert shown is not None
    assert suggesting.regrouped(shown, offered, 6).count >= 30


def test_off_deletes_what_the_program_made_and_nothing_else(them: Cast) -> None:
    cards = many(them)
    on(them)
    theme = ground.theme(them, *cards[:5])
    actions.switch_suggestions(them.project, on=False, by=them.dev, now=them.now)
    read(them)
    assert (Vector.objects.count(), Laid.objects.count(), Grouping.objects.count()) == (0, 0, 0)
    assert Placement.objects.filter(theme=theme).count() == 5


def test_a_worker_that_was_stopped_in_the_middle_goes_on(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    many(them)
    monkeypatch.setattr("withus.loop.actions.suggesting.A_BATCH", 40)
    monkeypatch.setattr("withus.loop.actions.suggesting.SECONDS", 0)
    actions.switch_suggestions(them.project, on=True, by=them.dev, now=them.now)
    actions.read_cards({"project": them.project.pk}, them.now)
    assert Vector.objects.count() == 0
    assert Job.objects.filter(kind="suggestions.read").count() == 1
    monkeypatch.setattr("withus.loop.actions.suggesting.SECONDS", 45)
    actions.read_cards({"project": them.project.pk}, them.now + timedelta(minutes=1))
    assert (Vector.objects.count(), Laid.objects.count()) == (150, 150)


def test_with_better_vectors_switched_on_or_off_all_cards_are_read_anew(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(them)
    on(them)
    assert kinds() == {"pieces"}
    monkeypatch.setattr(suggesting, "by_model", lambda: True)
    monkeypatch.setattr(minilm, "rows", lambda texts, pieces: np.eye(len(texts), minilm.WIDTH, dtype=np.float32) + 0.1)
    read(them)
    assert kinds() == {"minilm"}
    look_again(them)
    offered = suggesting.offered(them.project)
    assert offered is not None
    assert offered.anew
    monkeypatch.setattr(suggesting, "by_model", lambda: False)
    read(them)
    assert kinds() == {"pieces"}
    assert Vector.objects.count() == 150


def kinds() -> set[str]:
    return set(Vector.objects.values_list("kind", flat=True))
