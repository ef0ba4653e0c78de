"""As it comes, once when all is done, only if something changes, never: it works as they were told. One round a fortnight at most."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail

from tests.cast import Cast, cast
from tests.loop import ground
from withus.charter import actions as charter
from withus.live.models import Contribution
from withus.loop import actions, letters
from withus.loop.models import Answer, Telling
from withus.post import actions as post
from withus.post import worker
from withus.table import actions as table

pytestmark = pytest.mark.django_db
DONE: dict[str, Any] = {"outcome": "done", "promised_on": None}


@pytest.fixture
def them() -> Cast:
    return cast()


def answer(them: Cast, card: Contribution, we_do: str, *, now: datetime | None = None, **more: object) -> Answer:
    row = ground.draft(them, ground.theme(them, card), we_do=we_do, now=now, **more)
    actions.publish(row, by=them.dev, now=now or them.now)
    return row


def mails(now: datetime) -> list[str]:
    """The worker at work; the texts of all that has left for Amira by then."""
    worker.run_due(now)
    return [str(one.body) for one in mail.outbox if one.to == ["a@example.org"]]


def test_as_it_comes_means_the_first_at_once_and_the_next_after_a_fortnight_together(them: Cast) -> None:
    ground.by_email(them, them.amira)
    one, two, three = (ground.card(them, them.amira, words) for words in ("Buses.", "Tea.", "Light."))
    answer(them, one, "A taxi.", **DONE)
    assert len(mails(them.now)) == 1
    later = them.now + timedelta(days=3)
    answer(them, two, "More tea.", now=later, **DONE)
    answer(them, three, "A lamp.", now=later + timedelta(days=1), **DONE)
    assert len(mails(them.now + timedelta(days=13, hours=23))) == 1
    texts = mails(them.now + timedelta(days=14))
    assert len(texts) == 2
    for words in ("More tea.", "A lamp.", "Tea.", "Light."):
        assert words in texts[1]
    assert len(mails(them.now + timedelta(days=60))) == 2
    assert set(Telling.objects.values_list("state", flat=True)) == {"sent"}


def test_once_waits_for_the_last_card_then_writes_one_letter_about_all(them: Cast) -> None:
    ground.by_email(them, them.amira, how_often="once")
    one, two = ground.card(them, them.amira, "Buses."), ground.card(them, them.amira, "Tea.")
    answer(them, one, "A taxi.", **DONE)
    assert mails(them.now + timedelta(days=30)) == []
    answer(them, two, "More tea.", **DONE)
    texts = mails(them.now + timedelta(days=30))
    assert len(texts) == 1
    assert "A taxi." in texts[0]
    assert "More tea." in texts[0]
    answer(them, one, "A bus.", **DONE)
    assert len(mails(them.now + timedelta(days=90))) == 1


def test_once_waits_for_a_promise_till_it_is_kept(them: Cast) -> None:
    ground.by_email(them, them.amira, how_often="once")
    row = answer(them, ground.card(them, them.amira), "A taxi.")
    assert mails(them.now) == []
    actions.keep_promise(row, on=date(2026, 6, 1), by=them.dev, now=them.now + timedelta(days=26))
    assert len(mails(them.now + timedelta(days=26))) == 1


def test_once_waits_for_a_promise_till_its_day_has_passed(them: Cast) -> None:
    ground.by_email(them, them.amira, how_often="once")
    answer(them, ground.card(them, them.amira), "A taxi.")
    assert mails(them.now.replace(month=9, day=1, hour=22)) == []
    assert len(mails(them.now.replace(month=9, day=2))) == 1


def test_who_asked_for_once_and_now_wants_it_as_it_comes_gets_what_waited(them: Cast) -> None:
    ground.by_email(them, them.amira, how_often="once")
    answer(them, ground.card(them, them.amira), "A taxi.")
    ground.by_email(them, them.amira)
    assert len(mails(them.now)) == 1


def test_only_if_something_changes_says_what_has_changed(them: Cast) -> None:
    ground.by_email(them, them.amira, how_often="changes")
    card = ground.card(them, them.amira)
    row = answer(them, card, "A taxi.")
    assert mails(them.now + timedelta(days=30)) == []
    actions.mark_read(them.amira, row, now=them.now)
    actions.redate(row, on=date(2026, 10, 1), because="The driver is ill.", by=them.dev, now=them.now)
    texts = mails(them.now)
    assert len(texts) == 1
    assert "The day moved from 1 September 2026 to 1 October 2026." in texts[0]
    assert "The day moved, because: The driver is ill." in texts[0]
    actions.keep_promise(row, on=date(2026, 5, 20), by=them.dev, now=them.now + timedelta(days=14))
    texts = mails(them.now + timedelta(days=14))
    assert ("Kept on 20 May 2026." in texts[1], "By 1 October" in texts[1]) == (True, False)


def test_mail_and_letter_say_all_that_the_page_says(them: Cast) -> None:
    decision = charter.add_decision(
        them.project, what="Nights", openness="open", decider="The night board", by=them.dev, now=them.now
    )
    said: dict[str, Any] = {
        "waits_for": "The bus company",
        "meanwhile": "Dev drives on Fridays.",
        "decision": decision,
    }  # Any: a test's own mix
    for way in ("email", "post"):
        table.choose_way(
            them.amira, way=way, address="a@example.org\n2 Mill Lane", how_often="as it comes", now=them.now
        ) if way == "post" else ground.by_email(them, them.amira)
        row = answer(them, ground.card(them, them.amira, f"By {way}."), f"A taxi, by {way}.", **said)
        told = ["Dev drives on Fridays.", "The bus company", "The night board", "1 September 2026", "Lantern House"]
        told += ["Nobody should have to leave early.", f"By {way}.", f"A taxi, by {way}."]
        if way == "email":
            letter = ground.mail_to(them.amira)
            texts = [letter.text, letter.html]
        else:
            told_of = Telling.objects.filter(person=them.amira, version__answer=row)
            texts = [str(letters._answer(them.amira, told_of.get()))]
        assert [words for text in texts for words in told if words not in text] == []


@pytest.mark.parametrize("way", ["email", "post"])
def test_never_is_never(them: Cast, way: str) -> None:
    table.choose_way(them.amira, way=way, address="a@example.org", how_often="never", now=them.now)
    row = answer(them, ground.card(them, them.amira), "A taxi.")
    actions.redate(row, on=date(2026, 10, 1), because="The driver is ill.", by=them.dev, now=them.now)
    assert mails(them.now + timedelta(days=200)) == []
    assert set(Telling.objects.values_list("way", "state")) == {("none", "waiting")}


def test_a_newer_wording_takes_the_place_of_one_that_has_not_left_yet(them: Cast) -> None:
    ground.by_email(them, them.amira)
    about = ground.theme(them, ground.card(them, them.amira))
    actions.publish(ground.draft(them, about), by=them.dev, now=them.now)
    actions.publish(ground.draft(them, about, we_do="A minibus home."), by=them.dev, now=them.now)
    texts = mails(them.now + timedelta(days=30))
    assert len(texts) == 1
    assert "A minibus home." in texts[0]
    assert "What has changed" not in texts[0]


def test_a_letter_by_post_waits_for_its_fortnight_too(them: Cast) -> None:
    table.choose_way(them.amira, way="post", address="1 High Street", how_often="as it comes", now=them.now)
    answer(them, ground.card(them, them.amira, "Buses."), "A taxi.", **DONE)
    answer(them, ground.card(them, them.amira, "Tea."), "More tea.", **DONE)
    assert list(Telling.objects.order_by("pk").values_list("state", flat=True)) == ["waiting", "held"]
    worker.run_due(them.now + timedelta(days=14))
    assert list(Telling.objects.order_by("pk").values_list("state", flat=True)) == ["waiting", "waiting"]


def test_who_said_no_hears_again_although_they_asked_for_once(them: Cast) -> None:
    ground.by_email(them, them.amira, how_often="once")
    card = ground.card(them, them.amira)
    row = answer(them, card, "A taxi.", **DONE)
    assert len(mails(them.now)) == 1
    later = them.now + timedelta(days=20)
    actions.confirm(them.amira, answer=row, says="no", now=later)
    assert row.theme is not None
    ground.draft(them, row.theme, we_do="A bus.", now=later, **DONE)
    actions.publish(row, by=them.dev, now=later)
    assert len(mails(later)) == 2


def test_more_people_than_one_question_holds_each_hear_once(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of forty thousand people no question may name each: some databases take thirty thousand values in one."""
    monkeypatch.setattr("withus.loop.actions.sending.AT_ONCE", 1)
    people = (them.amira, them.bo, them.joy)
    for person in people:
        ground.by_email(them, person, how_often="once")
    cards = [ground.card(them, person, f"Buses {n}.") for n, person in enumerate(people)]
    row = ground.draft(them, ground.theme(them, *cards), we_do="A taxi.", **DONE)
    actions.publish(row, by=them.dev, now=them.now)
    worker.run_due(them.now)
    assert [(one.person_id, one.state) for one in Telling.objects.order_by("person")] == [
        (person.pk, "sent") for person in sorted(people, key=lambda one: one.pk)
    ]


