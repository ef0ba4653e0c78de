from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast, cast, signed_in
from tests.loop import ground
from withus.live import actions as live
from withus.loop import actions, refusals
from withus.loop.holding import holds
from withus.loop.models import Read
from withus.people import link
from withus.people.models import Person
from withus.record.models import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def test_told_in_the_room_is_told_and_never_heard(them: Cast) -> None:
    answer = ground.published(them, them.amira, them.bo)
    count = actions.told_in_the_room(
        them.project, persons=[them.amira], how="Workshop 2, by Jo", by=them.dev, now=them.now
    )
    assert count == 1
    telling = them.amira.tellings.get()
    assert (telling.state, telling.because) == ("sent", "Workshop 2, by Jo")
    assert answer.confirmations.count() == 0
    assert [one.person for one in holds(them.project, now=them.now).people] == [them.bo]


def test_a_card_from_paper_is_entered_once_and_its_writer_has_words(them: Cast) -> None:
    first = live.add_from_paper(them.project, person=None, words="A bench.", sent_once="a", by=them.dev, now=them.now)
    again = live.add_from_paper(them.project, person=None, words="A bench.", sent_once="a", by=them.dev, now=them.now)
    assert again.contribution == first.contribution
    assert first.person.came_by == "paper"
    assert first.contribution.due.met_at is None


def test_a_card_from_paper_says_who_typed_it_for_whom_and_counts_as_read_by_them(them: Cast) -> None:
    typed = live.add_from_paper(
        them.project, person=them.amira, words="A bench.", sent_once="a", by=them.dev, now=them.now
    )
    own = ground.card(them, them.amira, "A lamp.")
    said = Opening.objects.filter(kind="contribution.added").order_by("pk").values_list("by", "facts")
    assert [(by, facts["given_for"], facts["typed"]) for by, facts in said] == [
        (f"staff:{them.dev.uid}", str(them.amira.uid), True),
        (f"person:{them.amira.uid}", "", False),
    ]
    assert typed.contribution.read.by == them.dev
    assert not Read.objects.filter(contribution=own).exists()


def slip_of(person: Person) -> str:
    return link.reply(person.tellings.get().uid)


def test_a_slip_is_the_persons_own_press_and_counts_once(them: Cast) -> None:
    answer = ground.published(them, them.amira)
    for _twice in range(2):
        assert actions.enter_slip(
            them.project, code=slip_of(them.amira), says="no", because="When?", beside=False, by=them.dev, now=them.now
        )
    said = answer.confirmations.get()
    assert (said.person, said.says, said.because, said.by_slip) == (them.amira, "no", "When?", True)
    entry = Opening.objects.get(kind="answer.not_heard")
    assert entry.by == f"person:{them.amira.uid}"
    assert list(Opening.objects.filter(kind="slip.returned").values_list("about", flat=True)) == [""]


def test_what_somebody_says_on_their_own_page_stands_above_a_late_slip(them: Cast) -> None:
    answer = ground.published(them, them.amira)
    actions.confirm(them.amira, answer=answer, says="i know now", now=them.now)
    code = slip_of(them.amira)
    assert actions.enter_slip(them.project, code=code, says="no", because="", beside=False, by=them.dev, now=them.now)
    assert answer.confirmations.get().says == "i know now"


def test_a_number_of_another_project_is_no_slip_here(them: Cast) -> None:
    ground.published(them, them.amira)
    code = slip_of(them.amira)
    assert not actions.enter_slip(
        them.sams_project, code=code, says="no", because="", beside=False, by=them.sam, now=them.now
    )
    assert actions.by_reply(them.project, f" {code.lower().replace('-', ' ')} ") is not None


def test_a_slip_that_came_with_a_newer_wording_counts_above_an_older_press(them: Cast) -> None:
    answer = ground.published(them, them.amira)
    assert answer.theme is not None
    actions.confirm(them.amira, answer=answer, says="no", now=them.now)
    later = them.now + timedelta(days=20)
    again = ground.draft(them, answer.theme, now=later, we_do="A bus at eleven, too.")
    actions.publish(again, by=them.dev, now=later)
    code = link.reply(them.amira.tellings.order_by("-pk")[0].uid)
    actions.enter_slip(
        them.project, code=code, says="i know now", because="", beside=False, by=them.dev, now=later + timedelta(days=3)
    )
    assert list(answer.confirmations.order_by("pk").values_list("says", flat=True)) == ["no", "i know now"]


def test_we_do_not_agree_comes_back_on_the_slip_of_the_second_round_and_on_no_other(them: Cast) -> None:
    answer = ground.published(them, them.amira, them.bo)
    assert answer.theme is not None
    actions.confirm(them.amira, answer=answer, says="only partly", now=them.now + timedelta(hours=1))
    later = them.now + timedelta(days=20)
    actions.publish(ground.draft(them, answer.theme, now=later, we_do="A bus, too."), by=them.dev, now=later)
    of_first, of_second = (link.reply(one.uid) for one in them.amira.tellings.order_by("version__number"))
    of_bo = link.reply(them.bo.tellings.order_by("-version__number")[0].uid)
    ends: dict[str, Any] = {"says": "we do not agree", "because": "", "beside": False, "by": them.dev}
    for code in (of_first, of_bo):
        with pytest.raises(refusals.NoSuchTick):
            actions.enter_slip(them.project, code=code, now=later + timedelta(days=3), **ends)
    assert actions.enter_slip(them.project, code=of_second, now=later + timedelta(days=3), **ends)
    last = answer.confirmations.order_by("-pk")[0]
    assert (answer.confirmations.count(), last.person, last.says, last.by_slip) == (
        2,
        them.amira,
        "we do not agree",
        True,
    )


def test_a_tick_that_the_slip_does_not_have_is_refused_and_what_was_typed_stays(them: Cast) -> None:
    answer, client = ground.published(them, them.amira), signed_in(them.dev)
    sent = {"code": slip_of(them.amira), "says": "we do not agree", "because": "Word for word."}
    page = client.post(reverse("loop:slips", args=[them.project.address]), sent)
    assert page.status_code == 422
    assert "has no such tick" in page.content.decode()
    assert "Word for word." in page.content.decode()
    assert answer.confirmations.count() == 0
