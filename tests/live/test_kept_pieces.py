"""Pieces of a page are kept for everybody: what stands in one person's page never stands in another's."""

import re

import pytest
from django.template import Engine

from tests.cast import give_name
from tests.live.rooms import Phone, open_room
from withus.charter.models import Charter
from withus.live.models import Contribution
from withus.people import link
from withus.people.models import Person
from withus.table.models import Workshop
from withus.ui.kept import Kept

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MADE = (
    "live/room.html",
    "live/join.html",
    "live/receipt.html",
    "loop/me.html",
    "charter/part.html",
    "people/whose.html",
)


def of(person: Person, says: str, workshop: Workshop) -> tuple[Phone, dict[str, str]]:
    """Their phone, and their four pages as they read now."""
    phone = Phone(workshop).opens_link(person)
    card = phone.says(says, may_see="answerers")["Location"]
    paths = {
        "room": phone.at(),
        "join": f"/r/{workshop.room_code}",
        "receipt": card,
        "me": f"/at/{phone.project.address}/me",
    }
    return phone, {name: phone.gets(path).content.decode() for name, path in paths.items()}


def marks_of(person: Person) -> set[str]:
    """What may stand in this person's pages only."""
    cards = Contribution.objects.filter(person=person)
    return {str(person.uid), link.link(person), *(card.mark for card in cards), *(card.words for card in cards)}


def test_two_people_who_take_turns_never_see_a_piece_of_each_other() -> None:
    them, workshop = open_room()
    give_name(them.amira, "Amira of the ward")
    give_name(them.bo, "Bo of the cafe")
    _amira, first = of(them.amira, "Amira's night", workshop)
    _bo, second = of(them.bo, "Bo's bus", workshop)
    _again, third = of(them.amira, "Amira's morning", workshop)
    hers, his = marks_of(them.amira) | {"Amira of the ward"}, marks_of(them.bo) | {"Bo of the cafe"}
    for pages, own, other in ((first, "Amira", his), (second, "Bo", hers), (third, "Amira", his)):
        for name, page in pages.items():
            assert [mark for mark in other if mark in page] == [], name
            assert own in page, name
    tokens = [TOKEN.findall(page) for pages in (first, second, third) for page in pages.values()]
    assert [len(set(one)) for one in tokens if one] == [1] * 12
    assert len({one[0] for one in tokens}) == 12


def test_what_the_team_changes_stands_in_the_next_page() -> None:
    them, workshop = open_room()
    phone, before = of(them.amira, "A card", workshop)
    Charter.objects.filter(project=them.project).update(safe_person="Olu", support_lines="Ring Mind: 0300 123 3393")
    after = {path: phone.gets(path).content.decode() for path in (phone.at(), f"/r/{workshop.room_code}")}
    assert all("Priya" in before[name] and "116 123" in before[name] for name in ("room", "join"))
    for page in after.values():
        assert "Olu" in page
        assert "0300 123 3393" in page
        assert "Priya" not in page
        assert "116 123" not in page


def test_the_second_of_them_is_given_what_the_first_made() -> None:
    them, workshop = open_room()
    of(them.amira, "Amira's night", workshop)
    nodes = [node for name in MADE for node in Engine.get_default().get_template(name).nodelist.get_nodes_by_type(Kept)]
    made = [len(node.known) for node in nodes if isinstance(node, Kept)]
    of(them.bo, "Bo's bus", workshop)
    room = [len(node.known) for node in nodes if isinstance(node, Kept)]
    assert len(made) > 15
    assert sum(room) - sum(made) <= 8, "more than the pictures of another's hand was made anew"
