"""Signed out meanwhile, or on a phone that forgot whose page it is: what was being sent goes nowhere, and is given back."""

import re
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests import rows
from tests.cast import cast
from tests.site.test_foreign_ids import rows as all_rows
from tests.site.test_foreign_ids import told
from tests.site.world import World, make_world
from withus.loop.models import AnswerVersion

pytestmark = pytest.mark.django_db
WRITTEN = "A long answer that took an hour to write. <b>مرحبا</b>"
ESCAPED = "A long answer that took an hour to write. &lt;b&gt;مرحبا&lt;/b&gt;"
DRAFT = {"we_heard": WRITTEN, "outcome": "done", "we_do": "A lamp.", "because": "So.", "body": "Us", "version": "1"}


@pytest.fixture
def world(db: None) -> World:
    return rows.once("world", make_world)


def fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: value.replace("&lt;", "<").replace("&gt;", ">") for name, value in found}


def token(page: str) -> str:
    return fields(page)["csrfmiddlewaretoken"]


def test_an_answer_sent_after_signing_out_elsewhere_is_given_back_and_goes_with_the_next_press(world: World) -> None:
    them = world.them
    url = reverse("loop:edit_answer", kwargs=world.kwargs["loop:edit_answer"])
    dev = Client(enforce_csrf_checks=True)
    dev.force_login(them.dev, backend="sesame.backends.ModelBackend")
    good = token(dev.get(url).content.decode())
    dev.cookies.pop("staff")
    before = all_rows()
    answer = dev.post(url, DRAFT | {"csrfmiddlewaretoken": good}, headers={"Referer": f"http://testserver{url}"})
    page = answer.content.decode()
    assert (answer.status_code, told(before, all_rows())) == (403, [])
    assert "You are signed out" in page
    assert f'dir="auto">{ESCAPED}</blockquote>' in page
    again = fields(page)
    assert {name: again[name] for name in DRAFT} == DRAFT
    dev.force_login(them.dev, backend="sesame.backends.ModelBackend")
    sent = dev.post(url, again, headers={"Referer": f"http://testserver{url}"})
    assert sent.status_code == 302
    assert AnswerVersion.objects.order_by("-number")[0].we_heard == WRITTEN


def test_ticked_boxes_go_with_the_next_press_and_are_not_shown_as_words(world: World) -> None:
    """Thirty ticked cards stood there as thirty numbers, with the one name that was typed among them."""
    sent = {"name": WRITTEN, "into": "new", "card": [str(one) for one in (UUID(int=1), UUID(int=2))]}
    sent |= {"answer": f"{UUID(int=3)}:12", "leave": f"{UUID(int=4)} facilitator"}
    page = Client().post(reverse("loop:themes", args=[world.them.project.address]), sent).content.decode()
    assert re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page) == [ESCAPED]
    assert page.count('<input type="hidden" name="card"') == 2
    assert fields(page)["answer"] == sent["answer"]


def test_who_only_asks_for_a_page_signs_in_and_comes_back_to_it(world: World) -> None:
    url = reverse("loop:telling", args=[world.them.project.address])
    assert unquote(Client().get(url)["Location"]) == f"/sign-in/login/?next={url}"


def test_a_stranger_who_presses_learns_nothing_that_they_did_not_send(world: World) -> None:
    """The same page for a project that is there and for one that is not."""
    said = {"we_heard": "x y z"}
    there = Client().post(reverse("loop:themes", args=[world.them.project.address]), said)
    nowhere = Client().post(reverse("loop:themes", args=["nowhere"]), said)
    clean = [re.sub(r'value="\w{64}"|/at/[\w-]+', "", one.content.decode()) for one in (there, nowhere)]
    assert (there.status_code, nowhere.status_code) == (403, 403)
    assert clean[0] == clean[1]
    assert world.them.project.title not in there.content.decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("loop:answer", {"says": "no", "because": WRITTEN}),
        ("table:about", {"needs": WRITTEN}),
        ("loop:sort", {"do": "new", "name": WRITTEN}),
    ],
)
def test_what_amira_wrote_stands_beside_the_four_words_when_her_phone_forgot_her(
    world: World, name: str, said: dict[str, str]
) -> None:
    project = world.them.project
    before = all_rows()
    answer = Client().post(reverse(name, kwargs=world.kwargs.get(name, {"address": project.address})), said)
    page = answer.content.decode()
    assert (answer.status_code, told(before, all_rows())) == (409, [])
    assert f'dir="auto">{ESCAPED}</p>' in page
    assert f'<form class="stack g3" method="post" action="/at/{project.address}/words"' in page


def test_a_press_without_words_only_leads_to_the_four_words() -> None:
    them = cast()
    url = reverse("loop:sort", args=[them.project.address])
    assert Client().post(url, {"do": "undo"})["Location"] == f"/at/{them.project.address}/words"