@pytest.mark.parametrize("ahead", [10, 400])
def test_what_went_by_a_clock_that_ran_ahead_went_just_now(them: Cast, ahead: int) -> None:
    """The clock is set back an hour later. The next letter comes a fortnight after the last, not after that wrong day."""
    ground.by_email(them, them.amira)
    wrong = them.now + timedelta(days=ahead)
    answer(them, ground.card(them, them.amira), "A taxi.", now=wrong, **DONE)
    assert len(mails(wrong)) == 1
    later = them.now + timedelta(hours=1)
    answer(them, ground.card(them, them.amira, "Tea."), "More tea.", now=later, **DONE)
    assert len(mails(later + timedelta(days=13, hours=23))) == 1
    assert len(mails(later + timedelta(days=14))) == 2


def test_a_letter_that_was_queued_by_a_clock_that_ran_ahead_goes_when_it_is_set_back(them: Cast) -> None:
    ground.by_email(them, them.amira)
    answer(them, ground.card(them, them.amira), "A taxi.", now=them.now + timedelta(days=10), **DONE)
    assert mails(them.now) == []
    post.set_right(them.now)
    assert len(mails(them.now)) == 1
    assert Telling.objects.get().state == "sent"


def test_a_letter_after_an_ask_about_a_promise_still_waits_its_fortnight(them: Cast) -> None:
    """The ask has its day a fortnight after the last letter, so the day of what went last lies ahead: that is no wrong clock."""
    ground.by_email(them, them.amira)
    row = answer(them, ground.card(them, them.amira), "A taxi.")
    begun = them.now + timedelta(days=20)
    actions.keep_promise(row, on=begun.date(), by=them.dev, now=begun)
    asked = begun + timedelta(weeks=4)
    answer(them, ground.card(them, them.amira, "Tea."), "More tea.", now=asked - timedelta(days=1), **DONE)
    answer(them, ground.card(them, them.amira, "Light."), "A lamp.", now=asked + timedelta(days=2), **DONE)
    days = [(asked + timedelta(days=n), n) for n in range(-1, 40)]
    seen = [(n, len(mails(at))) for at, n in days]
    went = [n for (n, count), (_n, before) in zip(seen[1:], seen[:-1], strict=True) if count > before]
    assert [later - one for one, later in pairwise(went)] == [14]


