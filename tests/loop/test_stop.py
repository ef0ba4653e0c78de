"""One press in a mail ends our mails. Looking changes nothing, the answer stays, and it can be taken back."""

import pytest
from django.core import mail
from django.test import Client

from tests.cast import Cast, cast
from tests.loop import ground
from withus.loop.models import Answer, Confirmation, Telling
from withus.people import actions as people
from withus.people import link
from withus.people.models import Wish
from withus.post import worker
from withus.record.models import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    them = cast()
    ground.by_email(them, them.amira, how_often="changes")
    return them


def published(them: Cast, we_do: str = "A taxi.") -> Answer:
    return ground.published(them, them.amira, we_do=we_do, outcome="done", promised_on=None)


def wish() -> str:
    return Wish.objects.get().how_often


def stops() -> list[dict[str, object]]:
    return [one.facts for one in Opening.objects.filter(kind="writing.stopped").order_by("pk")]


def test_the_mail_says_where_and_the_mail_program_presses_it_without_a_form(them: Cast) -> None:
    people.set_wish(them.amira, how_often="as it comes")
    published(them)
    worker.run_due(them.now)
    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address == f"https://withus.lantern.example/stop/{link.stop(them.amira)}"
    assert address in mail.outbox[0].body
    press = Client(enforce_csrf_checks=True).post(
        address.removeprefix("https://withus.lantern.example"), {"List-Unsubscribe": "One-Click"}
    )
    assert (press.status_code, wish()) == (302, "never")


def test_looking_changes_nothing_and_says_no_name(them: Cast) -> None:
    page = Client().get(f"/stop/{link.stop(them.amira)}")
    assert (page.status_code, wish(), stops()) == (200, "changes", [])
    said = page.content.decode()
    assert "Amira" not in said
    assert link.link(them.amira) not in said
    assert page["X-Robots-Tag"] == "noindex"


def test_what_was_on_its_way_waits_at_their_words_and_no_answer_is_made_of_it(them: Cast) -> None:
    people.set_wish(them.amira, how_often="as it comes")
    answer = published(them)
    Client().post(f"/stop/{link.stop(them.amira)}")
    worker.run_due(them.now)
    assert mail.outbox == []
    assert list(Telling.objects.values_list("way", "state")) == [("none", "waiting")]
    assert Confirmation.objects.count() == 0
    phone = Client()
    phone.get(link.path(them.amira))
    assert "A taxi." in phone.get(f"/at/{them.project.address}/me/answer/{answer.uid}").content.decode()


def test_it_can_be_taken_back_as_it_was_and_each_press_counts_once(them: Cast) -> None:
    path = f"/stop/{link.stop(them.amira)}"
    for _twice in range(2):
        Client().post(path)
    assert (wish(), stops()) == ("never", [{"back": False}])
    for _twice in range(2):
        Client().post(path, {"do": "again"})
    assert (wish(), stops()) == ("changes", [{"back": False}, {"back": True}])


def test_whoever_said_never_and_presses_again_hears_as_it_comes(them: Cast) -> None:
    people.set_wish(them.amira, how_often="never")
    Client().post(f"/stop/{link.stop(them.amira)}", {"do": "again"})
    assert wish() == "as it comes"


def test_a_new_link_leaves_the_old_mail_its_button(them: Cast) -> None:
    path = f"/stop/{link.stop(them.amira)}"
    people.new_link(them.amira, card="K7-PAN", by=them.dev, now=them.now)
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("spoil", [lambda token: token[:-1] + "x", lambda token: "x" + token, lambda token: token[:32]])
def test_a_token_that_is_not_ours_opens_nothing(them: Cast, spoil: object) -> None:
    assert callable(spoil)
    token = spoil(link.stop(them.amira))
    assert [Client().get(f"/stop/{token}").status_code, Client().post(f"/stop/{token}").status_code] == [404, 404]


def test_another_persons_token_is_another_persons(them: Cast) -> None:
    bos = link.stop(them.bo)
    mixed = link.stop(them.amira)[:32] + bos[32:]
    assert Client().post(f"/stop/{mixed}").status_code == 404
    assert wish() == "changes"


def test_whoever_takes_everything_back_gets_no_mail_meanwhile(them: Cast) -> None:
    people.set_wish(them.amira, how_often="as it comes")
    published(them)
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    for _round in range(3):
        worker.run_due(them.now)
    assert (mail.outbox, Telling.objects.get().state) == ([], "held")


def test_whoever_chose_to_come_and_look_while_the_mail_waited_gets_none(them: Cast) -> None:
    people.set_wish(them.amira, how_often="as it comes")
    published(them)
    people.set_way(them.amira, kind="none")
    for _round in range(3):
        worker.run_due(them.now)
    assert (mail.outbox, Telling.objects.values_list("way", "state").get()) == ([], ("none", "waiting"))
