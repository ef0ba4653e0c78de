"""All our answers to a person on one page, and one question for the whole."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, cast, phone
from tests.loop import ground
from withus.loop import actions
from withus.loop.models import Answer, Confirmation, Due, Says
from withus.people.models import HowOften, Person, Wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def here(them: Cast) -> str:
    return f"/at/{them.project.address}/me/answers"


def three(them: Cast) -> list[Answer]:
    return [ground.published(them, them.amira, them.bo, we_do=one) for one in ("A taxi.", "A bus.", "A lamp.")]


def keys(page: str) -> list[str]:
    return re.findall(r'name="answer" value="([^"]+)"', page)


def press(client: Client, them: Cast, says: str, **more: object) -> str:
    shown = client.get(here(them)).content.decode()
    return client.post(here(them), {"says": says, "answer": keys(shown), **more}, follow=True).content.decode()


def said(person: Person) -> list[tuple[str, str]]:
    rows = Confirmation.objects.filter(person=person).order_by("answer")
    return list(rows.values_list("says", "because"))


def test_one_press_says_it_of_all_and_of_nobody_elses(them: Cast) -> None:
    three(them)
    client = phone(them.amira)
    assert "Read all 3 answers on one page" in client.get(f"/at/{them.project.address}/me").content.decode()
    page = client.get(here(them)).content.decode()
    assert [page.count(one) for one in ("A taxi.", "A bus.", "A lamp.", 'name="says"')] == [1, 1, 1, 5]
    page = press(client, them, "i know now", because="Good.")
    assert (said(them.amira), said(them.bo)) == ([("i know now", "Good.")] * 3, [])
    assert 'name="says"' not in page
    assert page.count("You told us:") == 3


def test_what_she_said_of_one_alone_stays_and_a_newer_wording_is_asked_again(them: Cast) -> None:
    first, second, _third = three(them)
    client = phone(them.amira)
    actions.confirm(them.amira, answer=first, says="no", now=them.now + timedelta(hours=1))
    actions.confirm(them.amira, answer=second, says="i know now", now=them.now + timedelta(hours=1))
    theme = second.theme
    assert theme is not None
    later = them.now + timedelta(days=20)
    actions.publish(ground.draft(them, theme, we_do="Two buses.", now=later), by=them.dev, now=later)
    press(client, them, "only partly")
    assert [says for says, _because in said(them.amira)] == ["no", "i know now", "only partly", "only partly"]


def test_an_answer_that_changed_while_she_read_is_not_meant(them: Cast) -> None:
    first = three(them)[0]
    client = phone(them.amira)
    shown = keys(client.get(here(them)).content.decode())
    assert first.theme is not None
    later = them.now + timedelta(hours=1)
    actions.publish(ground.draft(them, first.theme, we_do="No taxi.", now=later), by=them.dev, now=later)
    page = client.post(here(them), {"says": "i know now", "answer": shown}, follow=True).content.decode()
    assert Confirmation.objects.filter(answer=first).count() == 0
    assert len(said(them.amira)) == 2
    assert ("Look again." in page, page.count('name="says"')) == (True, 5)


def test_a_no_opens_all_of_hers_and_stop_stops(them: Cast) -> None:
    three(them)
    press(phone(them.amira), them, "no")
    mine = Due.objects.filter(contribution__person=them.amira)
    assert set(mine.values_list("met_at", flat=True)) == {None}
    assert Due.objects.filter(contribution__person=them.bo, met_at=None).count() == 0
    press(phone(them.bo), them, Says.STOP.value)
    assert Wish.objects.get(person=them.bo).how_often == HowOften.NEVER


def test_nothing_pressed_keeps_what_was_typed_and_other_ticks_are_refused(them: Cast) -> None:
    three(them)
    client = phone(them.amira)
    shown = keys(client.get(here(them)).content.decode())
    for sent in ({}, {"says": "we do not agree"}):
        page = client.post(here(them), {**sent, "because": "My own words", "answer": shown})
        assert (page.status_code, "My own words" in page.content.decode()) == (422, True)
    assert said(them.amira) == []
    page = client.post(here(them), {"says": "no", "because": "My own words", "answer": ["x", "1:2"]})
    assert (page.status_code, "My own words</textarea>" in page.content.decode()) == (422, True)
    assert said(them.amira) == []


def test_the_same_press_twice_thanks_twice_and_says_it_once(them: Cast) -> None:
    three(them)
    client = phone(them.amira)
    shown = {"says": "no", "because": "Still dark.", "answer": keys(client.get(here(them)).content.decode())}
    for _press in range(2):
        page = client.post(here(them), shown, follow=True).content.decode()
        assert ("Thank you. You can change it" in page, "Look again" in page) == (True, False)
    assert len(said(them.amira)) == 3


def test_what_comes_too_late_for_the_whole_is_given_back_and_stop_is_heard_all_the_same(them: Cast) -> None:
    """From a page that stood open while she had said it of each on another phone."""
    three(them)
    client = phone(them.amira)
    shown = keys(client.get(here(them)).content.decode())
    press(phone(them.amira), them, "i know now")
    late = client.post(here(them), {"says": "no", "because": "The lamp is out again.", "answer": shown})
    assert (late.status_code, "The lamp is out again.</p>" in late.content.decode()) == (422, True)
    assert [says for says, _because in said(them.amira)] == ["i know now"] * 3
    client.post(here(them), {"says": Says.STOP.value, "answer": shown})
    assert Wish.objects.get(person=them.amira).how_often == HowOften.NEVER


def test_a_phone_that_forgot_her_gives_her_words_back(them: Cast) -> None:
    late = Client().post(here(them), {"says": "no", "because": "The lamp is out again."})
    assert (late.status_code, "The lamp is out again.</p>" in late.content.decode()) == (409, True)
