"""Whoever is erased leaves no words in the loop either."""

from typing import Any

import pytest

from tests.cast import a_workshop, cast
from withus.live import actions as live
from withus.loop import actions as loop
from withus.loop import asks, follow
from withus.loop.models import Confirmation, Due, Telling
from withus.people import actions as people
from withus.post import worker
from withus.post.models import Delivered
from withus.table.models import Workshop

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SECRET = "the sentence that has to go"
TEXTS: Any = {"we_heard": "It.", "outcome": "done", "we_do": "It.", "because": "So.", "body": "Us"}


@pytest.fixture(autouse=True)
def _embedded_mailbox(settings: object) -> None:
    settings.EMAIL_BACKEND = "withus.post.mailbox.Mailbox"  # type: ignore[attr-defined] # pytest-django's settings


def test_what_amira_said_of_an_answer_and_the_mail_that_quoted_her_are_gone() -> None:
    them = cast()
    now = them.now
    workshop = a_workshop(them)
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    people.set_way(them.amira, kind="email", address="amira@people.example")
    given = live.add_contribution(
        them.project, now=now, workshop=workshop, person=them.amira, words=SECRET, sent_once="a"
    )
    answer = loop.draft_answer(
        them.project,
        contribution=given.contribution,
        **TEXTS,
        by=them.dev,
        now=now,
    )
    loop.publish(answer, by=them.dev, now=now)
    worker.run_due(now)
    assert SECRET in Delivered.objects.get().text
    loop.confirm(them.amira, answer=answer, says="no", because=SECRET, now=now)
    people.begin_erasing(them.amira, now=now, at_once=True)
    follow.erase_due({}, now)
    assert Confirmation.objects.get().because == ""
    assert Delivered.objects.count() == 0


def test_amira_hears_back_once_even_if_two_staff_answer() -> None:
    them = cast()
    now = them.now
    workshop = a_workshop(them)
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    people.set_way(them.amira, kind="email", address="amira@people.example")
    cards = [
        live.add_contribution(
            them.project, now=now, workshop=workshop, person=them.amira, words=words, sent_once=words
        ).contribution
        for words in ("A light on.", "Toast.")
    ]
    theme = loop.make_theme(them.project, name="Evenings", by=them.dev, now=now, contributions=cards, read=True)
    answer = loop.draft_answer(
        them.project,
        theme=theme,
        **TEXTS,
        by=them.dev,
        now=now,
    )
    loop.publish(answer, by=them.dev, now=now)
    loop.draft_answer(
        them.project,
        theme=theme,
        **TEXTS,
        by=them.hall,
        now=now,
    )
    loop.publish(answer, by=them.hall, now=now)
    worker.run_due(now)
    assert list(Delivered.objects.values_list("to", flat=True)) == ["amira@people.example"]
    assert Telling.objects.count() == 1
    assert Due.objects.filter(met_at=None).count() == 0


def test_whoever_takes_everything_back_is_not_answered_and_with_second_thoughts_is_owed_it_as_before() -> None:
    them = cast()
    now = them.now
    for person in (them.amira, them.joy):
        people.set_way(person, kind="email", address=f"{person.pk}@people.example")
    cards = [
        live.add_contribution(them.project, now=now, person=person, words=words, sent_once=words).contribution
        for person, words in ((them.amira, "A light on."), (them.joy, "Toast."))
    ]
    theme = loop.make_theme(them.project, name="Evenings", by=them.dev, now=now, contributions=cards, read=True)
    answer = loop.draft_answer(them.project, theme=theme, **TEXTS, by=them.dev, now=now)
    people.begin_erasing(them.amira, now=now, at_once=False)
    loop.publish(answer, by=them.dev, now=now)
    assert list(Telling.objects.values_list("person", flat=True)) == [them.joy.pk]
    assert list(Due.objects.filter(met_at=None).values_list("contribution", flat=True)) == [cards[0].pk]
    people.stop_erasing(them.amira, now=now)
    loop.draft_answer(them.project, theme=theme, **TEXTS, by=them.dev, now=now)
    loop.publish(answer, by=them.dev, now=now)
    assert sorted(Telling.objects.values_list("person", flat=True)) == sorted([them.amira.pk, them.joy.pk])
    assert Due.objects.filter(met_at=None).count() == 0


def test_a_no_opens_what_she_is_owed_again_and_silence_is_never_heard() -> None:
    them = cast()
    now = them.now
    given = live.add_contribution(them.project, now=now, person=them.amira, words="A light on.", sent_once="a")
    answer = loop.draft_answer(
        them.project,
        contribution=given.contribution,
        **TEXTS,
        by=them.dev,
        now=now,
    )
    loop.publish(answer, by=them.dev, now=now)
    assert asks.counters(them.project, now=now).heard == 0
    loop.confirm(them.amira, answer=answer, says="i know, and i do not agree", now=now)
    assert asks.counters(them.project, now=now).heard == 1
    loop.confirm(them.amira, answer=answer, says="no", now=now)
    assert asks.counters(them.project, now=now).heard == 0
    assert Due.objects.filter(met_at=None).count() == 1
