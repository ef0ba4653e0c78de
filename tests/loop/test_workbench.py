"""The workbench: what is found, what each press does, and that the page costs the same whatever is in it."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, a_workshop, cast, signed_in
from tests.loop import ground
from withus.live import actions as live
from withus.live.models import CardState, Contribution
from withus.loop import actions, found
from withus.loop.models import Act, Placement, Read, Theme
from withus.people import actions as people
from withus.stream import capture
from withus.table.models import Workshop

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def them() -> Cast:
    return cast()


@pytest.fixture
def dev(them: Cast) -> Client:
    return signed_in(them.dev)


def at(them: Cast, rest: str = "") -> str:
    return f"/at/{them.project.address}/themes{rest}"


def finds(them: Cast, **asked: str) -> list[str]:
    return [card.words for card in found.page(them.project, found.ask_of(asked, them.project)).cards]


def test_each_kind_of_card_is_found_and_none_is_lost(them: Cast) -> None:
    workshop = a_workshop(them)
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    workshop.refresh_from_db()
    placed = ground.card(them, them.amira, "in a theme")
    ground.theme(them, placed)
    actions.cards_read(them.project, contributions=[placed], by=them.dev, now=them.now)
    live.park(them.project, workshop=workshop, person=them.bo, words="buses, later", sent_once="p", now=them.now)
    live.add_contribution(them.project, person=them.bo, words="mae'n oer", language="cy", sent_once="w", now=them.now)
    live.add_contribution(them.project, person=them.bo, words="n/a", sent_once="n", now=them.now)
    held = ground.card(them, them.bo, "a name")
    live.hold_back(held, because="names", words="It names somebody.", by=them.dev, now=them.now)
    gone = ground.card(them, them.bo, "taken back")
    live.withdraw(gone, person=them.bo, now=them.now)
    assert {kind: finds(them, show=kind) for kind, _label in found.KINDS} == {
        "open": ["buses, later", "mae'n oer", "a name"],
        "all": ["in a theme", "buses, later", "mae'n oer", "a name"],
        "repeats": [],
        "unread": ["buses, later", "mae'n oer", "a name"],
        "parked": ["buses, later"],
        "language": ["mae'n oer"],
        "held": ["a name"],
        "nothing": ["n/a"],
    }


def test_cards_of_a_removed_theme_are_in_no_theme_again(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira, "bus"))
    assert finds(them) == []
    actions.remove_theme(theme, by=them.dev, now=them.now)
    assert finds(them) == ["bus"]


def test_a_card_lies_somewhere_while_one_of_its_themes_is_in_sight(them: Cast) -> None:
    bus, tea = ground.card(them, them.amira, "bus"), ground.card(them, them.bo, "tea")
    both, other = ground.theme(them, bus, tea), ground.theme(them, bus)
    actions.remove_theme(both, by=them.dev, now=them.now)
    assert (finds(them), finds(them, show="all")) == (["tea"], ["bus", "tea"])
    actions.merge_themes(other, into=ground.theme(them, tea), by=them.dev, now=them.now)
    assert finds(them) == []


def test_whoever_takes_everything_back_is_not_found_from_that_moment(them: Cast) -> None:
    ground.card(them, them.amira, "bus")
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    assert (finds(them), finds(them, show="all")) == ([], [])


@pytest.mark.parametrize(
    ("find", "words"),
    [
        ("BUS", ["The last bus.", "Un bus à l'Été."]),
        ("last bus", ["The last bus."]),
        ("bus last", ["The last bus."]),
        ("été", ["Un bus à l'Été."]),
        ("100%", ["100% of it"]),
        ("0% OF", ["100% of it"]),
        ("_", []),
        ("b%s", []),
        ("\\", []),
        ("\x00bus\x00", ["The last bus.", "Un bus à l'Été."]),
        ("tram", []),
    ],
)
def test_words_are_found_in_any_order_and_case(them: Cast, find: str, words: list[str]) -> None:
    for text in ("The last bus.", "Un bus à l'Été.", "100% of it"):
        ground.card(them, them.amira, text)
    assert finds(them, find=find) == words


def test_pages_go_on_from_a_card_and_back_again(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("withus.loop.found.A_PAGE", 2)
    for number in range(5):
        ground.card(them, them.amira, f"card {number}")

    def page(**asked: str) -> found.Page:
        return found.page(them.project, found.ask_of(asked, them.project))

    first = page()
    second = page(after=str(first.after))
    third = page(after=str(second.after))
    back = page(before=str(third.before))
    assert [[card.words[-1] for card in one.cards] for one in (first, second, third, back)] == [
        ["0", "1"],
        ["2", "3"],
        ["4"],
        ["2", "3"],
    ]
    assert (first.before, third.after, first.found, third.found) == (None, None, 5, 5)


def test_near_repeats_stand_together(them: Cast, dev: Client) -> None:
    for words in ("The last bus leaves at nine.", "The tea is cold.", "the last bus leaves at nine"):
        ground.card(them, them.amira, words)
    page = dev.get(at(them)).content.decode()
    order = [page.index(words) for words in ("The last bus", "the last bus", "The tea")]
    assert order == sorted(order)
    assert page.count("nearly the same words") == 1


def test_what_is_said_more_than_once_is_found_however_far_apart_and_most_often_said_first(
    them: Cast, dev: Client
) -> None:
    twice, thrice = "Keep the lamp on.", "The last bus leaves at nine."
    said = [twice, thrice, *(f"{number} {number * 7} {number * 13}" for number in range(60)), thrice.upper(), twice]
    for words in (*said, thrice + "!"):
        ground.card(them, them.amira, words)
    ask = found.ask_of({"show": "repeats"}, them.project)
    page = found.page(them.project, ask)
    told = [thrice, thrice.upper(), thrice + "!", twice, twice]
    assert ([card.words for card in page.cards], page.found, page.beyond) == (told, 5, False)
    sent = {"upto_all": str(page.upto), "into": "new", "name": "Again"}
    dev.post(f"{at(them)}?show=repeats", sent)
    assert Placement.objects.count() == 5
    shown = dev.get(f"{at(them)}?show=repeats").content.decode()
    assert "No two cards in no theme say nearly the same." in shown
    within = {"show": "repeats", "theme": str(Theme.objects.get().uid)}
    assert len(found.page(them.project, found.ask_of(within, them.project)).cards) == 5


def test_what_is_said_more_than_once_asks_the_tables_as_often_for_three_as_for_one(them: Cast, dev: Client) -> None:
    counts = []
    for pairs in (1, 2):
        for number in range(pairs):
            for _twice in range(2):
                ground.card(them, them.amira, f"{pairs} lamps and {number} doors, {'ab'[number] * 9}")
        with CaptureQueriesContext(connection) as asked:
            dev.get(f"{at(them)}?show=repeats")
        counts.append(len(asked))
    assert counts == [26, 26]


def test_ticked_cards_go_where_the_button_says_and_are_read_by_that(them: Cast, dev: Client) -> None:
    card = ground.card(them, them.amira)
    assert dev.post(at(them), {"card": [str(card.uid)], "into": "new", "name": "Getting home"}).status_code == 302
    theme = Theme.objects.get()
    other = ground.theme(them)
    assert dev.post(at(them), {"card": [str(card.uid)], "into": str(other.uid)}).status_code == 302
    assert sorted(Placement.objects.values_list("theme", flat=True)) == [theme.pk, other.pk]
    assert Read.objects.get().by == them.dev


def test_all_that_were_found_go_in_and_none_that_came_later(them: Cast, dev: Client) -> None:
    for number in range(3):
        ground.card(them, them.amira, f"bus {number}")
    ground.card(them, them.amira, "tea")
    upto = found.page(them.project, found.ask_of({"find": "bus"}, them.project)).upto
    ground.card(them, them.amira, "bus, later")
    theme = ground.theme(them)
    assert dev.post(at(them, "?find=bus"), {"upto_all": str(upto), "into": str(theme.uid)}).status_code == 302
    words = Contribution.objects.filter(placements__theme=theme).order_by("seq").values_list("words", flat=True)
    assert list(words) == ["bus 0", "bus 1", "bus 2"]
    assert not Read.objects.exists()


def test_more_than_can_be_counted_are_not_moved_at_once(
    them: Cast, dev: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withus.loop.found.MOST_FOUND", 2)
    for number in range(3):
        ground.card(them, them.amira, f"bus {number}")
    theme = ground.theme(them)
    page = dev.post(at(them), {"upto_all": "999999", "into": str(theme.uid)})
    assert page.status_code == 409
    assert "More than 2 found" in page.content.decode()
    assert not Placement.objects.exists()


@pytest.mark.parametrize("upto", ["9" * 30, "-1", "x", "²"])
def test_a_number_that_is_none_ticks_nothing(them: Cast, dev: Client, upto: str) -> None:
    ground.card(them, them.amira)
    theme = ground.theme(them)
    assert dev.post(at(them), {"upto_all": upto, "into": str(theme.uid)}).status_code == 409
    assert not Placement.objects.exists()


def test_cards_are_set_apart_and_brought_back(them: Cast, dev: Client) -> None:
    card = ground.card(them, them.amira, "nothing really")
    dev.post(at(them), {"card": [str(card.uid)], "do": "apart"})
    assert finds(them, show="nothing") == ["nothing really"]
    dev.post(at(them, "?show=nothing"), {"card": [str(card.uid)], "do": "content"})
    card.refresh_from_db()
    assert card.state == CardState.WAITING
    assert finds(them) == ["nothing really"]


def test_who_reads_says_so_and_a_page_that_is_looked_at_does_not(them: Cast, dev: Client) -> None:
    card = ground.card(them, them.amira)
    dev.get(at(them))
    assert finds(them, show="unread") == [card.words]
    dev.post(at(them), {"card": [str(card.uid)], "do": "read"})
    assert finds(them, show="unread") == []
    assert Read.objects.get().by == them.dev


def test_the_last_step_is_taken_back_with_one_press(them: Cast, dev: Client) -> None:
    card = ground.card(them, them.amira)
    dev.post(at(them), {"card": [str(card.uid)], "into": "new", "name": "Getting home"})
    act = Act.objects.get()
    assert f'value="{act.uid}"' in dev.get(at(them)).content.decode()
    assert dev.post(at(them), {"undo": str(act.uid)}).status_code == 302
    assert not Placement.objects.exists()
    assert Theme.objects.get().removed_at is not None


def test_steps_are_told_and_all_of_them_taken_back_after_asking(them: Cast, dev: Client) -> None:
    cards = [ground.card(them, them.amira, words) for words in ("bus", "tea", "stairs")]
    noise = actions.make_theme(them.project, name="Noise", by=them.dev, now=them.now, contributions=cards)
    sleep = actions.make_theme(them.project, name="Sleep", by=them.hall, now=them.now)
    actions.move(noise, into=sleep, contributions=cards[:2], by=them.dev, now=them.now)
    page = dev.get(at(them, f"/{sleep.uid}")).content.decode()
    assert "Dev moved 2 cards from “Noise” to “Sleep”." in page
    first = Act.objects.order_by("pk")[0]
    steps = dev.get(at(them, f"/steps?since={first.uid}")).content.decode()
    assert "That is 3 steps, whoever did them." in steps
    assert Placement.objects.count() == 3
    assert dev.post(at(them, "/steps"), {"since": str(first.uid)}).status_code == 302
    assert not Placement.objects.exists()
    assert not Theme.objects.filter(removed_at=None).exists()


@pytest.mark.parametrize("sent", [{}, {"undo": "x"}, {"undo": str(uuid4())}, {"since": str(uuid4())}])
def test_a_step_that_is_none_is_not_there(them: Cast, dev: Client, sent: dict[str, str]) -> None:
    assert dev.post(at(them, "/steps"), sent).status_code == 404


def test_nobody_takes_back_a_step_of_another_project(them: Cast) -> None:
    ground.theme(them, ground.card(them, them.amira))
    act = Act.objects.get()
    sam, there = signed_in(them.sam), f"/at/{them.sams_project.address}/themes"
    for path in (there, f"{there}/steps"):
        assert sam.post(path, {"undo": str(act.uid)}).status_code == 404
    act.refresh_from_db()
    assert act.undone_at is None


def test_the_second_of_two_who_rename_reads_the_first_and_keeps_what_they_typed(them: Cast, dev: Client) -> None:
    theme = ground.theme(them)
    path = at(them, f"/{theme.uid}")
    dev.post(path, {"do": "rename", "name": "Dev's name", "version": "1"})
    page = dev.post(path, {"do": "rename", "name": "My own name", "version": "1"})
    body = page.content.decode()
    assert page.status_code == 409
    assert "It is called “Dev&#x27;s name” now." in body
    assert 'value="My own name"' in body
    assert 'name="version" value="2"' in body
    assert dev.post(path, {"do": "rename", "name": "My own name", "version": "2"}).status_code == 302


def test_what_one_does_the_others_see_numbered_by_the_record(
    them: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    card, theme = ground.card(them, them.amira), ground.theme(them)
    with capture() as told, django_capture_on_commit_callbacks(execute=True):
        told.there = 1
        actions.place(theme, contributions=[card], by=them.dev, now=them.now)
    ((topic, event),) = told.events
    head = them.project.head
    head.refresh_from_db()
    assert (topic.uid, str(topic.audience), event.id) == (them.project.uid, "console", head.seq)
    assert f'id="theme-{theme.uid}"' in event.html
    assert "1 card" in event.html
    assert f'id="in-{card.mark}"' in event.html
    assert card.words not in event.html


def test_a_theme_that_is_merged_away_goes_from_the_others_pages(
    them: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    one, other = ground.theme(them, ground.card(them, them.amira)), ground.theme(them)
    with capture() as told, django_capture_on_commit_callbacks(execute=True):
        told.there = 1
        actions.merge_themes(one, into=other, by=them.dev, now=them.now)
    html = told.events[0][1].html
    assert 'hx-swap-oob="delete"' in html[html.index(f'id="theme-{one.uid}"') :][:200]
    assert f'id="theme-{other.uid}"' in html


@pytest.mark.parametrize("cards", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("", 28), ("?show=all&find=card", 29), ("/steps", 5), ("/{theme}", 18)])
def test_a_page_asks_the_tables_as_often_for_three_as_for_one(
    them: Cast, dev: Client, cards: int, path: str, queries: int
) -> None:
    for number in range(cards):
        ground.card(them, them.amira, f"card {number}")
        placed = ground.card(them, them.bo, f"card in a theme {number}")
        theme = actions.make_theme(them.project, name=f"T{number}", by=them.dev, now=them.now, contributions=[placed])
        actions.make_theme(them.project, name=f"S{number}", by=them.dev, now=them.now, contributions=[placed])
    dev.get(at(them))
    with CaptureQueriesContext(connection) as asked:
        assert dev.get(at(them, path.format(theme=theme.uid))).status_code == 200
    assert len(asked) == queries


@pytest.mark.parametrize("cards", [1, 3])
def test_a_search_asks_for_the_cards_only(them: Cast, dev: Client, cards: int) -> None:
    for number in range(cards):
        ground.card(them, them.amira, f"card {number}")
    dev.get(at(them))
    with CaptureQueriesContext(connection) as asked:
        page = dev.get(at(them, "?find=card"), headers={"HX-Request": "true"})
    assert page.content.decode().count('class="bc') == cards + 1
    assert len(asked) == 9


def test_a_part_of_the_page_asked_for_when_signed_out_leads_to_signing_in_with_the_whole(them: Cast) -> None:
    answer = Client().get(f"{at(them)}?like=1", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"] == f"/sign-in/login/?next={at(them)}%3Flike%3D1"


def test_a_search_is_not_kept_for_back_as_if_it_were_the_page(them: Cast, dev: Client) -> None:
    part = dev.get(at(them, "?find=card"), headers={"HX-Request": "true"})
    assert part["Cache-Control"] == "no-store"
    assert not part.content.decode().lstrip().startswith("<!doctype")
    for page in (part, dev.get(at(them, "?find=card"))):
        assert "HX-Request" in page["Vary"]


def test_after_a_no_the_theme_that_cards_were_to_go_into_is_chosen_still(them: Cast, dev: Client) -> None:
    """It fell back to the first of all: the second press would have moved them there."""
    here = ground.theme(them, ground.card(them, them.amira, "a bus"))
    for name in ("A first one", "The one that is meant"):
        actions.make_theme(them.project, name=name, by=them.dev, now=them.now, contributions=[])
    meant = Theme.objects.get(name="The one that is meant")
    answer = dev.post(at(them, f"/{here.uid}"), {"do": "move", "into": str(meant.uid)})
    assert answer.status_code == 409
    assert f'<option value="{meant.uid}" selected>' in answer.content.decode()
