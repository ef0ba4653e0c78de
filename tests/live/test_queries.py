"""How often each page of a participant asks the tables: the same whether they gave one card or three."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.live.rooms import Phone, open_room
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[1, 3])
def phone(request: pytest.FixtureRequest) -> Phone:
    _them, workshop = open_room()
    phone = Phone(Workshop.objects.get(pk=workshop.pk)).join()
    for number in range(request.param):
        phone.says(f"Card {number}", may_see="wall")
    return phone


def asked(phone: Phone, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert phone.gets(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("what", "queries"),
    [("", 6), ("/park", 6), ("/talk", 6), ("/pass-on", 6)],
)
def test_a_page_of_the_room(phone: Phone, what: str, queries: int) -> None:
    assert asked(phone, phone.at(what)) == queries


@pytest.mark.parametrize(("what", "queries"), [("", 26), ("/me", 21), ("/words", 1)])
def test_a_page_of_the_project(phone: Phone, what: str, queries: int) -> None:
    assert asked(phone, f"/at/{phone.project.address}{what}") == queries


def test_the_page_behind_the_code(phone: Phone) -> None:
    assert asked(phone, f"/r/{phone.workshop.room_code}") == 8


def test_a_receipt(phone: Phone) -> None:
    given: Any = phone.says("And this")
    assert asked(phone, given["Location"]) == 11


def test_keeping_a_card(phone: Phone) -> None:
    """Four to know who speaks, the act in its transaction, and nothing after it but the road to the receipt."""
    with CaptureQueriesContext(connection) as queries:
        assert phone.says("And this").status_code == 302
    writes = [one["sql"].split()[0] for one in queries if one["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert writes == ["INSERT", "INSERT", "INSERT", "INSERT", "UPDATE", "UPDATE"]
    assert len(queries) == 20
