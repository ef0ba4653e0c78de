"""A slip that came back: a number that fits nothing is a guess, a wrong tick is none, and there is a way on."""

import pytest

from tests.cast import Cast, cast, team
from tests.loop import ground
from withus.loop import actions
from withus.loop.models import Confirmation
from withus.loop.models_of_telling import SlipEntered
from withus.people import link
from withus.people.models import Miss, Person
from withus.record.models import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def at(them: Cast, page: str) -> str:
    return f"/at/{them.project.address}/{page}"


def test_twenty_ticks_that_a_slip_does_not_have_close_nothing(them: Cast) -> None:
    ground.published(them, them.amira)
    dev, code = team(them), link.reply(them.amira.tellings.get().uid)
    for _slip in range(21):
        assert dev.post(at(them, "slips"), {"code": code, "says": "we do not agree"}).status_code == 422
    assert dev.post(at(them, "slips"), {"code": code, "says": "still so", "because": "Words."}).status_code == 422
    assert Miss.objects.count() == 0
    assert dev.post(at(them, "slips"), {"code": code, "says": "i know now"}).status_code == 302


def test_after_twenty_wrong_numbers_only_a_slip_that_was_looked_up_on_the_record_is_taken(them: Cast) -> None:
    ground.published(them, them.amira, them.bo)
    dev = team(them)
    amiras, bos = ({"code": link.reply(one.tellings.get().uid), "says": "no"} for one in (them.amira, them.bo))
    for _guess in range(20):
        assert dev.post(at(them, "slips"), {"code": "AAAA-AAAA", "says": "we do not agree"}).status_code == 422
    closed = dev.post(at(them, "slips"), amiras)
    assert (closed.status_code, "You need not wait" in closed.content.decode()) == (429, True)
    dev.post(at(them, f"telling/{them.amira.uid}/letter"))
    assert Opening.objects.filter(kind="letters.printed", about=str(them.amira.uid)).count() == 1
    assert [dev.post(at(them, "slips"), sent).status_code for sent in (bos, amiras)] == [429, 302]
    assert Confirmation.objects.get().person == them.amira
    assert Miss.objects.count() == 20


def test_the_same_slip_twice_is_one_entry_and_the_second_press_says_kindly_that_it_is_there(them: Cast) -> None:
    """Also where its person has said otherwise on their own page since: by entering it again nobody learns that."""
    ground.published(them, them.amira, them.bo)
    dev, answer = team(them), them.project.answers.get()
    amiras, bos = (
        {"code": link.reply(one.tellings.get().uid), "says": "no", "because": "Late."} for one in (them.amira, them.bo)
    )
    actions.confirm(them.bo, answer=answer, says="i know now", now=them.now)
    seen = []
    for sent in (amiras, bos, amiras, bos, amiras | {"because": "Late. "}):
        page = dev.post(at(them, "slips"), sent, follow=True).content.decode()
        seen.append(("The slip is entered" in page, "was entered before, just like this" in page))
    assert seen == [(True, False)] * 2 + [(False, True)] * 3
    assert Opening.objects.filter(kind="slip.returned").count() == 2
    assert list(Confirmation.objects.order_by("pk").values_list("person", "says")) == [
        (them.bo.pk, "i know now"),
        (them.amira.pk, "no"),
    ]


def test_another_tick_of_the_same_slip_puts_a_mistake_right(them: Cast) -> None:
    ground.published(them, them.amira)
    dev, sent = team(them), {"code": link.reply(them.amira.tellings.get().uid), "says": "no"}
    for says in ("no", "only partly", "no"):
        assert "The slip is entered" in dev.post(at(them, "slips"), sent | {"says": says}, follow=True).content.decode()
    assert Opening.objects.filter(kind="slip.returned").count() == 3
    assert list(Confirmation.objects.order_by("pk").values_list("says", flat=True)) == ["no", "only partly", "no"]


def test_of_who_is_erased_no_trace_of_a_slip_stays(them: Cast) -> None:
    ground.published(them, them.amira)
    team(them).post(at(them, "slips"), {"code": link.reply(them.amira.tellings.get().uid), "says": "no"})
    assert SlipEntered.objects.count() == 1
    Person.objects.filter(pk=them.amira.pk).update(erased_at=them.now)
    actions.forget_the_erased(now=them.now)
    assert SlipEntered.objects.count() == 0
