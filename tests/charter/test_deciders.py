"""Who decides can read the charter and its label, changes nothing there, and is led nowhere that is closed to them."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, cast
from withus.charter import actions
from withus.charter.models import Charter

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def client_of(staff: object) -> Any:
    client: Any = Client()
    client.force_login(staff, backend="sesame.backends.ModelBackend")
    return client


def test_prof_hall_reads_the_charter_and_changes_nothing(them: Cast) -> None:
    row = actions.add_decision(them.project, what="Opening hours", openness="open", by=them.dev, now=them.now)
    hall, page = client_of(them.hall), f"/at/{them.project.address}/charter"
    read = hall.get(page)
    assert read.status_code == 200
    assert "Opening hours" in read.content.decode()
    assert "<form" not in read.content.decode().split("<main")[1]
    assert hall.post(page, {"version": "1", "purpose": "Mine now"}).status_code == 404
    assert hall.get(f"{page}/decision/{row.uid}").status_code == 404
    assert Charter.objects.get(project=them.project).purpose == "A safe place to go at night when things get too much."


def test_every_link_that_prof_hall_is_shown_opens(them: Cast) -> None:
    actions.add_decision(them.project, what="Opening hours", openness="open", by=them.dev, now=them.now)
    hall = client_of(them.hall)
    for page in ("/projects", f"/at/{them.project.address}/charter"):
        links = set(re.findall(r'<a [^>]*href="(/[^"#]*)"', hall.get(page).content.decode()))
        assert {link: hall.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_accounts_are_linked_for_who_looks_after_them_only(them: Cast) -> None:
    assert 'href="/staff"' in client_of(them.ada).get("/projects").content.decode()
    assert 'href="/staff"' not in client_of(them.dev).get("/projects").content.decode()
