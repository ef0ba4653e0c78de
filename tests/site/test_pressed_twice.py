"""A press that comes twice (a slow line, a trembling hand, two of the team at once): the second changes nothing and says nothing new."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import rows
from tests.cast import signed_in
from tests.site.test_access import client_of
from tests.site.test_foreign_ids import rows as all_rows
from tests.site.test_foreign_ids import told
from tests.site.world import World, make_world
from withus.live.models import Learned, Running
from withus.loop.models import Telling
from withus.plan import actions as plan
from withus.plan.models import Block
from withus.record.models import Opening
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return rows.once("world", make_world)


@pytest.fixture
def room(world: World) -> Workshop:
    """Open, in its first part, with three more."""
    workshop = Workshop.objects.get(project=world.them.project)
    for _more in range(3):
        plan.add_block(workshop, kind="activity", minutes=10, by=world.them.dev, now=world.them.now)
    first = Block.objects.filter(workshop=workshop).order_by("order")[0]
    Running.objects.create(workshop=workshop, block=first, block_since=world.them.now)
    return workshop


def at(workshop: Workshop, what: str = "") -> str:
    return f"/at/{workshop.project.address}/w/{workshop.uid}/console{what}"


def shown(dev: Client, workshop: Workshop, what: str) -> dict[str, str]:
    """What the button of the console sends, as the page has it now."""
    page = dev.get(at(workshop)).content.decode()
    form = page.split(f'action="{at(workshop, what)}"', 1)[1].split("</form>", 1)[0]
    return dict(re.findall(r'name="(seen|had)" value="([^"]*)"', form))


def order(workshop: Workshop) -> int:
    block = Running.objects.get(workshop=workshop).block
    assert block is not None
    return block.order


def test_the_room_moves_on_by_one_part_when_two_press_at_once(world: World, room: Workshop) -> None:
    """Else everybody's phone asks the question after the next one."""
    dev, other = signed_in(world.them.dev), signed_in(world.them.dev)
    said, also = shown(dev, room, "/move_on"), shown(other, room, "/move_on")
    assert [one.post(at(room, "/move_on"), said).status_code for one in (dev, other)] == [302, 302]
    assert (said, order(room)) == (also, 2)
    dev.post(at(room, "/move_on"), shown(dev, room, "/move_on"))
    assert order(room) == 3


def test_one_part_is_left_out_by_a_double_press(world: World, room: Workshop) -> None:
    dev = signed_in(world.them.dev)
    said = shown(dev, room, "/skip_next")
    for _press in range(2):
        dev.post(at(room, "/skip_next"), said)
    left_out = Block.objects.filter(workshop=room, dropped=True).values_list("order", flat=True)
    assert list(left_out) == [2]


def extra(workshop: Workshop) -> int:
    return Running.objects.get(workshop=workshop).extra_minutes


FURTHER_ON = "The room is further on than the page that you pressed on, so nothing was done twice."


def test_a_part_gets_five_minutes_more_by_a_double_press_and_five_again_by_a_fresh_page(
    world: World, room: Workshop
) -> None:
    dev, other = signed_in(world.them.dev), signed_in(world.them.dev)
    said, also = shown(dev, room, "/minutes"), shown(other, room, "/minutes")
    pages = [one.post(at(room, "/minutes"), said, follow=True).content.decode() for one in (dev, dev)]
    assert ([FURTHER_ON in page for page in pages], extra(room)) == ([False, True], 5)
    assert FURTHER_ON in other.post(at(room, "/minutes"), also, follow=True).content.decode()
    dev.post(at(room, "/minutes"), shown(dev, room, "/minutes"))
    assert extra(room) == 10
    for wrong in ({}, {"seen": said["seen"], "had": "-1"}, {"seen": said["seen"], "had": "9" * 400}):
        dev.post(at(room, "/minutes"), wrong)
    assert extra(room) == 10


def test_minutes_that_were_pressed_for_the_part_before_are_not_given_to_this_one(world: World, room: Workshop) -> None:
    dev = signed_in(world.them.dev)
    said = shown(dev, room, "/minutes")
    dev.post(at(room, "/move_on"), shown(dev, room, "/move_on"))
    assert FURTHER_ON in dev.post(at(room, "/minutes"), said, follow=True).content.decode()
    assert extra(room) == 0


@pytest.mark.parametrize("what", ["/call_break", "/open_time"])
def test_a_break_that_is_over_does_not_begin_again_by_a_press_that_was_on_its_way(
    world: World, room: Workshop, what: str
) -> None:
    dev = signed_in(world.them.dev)
    said = shown(dev, room, what)
    dev.post(at(room, what), said)
    dev.post(at(room, "/move_on"), shown(dev, room, "/move_on"))
    before, entries = all_rows(), Opening.objects.count()
    assert FURTHER_ON in dev.post(at(room, what), said, follow=True).content.decode()
    assert (told(before, all_rows()), Opening.objects.count()) == ([], entries)


FORMS: list[tuple[str, str, dict[str, Any]]] = [
    ("dev", "/at/A/w/W/console/learned", {"words": "Nobody reads the board by the door."}),
    ("dev", "/at/A/w/W/console/scrap", {"went_to": "the buses"}),
    ("dev", "/at/A/w/W/parked/S", {"when": "now", "owner": "Priya", "agreed": "yes"}),
    ("dev", "/at/A/charter/decision/D/acts", {"on": "2026-05-06", "act": "A lease was signed"}),
    ("dev", "/at/A/plan/W/B/move", {"to": "out"}),
    ("dev", "/at/A/in-person", {"who": "Dev", "person": "AMIRA"}),
    ("dev", "/at/A/telling/AMIRA", {"how": "By telephone"}),
]


@pytest.mark.parametrize(("who", "path", "said"), FORMS)
def test_the_same_form_again_changes_no_row_and_no_entry(
    world: World, room: Workshop, who: str, path: str, said: dict[str, Any]
) -> None:
    them, kwargs = world.them, world.kwargs
    ids = {
        "/A/": f"/{them.project.address}/",
        "/W": f"/{room.uid}",
        "/S": f"/{kwargs['live:parked']['subject']}",
        "/D/": f"/{kwargs['charter:decision']['uid']}/",
        "/B/": f"/{kwargs['plan:block']['block']}/",
        "/AMIRA": f"/{them.amira.uid}",
    }
    for short, long in ids.items():
        path = path.replace(short, long)
    said = {name: str(them.amira.uid) if value == "AMIRA" else value for name, value in said.items()}
    client, before = client_of(who, them), all_rows()
    assert client.post(path, said).status_code == 302
    once, entries = all_rows(), Opening.objects.count()
    assert told(before, once) != []
    assert client.post(path, said).status_code == 302
    assert (told(once, all_rows()), Opening.objects.count()) == ([], entries)


def test_something_else_that_was_learned_is_kept_too(world: World, room: Workshop) -> None:
    dev = signed_in(world.them.dev)
    for words in ("One.", "Two.", "One."):
        dev.post(at(room, "/learned"), {"words": words})
    assert list(Learned.objects.order_by("pk").values_list("words", flat=True)) == ["One.", "Two."]


def test_told_again_in_another_way_is_noted(world: World) -> None:
    them = world.them
    dev, path = signed_in(them.dev), f"/at/{them.project.address}/telling/{them.amira.uid}"
    for how in ("By telephone", "At the door"):
        dev.post(path, {"how": how})
    said = Telling.objects.get(person=them.amira)
    assert (said.because, said.told_at is not None and said.told_at > them.now - timedelta(days=1)) == (
        "At the door",
        True,
    )
