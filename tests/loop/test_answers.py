from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, cast
from tests.loop import ground
from withus.loop import actions, asks, refusals
from withus.loop.models import AnswerVersion, Due, Read, Telling
from withus.post import worker
from withus.post.models import Delivered, Outgoing
from withus.projects import actions as projects

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def states() -> list[tuple[str, str]]:
    return list(Telling.objects.order_by("person", "version").values_list("way", "state"))


def test_each_card_is_owed_an_answer_within_twelve_weeks(them: Cast) -> None:
    one = ground.card(them, them.amira)
    assert Due.objects.get(contribution=one).on == date(2026, 7, 29)


def test_publishing_meets_what_is_owed_and_tells_each_person_once_by_their_way(them: Cast) -> None:
    ground.by_email(them, them.amira)
    cards = [ground.card(them, them.amira), ground.card(them, them.amira, "Twice."), ground.card(them, them.bo)]
    answer = ground.draft(them, ground.theme(them, *cards))
    actions.publish(answer, by=them.dev, now=them.now)
    assert states() == [("email", "queued"), ("none", "waiting")]
    assert not Due.objects.filter(met_at=None).exists()
    assert Outgoing.objects.filter(kind="answers.published").count() == 1


def test_the_same_text_again_tells_only_those_whose_card_came_later(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    actions.publish(ground.draft(them, theme), by=them.dev, now=them.now)
    actions.place(theme, contributions=[ground.card(them, them.bo)], by=them.dev, now=them.now, read=True)
    actions.publish(ground.draft(them, theme), by=them.dev, now=them.now)
    told = Telling.objects.order_by("pk").values_list("person", "version__number")
    assert list(told) == [(them.amira.pk, 1), (them.bo.pk, 2)]


def test_publishing_twice_is_refused(them: Cast) -> None:
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)))
    actions.publish(answer, by=them.dev, now=them.now)
    with pytest.raises(refusals.NothingToPublish):
        actions.publish(answer, by=them.dev, now=them.now)


def test_an_answer_without_a_because_is_refused(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    with pytest.raises(refusals.AlwaysBecause):
        ground.draft(them, theme, because=" ")


def test_a_draft_whose_promised_day_has_come_is_not_published(them: Cast) -> None:
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)), promised_on=date(2026, 5, 7))
    with pytest.raises(refusals.PromiseInThePast):
        actions.publish(answer, by=them.dev, now=them.now + timedelta(days=1))


def test_a_new_day_for_a_promise_leaves_the_draft_that_is_being_written(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    answer = ground.draft(them, theme)
    actions.publish(answer, by=them.dev, now=them.now)
    ground.draft(them, theme, we_do="Half done.")
    actions.redate(answer, on=date(2026, 10, 1), because="The driver is ill.", by=them.dev, now=them.now)
    rows = [(one.number, one.we_do, one.published_at is None) for one in AnswerVersion.objects.order_by("number")]
    assert rows == [(1, "A taxi home.", False), (2, "A taxi home.", False), (3, "Half done.", True)]
    assert asks.counters(them.project, now=them.now).promises[0].on == date(2026, 10, 1)


@pytest.mark.parametrize("because", ["", "  \n"])
def test_no_promise_moves_without_a_reason(them: Cast, because: str) -> None:
    answer = ground.published(them, them.amira)
    with pytest.raises(refusals.RedateBeforeTheDay):
        actions.redate(answer, on=date(2026, 10, 1), because=because, by=them.dev, now=them.now)
    assert [one.promised_on for one in AnswerVersion.objects.all()] == [date(2026, 9, 1)]


def test_after_its_day_a_promise_is_late_and_gets_no_new_day(them: Cast) -> None:
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)))
    actions.publish(answer, by=them.dev, now=them.now)
    later = them.now.replace(month=9, day=4)
    with pytest.raises(refusals.RedateBeforeTheDay):
        actions.redate(answer, on=date(2026, 10, 1), because="Ill.", by=them.dev, now=later)
    assert [one.days_late for one in asks.counters(them.project, now=later).overdue] == [3]
    for day, hour, late in ((1, 22, []), (1, 23, [1]), (2, 0, [1])):
        at = them.now.replace(month=9, day=day, hour=hour)  # the project's midnight is at 23 o'clock here
        assert [one.days_late for one in asks.counters(them.project, now=at).overdue] == late


