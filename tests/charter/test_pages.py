"""The charter's pages, for each who may and may not open them."""

import pytest
from django.test import Client

from tests.cast import Cast, cast
from withus.charter import actions
from withus.charter.models import Decision

pytestmark = pytest.mark.django_db


def signed_in(staff: object) -> Client:
    client = Client()
    client.force_login(staff)  # type: ignore[arg-type] # a Staff
    return client


@pytest.fixture
def people() -> Cast:
    return cast()


def add(people: Cast, what: str, **fields: object) -> Decision:
    return actions.add_decision(people.project, what=what, openness="open", by=people.dev, now=people.now, **fields)  # type: ignore[arg-type] # fields by name


def test_anybody_opens_the_front_page_and_what_has_changed(people: Cast) -> None:
    address = people.project.address
    pages = ["/", f"/at/{address}/changes", f"/at/{address}/wrong"]
    assert [Client().get(page).status_code for page in pages] == [200, 200, 200]


def test_sam_gets_404_where_dev_reads(people: Cast) -> None:
    row = add(people, "Hours")
    base = f"/at/{people.project.address}"
    pages = [
        f"{base}/charter",
        f"{base}/charter/decision/new",
        f"{base}/charter/decision/{row.uid}",
        f"{base}/findings",
    ]
    dev, sam = signed_in(people.dev), signed_in(people.sam)
    assert [(dev.get(page).status_code, sam.get(page).status_code) for page in pages] == [(200, 404)] * 4


def test_an_admin_sees_names_and_opens_nothing(people: Cast) -> None:
    ada = signed_in(people.ada)
    assert people.project.title in ada.get("/projects").content.decode()
    assert ada.get(f"/at/{people.project.address}/charter").status_code == 404


def test_narrowing_after_the_freeze_keeps_what_was_typed_and_asks_why(people: Cast) -> None:
    row = add(people, "Hours")
    actions.freeze(people.project, by=people.dev, now=people.now)
    page = f"/at/{people.project.address}/charter/decision/{row.uid}"
    typed = {"version": "1", "what": "Hours & <b>days</b> 🌙", "openness": "settled", "settled_on": "2026-05-01"}
    response = signed_in(people.dev).post(page, typed)
    assert response.status_code == 422
    assert "Hours &amp; &lt;b&gt;days&lt;/b&gt; 🌙" in response.content.decode()
    assert Decision.objects.get(pk=row.pk).openness == "open"


def test_an_old_form_shows_both_and_loses_neither(people: Cast) -> None:
    row = add(people, "Hours")
    actions.change_decision(row, by=people.dev, now=people.now, version=1, what="Opening hours")
    page = f"/at/{people.project.address}/charter/decision/{row.uid}"
    text = signed_in(people.dev).post(page, {"version": "1", "what": "Times", "openness": "open"}).content.decode()
    assert ("Opening hours" in text, 'value="Times"' in text) == (True, True)


@pytest.mark.parametrize("purpose", ["", "x" * 100_000, "\x00"])
def test_bad_words_are_refused_kindly(people: Cast, purpose: str) -> None:
    response = signed_in(people.dev).post(f"/at/{people.project.address}/charter", {"version": "1", "purpose": purpose})
    assert response.status_code == 422


def test_joy_signs_and_takes_it_back(people: Cast) -> None:
    actions.sign(people.project, person=people.joy, now=people.now)
    actions.take_back(people.project, person=people.joy, now=people.now)
    assert people.project.signatures.filter(taken_back_at=None).count() == 0
    assert Client().get(f"/at/{people.project.address}/charter/sign").status_code == 404


def test_three_decisions_cost_no_more_queries_than_one(people: Cast, django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    dev, page, counts = signed_in(people.dev), f"/at/{people.project.address}/charter", []
    for names in (["One"], ["Two", "Three"]):
        for name in names:
            add(people, name)
        dev.get(page)
        with CaptureQueriesContext(connection) as asked:
            dev.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]
