"""Each page of the loop opens for whoever it is for; and what a page must never give away."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast, cast, phone, team
from tests.loop import ground
from withus.loop import actions
from withus.loop.models import Answer, Confirmation, Says, Theme
from withus.people import link
from withus.table import actions as table

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def published(them: Cast) -> Answer:
    return ground.published(them, them.amira, promised_on=date(2099, 9, 1))


def read(client: Client, path: str, status: int = 200) -> str:
    page = client.get(path)
    assert page.status_code == status
    return page.content.decode()


def test_every_page_of_the_team_opens(them: Cast) -> None:
    answer, client, at = published(them), team(them), f"/at/{them.project.address}"
    theme = Theme.objects.get()
    for show in ("open", "all", "held", "nothing"):
        read(client, f"{at}/themes?show={show}&find=bus")
    read(client, f"{at}/themes/{theme.uid}")
    for page in ("", "/publish", "/redate"):
        assert "A taxi home." in read(client, f"{at}/answers/{answer.uid}{page}")
    assert "A taxi home." in read(client, f"{at}/telling/{them.amira.uid}")


def test_a_refused_theme_keeps_the_ticks(them: Cast) -> None:
    card = ground.card(them, them.amira)
    sent = {"card": [str(card.uid)], "into": "new", "name": " "}
    page = team(them).post(f"/at/{them.project.address}/themes", sent)
    assert page.status_code == 409
    assert f'value="{card.uid}" checked' in page.content.decode()


def test_a_removed_theme_can_be_put_back(them: Cast) -> None:
    client, at = team(them), f"/at/{them.project.address}/themes"
    theme = ground.theme(them, ground.card(them, them.amira))
    assert client.post(f"{at}/{theme.uid}", {"do": "remove"}).status_code == 302
    assert f'name="back" value="{theme.uid}"' in read(client, at)
    assert client.post(at, {"back": str(theme.uid)}).status_code == 302
    assert Theme.objects.get().removed_at is None


def test_a_note_without_how_keeps_the_page_and_says_so(them: Cast) -> None:
    published(them)
    page = team(them).post(f"/at/{them.project.address}/telling/{them.amira.uid}", {"do": "told", "how": " "})
    assert page.status_code == 409
    assert 'class="oops"' in page.content.decode()


def test_a_letter_holds_own_words_the_answer_and_the_four_words(them: Cast) -> None:
    table.choose_way(them.amira, way="post", address="1 Mill Lane", how_often="as it comes", now=them.now)
    published(them)
    page = team(them).post(f"/at/{them.project.address}/letters/page").content.decode()
    for words in ("1 Mill Lane", "The last bus goes at nine.", "A taxi home.", link.speakable(them.amira)):
        assert words in page


def test_the_five_answers_look_the_same(them: Cast) -> None:
    answer = published(them)
    page = read(phone(them.amira), f"/at/{them.project.address}/me/answer/{answer.uid}")
    buttons = re.findall(r'<button ([^>]*)name="says" value="([^"]*)"([^>]*)>', page)
    assert [value for _before, value, _after in buttons] == [one for one in Says.values if one != Says.ENDED]
    assert {(before, after) for before, _value, after in buttons} == {('class="btn btn-big" ', "")}


@pytest.mark.parametrize("page", ["answer", "answers"])
def test_a_text_browser_shows_the_five_answers_one_below_the_other(them: Cast, page: str) -> None:
    """It knows no style: beside each other they read “I know nowI know, and I do not agreeOnly partlyNoStop writing to me”."""
    answer = published(them)
    where = f"answer/{answer.uid}" if page == "answer" else "answers"
    found = read(phone(them.amira), f"/at/{them.project.address}/me/{where}")
    assert len(re.findall(r'<p><button [^>]*name="says"[^>]*>[^<]+</button></p>', found)) == 5


def test_what_was_said_stands_there_and_can_be_changed(them: Cast) -> None:
    answer, client = published(them), phone(them.amira)
    path = f"/at/{them.project.address}/me/answer/{answer.uid}"
    client.post(path, {"says": Says.DISAGREES.value, "because": "A taxi is not a bus.", "beside": "on"})
    assert 'name="says"' not in read(client, path)
    assert read(client, f"{path}?again=yes").count('name="says"') == 5
    assert "A taxi is not a bus." in read(Client(), f"/at/{them.project.address}")
    assert Confirmation.objects.get().beside_the_answer


def test_everything_taken_back_by_words_can_be_brought_back(them: Cast) -> None:
    published(them)
    client, at = Client(), f"/at/{them.project.address}"
    assert client.post(f"{at}/words", {"words": link.speakable(them.amira)}).status_code == 302
    assert "The last bus goes at nine." not in read(client, f"{at}/me")
    assert "The last bus goes at nine." in read(client, f"{at}/me?show=words")
    read(client, f"{at}/me/erase")
    assert client.post(f"{at}/me/erase").status_code == 302
    assert 'name="undo"' in read(client, f"{at}/me")
    assert client.post(f"{at}/me/erase", {"undo": "1"}).status_code == 302
    assert 'name="undo"' not in read(client, f"{at}/me")


def test_the_public_page_gives_no_small_number_away(them: Cast) -> None:
    published(them)
    ground.card(them, them.bo)
    page = read(Client(), f"/at/{them.project.address}")
    assert re.search(r"\d people gave", page) is None
    assert "On a few cards" in page
    assert "noindex" not in page
    four = re.search(r'<dl class="four">.*?</dl>', page, re.DOTALL)
    assert four is not None
    assert re.findall(r"<dd>([^<]*?)\s*</dd>", four[0]) == ["fewer than 5", "fewer than 5", "none", "fewer than 5"]


def test_the_public_page_counts_five_cards_of_four_people_and_hides_the_four(them: Cast) -> None:
    everybody = (them.amira, them.bo, them.joy, them.tomasz, them.amira)
    cards = [ground.card(them, one, words=f"Number {number}") for number, one in enumerate(everybody)]
    actions.publish(
        ground.draft(them, ground.theme(them, *cards), promised_on=date(2099, 9, 1)), by=them.dev, now=them.now
    )
    page = read(Client(), f"/at/{them.project.address}")
    assert re.search(r"\d people gave", page) is None
    assert "On 5 cards" in page


def test_a_late_promise_stands_on_the_public_page(them: Cast) -> None:
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)), promised_on=date(2026, 5, 8))
    actions.publish(answer, by=them.dev, now=them.now)
    page = read(Client(), f"/at/{them.project.address}")
    assert "n-brick" in page
    assert "It was due on <b>8 May 2026</b>. Lantern House owes it." in page


def test_the_mail_asks_nothing_of_a_style_and_leads_to_their_own_page(them: Cast) -> None:
    ground.by_email(them, them.amira)
    published(them)
    letter = ground.mail_to(them.amira)
    for text in (letter.text, letter.html):
        assert link.path(them.amira) in text
        assert "The last bus goes at nine." in text
        assert "01632 960 123" in text
    assert "style" not in letter.html