def test_the_mail_quotes_their_own_words_and_has_told_them_once_it_left(them: Cast) -> None:
    ground.by_email(them, them.amira)
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)))
    actions.publish(answer, by=them.dev, now=them.now)
    letter = ground.mail_to(them.amira)
    worker.run_due(them.now)
    assert states() == [("email", "sent")]
    assert "The last bus goes at nine." in letter.text
    assert "Nobody should have to leave early." in letter.text
    assert "/k/" in letter.text
    assert "style" not in letter.html


def test_whose_address_is_gone_counts_as_not_arrived_never_as_told(them: Cast) -> None:
    ground.by_email(them, them.amira)
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)))
    actions.publish(answer, by=them.dev, now=them.now)
    them.amira.ways.all().delete()
    worker.run_due(them.now)
    assert states() == [("none", "waiting")]
    assert Delivered.objects.count() == 0


def test_who_said_never_is_not_written_to(them: Cast) -> None:
    ground.by_email(them, them.amira, how_often="never")
    answer = ground.draft(them, ground.theme(them, ground.card(them, them.amira)))
    actions.publish(answer, by=them.dev, now=them.now)
    assert states() == [("none", "waiting")]
    assert not Outgoing.objects.exists()


def test_a_mail_from_a_laptop_in_a_hall_carries_no_address_of_it(them: Cast, settings: Any) -> None:
    settings.WITHUS_LAN, settings.WITHUS_ADDRESS = True, "http://10.0.0.5:8000"
    projects.change_organisation(them.organisation, telephone="01632 960 123", lasting_address="")
    ground.by_email(them, them.amira)
    actions.publish(ground.draft(them, ground.theme(them, ground.card(them, them.amira))), by=them.dev, now=them.now)
    letter = ground.mail_to(them.amira)
    assert "10.0.0.5" not in f"{letter.text}{letter.html}"
    assert "say your four words" in letter.text


def test_no_answer_goes_out_for_a_card_that_nobody_has_read(them: Cast) -> None:
    read, fresh, sorted_ = (ground.card(them, one) for one in (them.amira, them.bo, them.joy))
    theme = ground.theme(them, read)
    actions.place(theme, contributions=[fresh], by=them.dev, now=them.now)
    actions.invite_to_sort(them.amira, by=them.dev, now=them.now)
    actions.place(theme, contributions=[sorted_], by=them.amira, now=them.now)
    answer = ground.draft(them, theme)
    with pytest.raises(refusals.ReadTheCardsFirst):
        actions.publish(answer, by=them.dev, now=them.now)
    assert Telling.objects.count() == 0
    assert list(actions.unread(actions.cards_of(answer))) == [fresh]
    actions.cards_read(them.project, contributions=[fresh], by=them.dev, now=them.now)
    actions.publish(answer, by=them.dev, now=them.now)
    assert Telling.objects.count() == 3


def test_whoever_answers_one_card_has_read_it(them: Cast) -> None:
    card = ground.card(them, them.amira)
    answer = actions.draft_answer(
        them.project,
        contribution=card,
        we_heard="Home.",
        outcome="done",
        we_do="A taxi.",
        because="You asked.",
        body="Us",
        by=them.dev,
        now=them.now,
    )
    assert actions.publish(answer, by=them.dev, now=them.now).published_at == them.now


def test_the_last_look_shows_what_nobody_has_read_and_a_press_says_that_it_is_read(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    fresh, elsewhere = ground.card(them, them.bo, "Ramps, please."), ground.card(them, them.joy)
    actions.place(theme, contributions=[fresh], by=them.dev, now=them.now)
    answer = ground.draft(them, theme, outcome="done", promised_on=None)
    client, path = Client(), f"/at/{them.project.address}/answers/{answer.uid}/publish"
    client.force_login(them.dev)
    page = client.get(path).content.decode()
    assert "Nobody has read 1 of these cards yet" in page
    assert "Publish it, and tell them" not in page
    stale = client.post(path, {"version": "1"})
    assert (stale.status_code, "then press again" in stale.content.decode()) == (409, True)
    for _twice in range(2):
        client.post(path, {"do": "read", "card": [str(fresh.uid), str(elsewhere.uid)]})
    assert list(Read.objects.order_by("pk").values_list("contribution__words", flat=True))[1:] == ["Ramps, please."]
    assert "Publish it, and tell them" in client.get(path).content.decode()
    assert client.post(path, {"version": "1"}).status_code == 302
