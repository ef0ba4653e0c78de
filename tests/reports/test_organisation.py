"""An organisation's page: all its projects, none beside another as better or worse, nothing that is not in public."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, cast
from tests.loop import ground as loop
from tests.reports.ground import published
from withus.charter import actions as charter
from withus.loop import actions
from withus.projects.models import Organisation, Project
from withus.reports.pages.organisation import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def another(them: Cast, title: str) -> Project:
    return charter.begin(them.organisation, title=title, purpose="P", by=them.dev, now=them.now)


def page(them: Cast) -> str:
    answer = Client().get(f"/of/{them.organisation.key}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_project_that_nobody_was_asked_in_yet_is_not_shown(them: Cast) -> None:
    assert "No project is in public yet." in page(them)
    loop.card(them, them.amira)
    assert "The evening cafe" in page(them)
    assert "Another project" not in page(them)
    assert Client().get("/of/nobody").status_code == 404


def test_projects_stand_in_the_order_of_their_names_and_in_no_other(them: Cast) -> None:
    """Neither the newest first, nor the best, nor the latest with its promises: that would be a league table."""
    published(them, promised_on=them.now.date() + timedelta(days=2))
    for title in ("Zebra", "Aardvark", "Music"):
        Project.objects.filter(pk=another(them, title).pk).update(state="running")
    text = page(them)
    assert re.findall(r'/at/[^"]+" dir="auto">([^<]+)</a>', text) == ["Aardvark", "Music", "The evening cafe", "Zebra"]


def test_it_says_what_is_answered_what_waits_and_what_is_late(them: Cast) -> None:
    published(them, promised_on=them.now.date() + timedelta(days=2))
    loop.card(them, them.bo, words="Still waiting.")
    row = rows_of(them.organisation, now=them.now + timedelta(days=5))[0]
    assert (row.answers, row.late, row.late_since) == (1, 1, them.now.date() + timedelta(days=2))
    assert (row.waits, row.waiting) == (True, None)
    assert "Some cards wait for an answer" in page(them)


def test_resting_closed_and_hidden_say_so(them: Cast) -> None:
    for title, state in (("A", "resting"), ("B", "closed")):
        Project.objects.filter(pk=another(them, title).pk).update(state=state, closed_at=them.now)
    published(them)
    actions.hide_page(them.project, because="A court asked us.", by=them.dev, now=them.now)
    text = page(them)
    assert text.index("Open</h2>") < text.index("Resting</h2>") < text.index("Closed</h2>")
    assert "Hidden since 6 May 2026" in text
    assert "%" not in text.split("<main")[1]


def test_it_costs_the_same_for_one_project_and_for_three(them: Cast) -> None:
    counts = []
    loop.card(them, them.amira)
    for titles in ((), ("A", "B")):
        for title in titles:
            Project.objects.filter(pk=another(them, title).pk).update(state="running")
        with CaptureQueriesContext(connection) as asked:
            page(them)
        counts.append(len(asked))
    assert counts == [4, 4]


def sitemap() -> list[str]:
    answer = Client().get("/sitemap.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return [one.text or "" for one in ET.fromstring(answer.content).iter(f"{space}loc")]


def test_search_engines_are_led_to_what_is_in_public_and_to_nothing_else(them: Cast) -> None:
    owner, mine, base = them.organisation, them.project, "http://testserver"
    loop.card(them, them.amira)
    assert sitemap() == []
    Organisation.objects.filter(pk=owner.pk).update(lasting_address=base)
    pages = [f"{base}/of/{owner.key}", f"{base}/at/{mine.address}"]
    assert sitemap() == pages
    hidden, example = another(them, "A"), another(them, "B")
    Project.objects.filter(pk__in=[hidden.pk, example.pk]).update(state="running")
    Project.objects.filter(pk=example.pk).update(is_example=True)
    actions.hide_page(hidden, because="A court asked us.", by=them.dev, now=them.now)
    assert sitemap() == pages


def test_a_search_engine_leaves_out_an_organisation_of_examples(them: Cast) -> None:
    loop.card(them, them.amira)
    assert 'content="index, follow"' in page(them)
    Project.objects.filter(pk=them.project.pk).update(is_example=True)
    assert 'content="noindex"' in page(them)
