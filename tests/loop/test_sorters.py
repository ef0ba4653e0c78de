"""The sorting table: whoever is asked to it sees what the group may see, does what is theirs, and nobody else gets in."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, cast, phone, signed_in
from tests.loop import ground
from tests.loop.sorting_table import at, given, sorts
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions, follow, refusals, sortable
from withus.loop.models import Act, Placement, Suggestion, Theme
from withus.people import actions as people
from withus.record.models import Opening
from withus.record.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def them() -> Cast:
    return cast()


def test_they_see_only_what_the_group_may_see_and_somebody_has_looked_at(them: Cast) -> None:
    given(them, "for the group")
    given(them, "for the wall", may_see="wall")
    given(them, "for those who answer", may_see="answerers")
    given(them, "nobody looked yet", looked_at=False)
    held = given(them, "held back card")
    live.hold_back(held, because="names", words="x", by=them.dev, now=them.now)
    live.withdraw(given(them, "taken back card"), person=them.bo, now=them.now)
    page = sorts(them, them.amira).get(at(them) + "?show=all").content.decode()
    seen = [words for words in Contribution.objects.values_list("words", flat=True) if words in page]
    assert seen == ["for the group", "for the wall"]


def test_a_theme_of_cards_that_are_not_for_the_group_is_not_named_there(them: Cast) -> None:
    secret = given(them, "for those who answer", may_see="answerers")
    actions.make_theme(them.project, name="What ward 3 did", by=them.dev, now=them.now, contributions=[secret])
    both = [given(them, "for the group"), given(them, "not for it", may_see="answerers")]
    actions.make_theme(them.project, name="Mixed", by=them.dev, now=them.now, contributions=both)
    page = sorts(them, them.amira).get(at(them)).content.decode()
    assert "ward 3" not in page
    assert "Mixed" in page
    assert "1 card<" in page


def test_a_theme_looked_up_by_itself_is_there_as_it_is_among_all(them: Cast) -> None:
    given_, kept, gone = given(them, "bus"), given(them, "a name", may_see="answerers"), given(them, "tea")
    shown, hidden, empty, removed = (
        actions.make_theme(them.project, name=name, contributions=cards, by=them.dev, now=them.now)
        for name, cards in (("Shown", [given_, kept]), ("Hidden", [kept]), ("Empty", []), ("Removed", [gone]))
    )
    actions.remove_theme(removed, by=them.dev, now=them.now)
    there = {one.theme.pk for one in sortable.themes_on_the_table(them.project)}
    by_itself = {
        theme.pk
        for theme in (shown, hidden, empty, removed)
        if sortable.theme_on_the_table(them.project, theme.uid) is not None
    }
    assert by_itself == there == {shown.pk, empty.pk}
    assert sortable.theme_on_the_table(them.sams_project, shown.uid) is None
    people.begin_erasing(them.bo, now=them.now, at_once=False)
    assert sortable.theme_on_the_table(them.project, shown.uid) is None


def test_what_they_put_together_is_noted_as_theirs(them: Cast) -> None:
    card, client = given(them, "bus"), sorts(them, them.amira)
    sent = {"card": [str(card.uid)], "into": "new", "name": "Getting about"}
    assert client.post(at(them), sent).status_code == 302
    theme, placed = Theme.objects.get(), Placement.objects.get()
    assert (theme.name, placed.by, placed.by_person) == ("Getting about", None, them.amira)
    entry = Opening.objects.order_by("-pk")[0]
    assert (entry.kind, entry.by) == ("theme.made", f"person:{them.amira.uid}")
    assert verify(them.project).ok


def test_no_card_that_is_not_on_the_table_goes_anywhere_whatever_is_sent(them: Cast) -> None:
    card, client = given(them, "for those who answer", may_see="answerers"), sorts(them, them.amira)
    given(them, "bus")
    page = client.post(at(them), {"card": [str(card.uid)], "into": "new", "name": "Mine"})
    assert page.status_code == 409
    assert 'value="Mine"' in page.content.decode()
    assert (Theme.objects.count(), Placement.objects.count()) == (0, 0)


def test_a_theme_that_they_may_not_see_takes_nothing_from_them(them: Cast) -> None:
    secret = given(them, "for those who answer", may_see="answerers")
    hidden = actions.make_theme(them.project, name="Hidden", by=them.dev, now=them.now, contributions=[secret])
    card, client = given(them, "bus"), sorts(them, them.amira)
    assert client.post(at(them), {"card": [str(card.uid)], "into": str(hidden.uid)}).status_code == 409
    assert client.post(at(them), {"do": "suggest", "into": str(hidden.uid), "words": "x"}).status_code == 409
    assert not Suggestion.objects.exists()
    assert Placement.objects.count() == 1


def test_they_take_back_their_own_steps_and_no_others(them: Cast) -> None:
    card, client = given(them, "bus"), sorts(them, them.amira)
    theme = ground.theme(them, given(them, "tram"))
    teams = Act.objects.get()
    client.post(at(them), {"card": [str(card.uid)], "into": str(theme.uid)})
    mine = Act.objects.order_by("-pk")[0]
    assert client.post(at(them), {"do": "undo", "act": str(teams.uid)}).status_code == 404
    bo = sorts(them, them.bo)
    assert bo.post(at(them), {"do": "undo", "act": str(mine.uid)}).status_code == 404
    assert Placement.objects.count() == 2
    assert client.post(at(them), {"do": "undo", "act": str(mine.uid)}).status_code == 302
    assert Placement.objects.count() == 1


def test_a_theme_that_others_worked_on_since_is_not_taken_away_from_them(them: Cast) -> None:
    card, more, client = given(them, "bus"), given(them, "tram"), sorts(them, them.amira)
    client.post(at(them), {"card": [str(card.uid)], "into": "new", "name": "Getting about"})
    made = Act.objects.get()
    actions.place(Theme.objects.get(), contributions=[more], by=them.dev, now=them.now)
    page = client.post(at(them), {"do": "undo", "act": str(made.uid)})
    assert page.status_code == 409
    assert "Others have worked on this theme since." in page.content.decode()
    assert (Theme.objects.get().removed_at, Placement.objects.count()) == (None, 2)
    actions.undo(made, by=them.dev, now=them.now)
    assert Theme.objects.get().removed_at == them.now


def test_a_name_is_suggested_and_the_team_takes_it_or_leaves_it(them: Cast) -> None:
    theme = ground.theme(them, given(them, "bus"))
    client = sorts(them, them.amira)
    for _twice in range(2):
        client.post(at(them), {"do": "suggest", "into": str(theme.uid), "words": "No way home"})
    suggestion = Suggestion.objects.get()
    dev = signed_in(them.dev)
    path = f"/at/{them.project.address}/themes/{theme.uid}"
    assert "No way home" in dev.get(path).content.decode()
    dev.post(path, {"do": "use", "suggestion": str(suggestion.uid)})
    theme.refresh_from_db()
    assert theme.name == "No way home"
    client.post(at(them), {"do": "suggest", "into": str(theme.uid), "words": "Another"})
    dev.post(path, {"do": "leave", "suggestion": str(Suggestion.objects.get(words="Another").uid)})
    theme.refresh_from_db()
    assert (theme.name, Suggestion.objects.filter(settled_at=None).count()) == ("No way home", 0)


def test_a_theme_of_her_own_amira_renames_until_somebody_else_works_on_it(them: Cast) -> None:
    card, more, client = given(them, "bus"), given(them, "tram"), sorts(them, them.amira)
    client.post(at(them), {"card": [str(card.uid)], "into": "new", "name": "Bus"})
    theme = Theme.objects.get()
    page = client.post(at(them), {"do": "suggest", "into": str(theme.uid), "words": "Getting home"}, follow=True)
    theme.refresh_from_db()
    assert (theme.name, Suggestion.objects.count()) == ("Getting home", 0)
    assert "It is called so now." in page.content.decode()
    entry = Opening.objects.order_by("-pk")[0]
    assert (entry.kind, entry.by) == ("theme.renamed", f"person:{them.amira.uid}")
    client.post(at(them), {"do": "undo", "act": str(Act.objects.get(kind="renamed").uid)})
    theme.refresh_from_db()
    assert theme.name == "Bus"
    sorts(them, them.bo).post(at(them), {"card": [str(more.uid)], "into": str(theme.uid)})
    client.post(at(them), {"do": "suggest", "into": str(theme.uid), "words": "Mine alone"})
    theme.refresh_from_db()
    assert (theme.name, Suggestion.objects.get().words) == ("Bus", "Mine alone")


def test_what_was_put_at_the_table_is_moved_there_and_split_and_what_the_team_put_is_not(them: Cast) -> None:
    bus, tram, teams, client = given(them, "bus"), given(them, "tram"), given(them, "train"), sorts(them, them.amira)
    theme, other = ground.theme(them, teams), actions.make_theme(them.project, name="B", by=them.dev, now=them.now)
    sorts(them, them.bo).post(at(them), {"card": [str(bus.uid), str(tram.uid)], "into": str(theme.uid)})
    here, all_of_them = f"{at(them)}?theme={theme.uid}", [str(one.uid) for one in (bus, tram, teams)]
    assert "What the team put, the team moves." in client.get(here).content.decode()
    only_teams = client.post(here, {"do": "move", "card": [str(teams.uid)], "into": str(other.uid)})
    assert (only_teams.status_code, "The team put these cards here" in only_teams.content.decode()) == (409, True)
    client.post(here, {"do": "move", "card": [str(bus.uid)], "into": "new", "name": "Buses"})
    off = Theme.objects.get(name="Buses")
    again = client.post(here, {"do": "move", "card": [str(bus.uid)], "into": "new", "name": "Buses"}, follow=True)
    assert "These cards do not lie there any more." in again.content.decode()
    assert Theme.objects.filter(name="Buses").count() == 1
    client.post(here, {"do": "move", "card": all_of_them, "into": str(other.uid)})

    def lie() -> list[list[str]]:
        rows = (Placement.objects.filter(theme=one).order_by("pk") for one in (theme, off, other))
        return [list(one.values_list("contribution__words", flat=True)) for one in rows]

    assert lie() == [["train"], ["bus"], ["tram"]]
    for act in Act.objects.filter(by_person=them.amira).order_by("-pk"):
        client.post(at(them), {"do": "undo", "act": str(act.uid)})
    assert [sorted(one) for one in lie()] == [["bus", "train", "tram"], [], []]
    assert {str(one.by_person) for one in Placement.objects.filter(contribution=bus)} == {str(them.bo)}
    actions.publish(ground.draft(them, theme), by=them.dev, now=them.now)
    late = client.post(here, {"do": "move", "card": [str(bus.uid)], "into": str(other.uid)})
    assert (late.status_code, lie()[2]) == (409, [])
    assert verify(them.project).ok


def test_after_a_no_the_theme_that_was_chosen_is_chosen_still_and_no_word_is_lost(them: Cast) -> None:
    """It fell back to the first one: the second press would have gone there."""
    first, second = (given(them, words) for words in ("One.", "Two."))
    amira = sorts(them, them.amira)
    for card in (first, second):
        amira.post(at(them), {"card": str(card.uid), "into": "new", "name": card.words, "sent_once": card.words})
    two = Theme.objects.get(name="Two.")
    chosen = f'<option value="{two.uid}" selected>'
    shown = f"{at(them)}?show=all"
    put = amira.post(shown, {"into": str(two.uid), "name": ""})
    called = amira.post(shown, {"do": "suggest", "into": str(two.uid), "words": " "})
    pages = [one.content.decode().partition('id="which"') for one in (put, called)]
    assert [one.status_code for one in (put, called)] == [409, 409]
    assert [(before.count(chosen), after.count(chosen)) for before, _which, after in pages] == [(1, 0), (0, 1)]
    Contribution.objects.all().update(may_see="answerers")
    Theme.objects.all().update(removed_at=them.now)
    for sent in ({"card": str(first.uid), "name": "By <night>"}, {"do": "suggest", "words": "By <night>"}):
        page = amira.post(at(them), sent)
        assert (page.status_code, page.content.decode().count("By &lt;night&gt;")) == (409, 1)


def test_nobody_gets_in_who_was_not_asked_or_is_not_any_more(them: Cast) -> None:
    amira = sorts(them, them.amira)
    sams = phone(them.sams_person)
    assert (amira.get(at(them)).status_code, phone(them.bo).get(at(them)).status_code) == (200, 404)
    assert (sams.get(at(them)).status_code, Client().get(at(them)).status_code) == (302, 302)
    actions.end_sorting(them.amira, by=them.dev, now=them.now)
    assert (amira.get(at(them)).status_code, amira.post(at(them), {"name": "x"}).status_code) == (404, 404)
    with pytest.raises(refusals.NotSorting):
        actions.make_theme(them.project, name="Late", by=them.amira, now=them.now)
    assert not Theme.objects.exists()


def test_they_stop_by_themselves_and_what_they_did_stays(them: Cast) -> None:
    card, client = given(them, "bus"), sorts(them, them.amira)
    client.post(at(them), {"card": [str(card.uid)], "into": "new", "name": "Getting about"})
    assert client.post(at(them), {"do": "stop"})["Location"].endswith("/me")
    assert client.get(at(them)).status_code == 404
    assert Placement.objects.count() == 1
    assert "The sorting table" not in client.get(f"/at/{them.project.address}/me").content.decode()


def test_their_own_page_leads_to_the_table(them: Cast) -> None:
    client = sorts(them, them.amira)
    assert f'href="{at(them)}"' in client.get(f"/at/{them.project.address}/me").content.decode()
    assert f'href="{at(them)}"' not in phone(them.bo).get(f"/at/{them.project.address}/me").content.decode()


def test_the_team_asks_and_ends(them: Cast) -> None:
    dev = signed_in(them.dev)
    path = f"/at/{them.project.address}/themes/sorters"
    assert "Joy" in dev.get(path).content.decode()
    assert dev.post(path, {"person": str(them.joy.uid)}).status_code == 302
    assert phone(them.joy).get(at(them)).status_code == 200
    dev.post(path, {"person": str(them.sams_person.uid)})
    dev.post(path, {"end": str(them.joy.uid)})
    assert phone(them.joy).get(at(them)).status_code == 404
    kinds = Opening.objects.filter(kind="sorter.invited").order_by("pk").values_list("about", "facts")
    assert list(kinds) == [(str(them.joy.uid), {"ended": False}), (str(them.joy.uid), {"ended": True})]


def test_whoever_is_erased_leaves_no_name_that_they_gave(them: Cast, django_capture_on_commit_callbacks: Any) -> None:
    card, client = given(them, "bus"), sorts(them, them.amira)
    client.post(at(them), {"card": [str(card.uid)], "into": "new", "name": "Amira's quillworth"})
    theme = Theme.objects.get()
    client.post(at(them), {"do": "suggest", "into": str(theme.uid), "words": "quillworth renamed"})
    actions.place(theme, contributions=[given(them, "tram")], by=them.dev, now=them.now)
    client.post(at(them), {"do": "suggest", "into": str(theme.uid), "words": "quillworth two"})
    actions.use_suggestion(Suggestion.objects.get(), by=them.dev, now=them.now)
    actions.suggest_name(theme, words="quillworth three", person=them.amira, now=them.now)
    with django_capture_on_commit_callbacks(execute=True):
        people.begin_erasing(them.amira, now=them.now, at_once=True)
        follow.erase_due({}, them.now)
    kept = [*Theme.objects.values_list("name", flat=True), *map(str, Act.objects.values_list("changed", flat=True))]
    assert [words for words in kept if "quillworth" in words] == []
    assert not Suggestion.objects.exists()
    assert Placement.objects.count() == 2
    assert verify(them.project).ok


@pytest.mark.parametrize("cards", [1, 3])
def test_the_table_asks_as_often_for_three_as_for_one(them: Cast, cards: int) -> None:
    client = sorts(them, them.amira)
    for number in range(cards):
        given(them, f"card {number}")
        placed = given(them, f"placed {number}")
        actions.make_theme(them.project, name=f"T{number}", by=them.dev, now=them.now, contributions=[placed])
        actions.make_theme(them.project, name=f"P{number}", by=them.amira, now=them.now, contributions=[placed])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(at(them)).status_code == 200
    assert len(asked) == 9