@pytest.mark.parametrize("how", ["Rang her.", "In the room."])
def test_a_talk_is_a_telling_and_the_next_letter_comes_a_fortnight_after_it(them: Cast, how: str) -> None:
    ground.by_email(them, them.amira)
    first = answer(them, ground.card(them, them.amira), "A taxi.", **DONE)
    assert len(mails(them.now)) == 1
    talk = them.now + timedelta(days=10)
    actions.note_told(them.amira, answers=[first], how=how, by=them.dev, now=talk)
    answer(them, ground.card(them, them.amira, "Tea."), "More tea.", now=talk + timedelta(days=1), **DONE)
    assert len(mails(talk + timedelta(days=13, hours=23))) == 1
    assert len(mails(talk + timedelta(days=14))) == 2


def test_who_was_told_in_the_room_what_waited_for_its_day_gets_no_letter_about_it(them: Cast) -> None:
    ground.by_email(them, them.amira)
    first = answer(them, ground.card(them, them.amira), "A taxi.", **DONE)
    assert len(mails(them.now)) == 1
    later = them.now + timedelta(days=3)
    second = answer(them, ground.card(them, them.amira, "Tea."), "More tea.", now=later, **DONE)
    for row in (first, second):
        actions.note_told(them.amira, answers=[row], how="In the room.", by=them.dev, now=later)
    assert len(mails(later + timedelta(days=60))) == 1


def test_a_talk_about_one_answer_is_not_the_one_letter_when_all_is_done(them: Cast) -> None:
    ground.by_email(them, them.amira, how_often="once")
    first, other = ground.card(them, them.amira, "Buses."), ground.card(them, them.amira, "Tea.")
    row = answer(them, first, "A taxi.", **DONE)
    actions.note_told(them.amira, answers=[row], how="Rang her.", by=them.dev, now=them.now)
    later = them.now + timedelta(days=20)
    answer(them, other, "More tea.", now=later, **DONE)
    texts = mails(later)
    assert len(texts) == 1
    assert "More tea." in texts[0]


def test_a_telephone_is_rung_once_a_fortnight_as_well(them: Cast) -> None:
    table.choose_way(them.amira, way="phone", address="01632 960 001", how_often="as it comes", now=them.now)
    answer(them, ground.card(them, them.amira), "A taxi.", **DONE)
    later = them.now + timedelta(days=1)
    answer(them, ground.card(them, them.amira, "Tea."), "More tea.", now=later, **DONE)
    assert list(Telling.objects.order_by("pk").values_list("state", flat=True)) == ["waiting", "held"]
    worker.run_due(them.now + timedelta(days=14))
    assert list(Telling.objects.order_by("pk").values_list("state", flat=True)) == ["waiting", "waiting"]
