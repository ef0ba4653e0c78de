"""A slip that came back: a number that fits nothing is a guess, a wrong tick is none, and there is a way on."""

import pytest

from tests.cast import Cast, cast, team
from tests.loop import ground
from withus.loop.models import Confirmation
from withus.people import link
from withus.people.models import Miss
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
