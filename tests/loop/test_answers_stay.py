"""An answer stays with whoever was told, wherever their card lies later; a card in two themes has two answers, and each counts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.cast import Cast, cast, phone, team
from tests.loop import ground
from withus.live.models import Contribution
from withus.loop import actions
from withus.loop.models import Answer, Due, Telling, Theme
from withus.loop.spoken_to import reached_by
from withus.people import actions as persons
from withus.people.models import Person
from withus.post import worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DONE: dict[str, Any] = {"outcome": "done", "promised_on": None}


@pytest.fixture
def them() -> Cast:
    return cast()


def page(them: Cast, person: Person, path: str = "") -> str:
    return phone(person).get(f"/at/{them.project.address}/me{path}").content.decode()


def split(them: Cast, theme: Theme, card: Contribution) -> None:
    actions.split_theme(theme, name="Nights", contributions=[card], by=them.dev, now=them.now)


def move(them: Cast, theme: Theme, card: Contribution) -> None:
    into = actions.make_theme(them.project, name="Nights", by=them.dev, now=them.now)
    actions.move(theme, into=into, contributions=[card], by=them.dev, now=them.now)


def take_out(them: Cast, theme: Theme, card: Contribution) -> None:
    actions.take_out(theme, contributions=[card], by=them.dev, now=them.now)


@pytest.mark.parametrize("away", [split, move, take_out])
def test_a_card_that_left_its_theme_keeps_the_answer_and_hears_of_its_changes(
    them: Cast, away: Callable[[Cast, Theme, Contribution], None]
) -> None:
    mine, other = ground.card(them, them.amira), ground.card(them, them.bo, "Bo's.")
    theme = ground.theme(them, mine, other)
    answer = ground.draft(them, theme, **DONE)
    actions.publish(answer, by=them.dev, now=them.now)
    away(them, theme, mine)
    assert f"/me/answer/{answer.uid}" in page(them, them.amira)
    shown = page(them, them.amira, f"/answer/{answer.uid}")
    assert ("A taxi home." in shown, mine.words in shown, "Bo&#x27;s." in shown) == (True, True, False)
    actions.publish(ground.draft(them, theme, we_do="A bus.", **DONE), by=them.dev, now=them.now)
    assert {one.person for one in Telling.objects.filter(version__number=2)} == {them.amira, them.bo}
    Person.objects.filter(pk=them.amira.pk).update(erasing_at=them.now + timedelta(days=900))
    assert mine.words not in page(them, them.amira, f"/answer/{answer.uid}")
    Person.objects.filter(pk=them.amira.pk).update(erasing_at=None)
    actions.confirm(them.amira, answer=answer, says="no", now=them.now)
    assert [due.contribution for due in Due.objects.filter(met_at=None)] == [mine]


def test_what_its_author_did_not_mean_is_answered_no_longer(them: Cast) -> None:
    mine = ground.card(them, them.amira)
    theme = ground.theme(them, mine, ground.card(them, them.bo, "Bo's."))
    answer = ground.draft(them, theme, **DONE)
    actions.publish(answer, by=them.dev, now=them.now)
    actions.say_it_fits(mine, theme=theme, person=them.amira, right=False, now=them.now)
    assert f"/me/answer/{answer.uid}" not in page(them, them.amira)
    assert [card.words for card in actions.cards_of(answer)] == ["Bo's."]


def test_asked_of_a_few_cards_it_is_what_it_is_of_all(them: Cast) -> None:
    """One that lies there, one that left after it was answered, one that was not meant, one taken back, one withdrawn, one beside them."""
    words = ("Lies there.", "Left.", "Not meant.", "Taken back.", "Withdrawn.")
    people = [them.amira, them.bo, them.amira, persons.add_person(them.project, now=them.now), them.bo]
    cards = [ground.card(them, person, said) for person, said in zip(people, words, strict=True)]
    beside = ground.card(them, them.amira, "Beside them.")
    theme = ground.theme(them, *cards)
    answer = ground.draft(them, theme, **DONE)
    actions.publish(answer, by=them.dev, now=them.now)
    take_out(them, theme, cards[1])
    actions.say_it_fits(cards[2], theme=theme, person=them.amira, right=False, now=them.now)
    Person.objects.filter(pk=people[3].pk).update(erasing_at=them.now + timedelta(days=900))
    Contribution.objects.filter(pk=cards[4].pk).update(state="withdrawn")
    every = [card.pk for card in (*cards, beside)]
    assert set(reached_by(answer)) == set(cards[:2])
    for few in ([], every, *([one] for one in every)):
        assert set(reached_by(answer, few)) == {card for card in cards[:2] if card.pk in few}, few


def in_two(them: Cast, **texts: Any) -> tuple[Contribution, list[Answer]]:  # Any: a test's own mix
    """Amira's card lies in two themes, and both have an answer; the first of them met what she is owed."""
    mine = ground.card(them, them.amira)
    themes = [ground.theme(them, mine, ground.card(them, them.bo, words)) for words in ("Bo's.", "Bo's other one.")]
    answers = [
        ground.draft(them, theme, we_do=we_do, **(texts or DONE)) for theme, we_do in zip(themes, "AB", strict=True)
    ]
    for one in answers:
        actions.publish(one, by=them.dev, now=them.now)
    assert Due.objects.get(contribution=mine).met_by == answers[0]
    return mine, answers


@pytest.mark.parametrize("which", [0, 1])
def test_a_no_to_either_of_two_answers_opens_the_card_again_and_the_team_sees_it(them: Cast, which: int) -> None:
    mine, answers = in_two(them)
    actions.confirm(them.amira, answer=answers[which], says="no", now=them.now)
    assert [due.contribution for due in Due.objects.filter(met_at=None)] == [mine]
    at = f"/at/{them.project.address}/answers/{answers[which].uid}/publish"
    assert "Somebody is owed an answer again" in team(them).get(at).content.decode()


@pytest.mark.parametrize("which", [0, 1])
def test_not_what_i_meant_of_one_of_two_themes_is_owed_an_answer_and_the_team_is_led_to_it(
    them: Cast, which: int
) -> None:
    mine, answers = in_two(them)
    theme = answers[which].theme
    assert theme is not None
    actions.say_it_fits(mine, theme=theme, person=them.amira, right=False, now=them.now)
    assert [due.contribution for due in Due.objects.filter(met_at=None)] == [mine]
    listed = team(them).get(f"/at/{them.project.address}/answers").content.decode()
    assert (f"?card={mine.uid}" in listed, "not what I meant" in listed) == (True, True)
    actions.say_it_fits(mine, theme=theme, person=them.amira, right=True, now=them.now)
    assert not Due.objects.filter(met_at=None).exists()
    assert f"?card={mine.uid}" not in team(them).get(f"/at/{them.project.address}/answers").content.decode()


def test_a_broken_promise_of_the_second_answer_opens_the_card_too(them: Cast) -> None:
    mine, answers = in_two(them, outcome="doing")
    reference = {"answer": str(answers[1].uid), "on": "2026-09-01"}
    actions.note_broken(reference, them.now + timedelta(days=200))
    assert mine in [due.contribution for due in Due.objects.filter(met_at=None)]


def test_what_is_changed_and_changed_back_before_she_heard_is_not_sent_a_second_time(them: Cast) -> None:
    ground.by_email(them, them.amira)
    theme = ground.theme(them, ground.card(them, them.amira), ground.card(them, them.bo))
    for days, we_do in ((0, "A taxi."), (2, "A bus."), (3, "A taxi.")):
        now = them.now + timedelta(days=days)
        actions.publish(ground.draft(them, theme, we_do=we_do, now=now, **DONE), by=them.dev, now=now)
        worker.run_due(now)
    worker.run_due(them.now + timedelta(days=60))
    assert [one.to for one in mail.outbox] == [["a@example.org"]]
    later = them.now + timedelta(days=61)
    actions.publish(ground.draft(them, theme, we_do="A tram.", now=later, **DONE), by=them.dev, now=later)
    worker.run_due(later)
    assert "It was: A taxi." in str(mail.outbox[1].body)


def test_whose_card_came_after_the_answer_is_told_it_with_one_press_and_nobody_twice(them: Cast) -> None:
    mine = ground.card(them, them.amira)
    theme = ground.theme(them, mine)
    answer = ground.draft(them, theme, **DONE)
    actions.publish(answer, by=them.dev, now=them.now)
    at, dev = f"/at/{them.project.address}", team(them)
    pages = (f"{at}/themes/{theme.uid}", f"{at}/answers/{answer.uid}/publish")
    assert [("after the answer" in dev.get(one).content.decode()) for one in pages] == [False, False]
    assert dev.post(pages[1], {"do": "later"}).status_code == 409
    late = ground.card(them, them.bo, "Bo's.")
    actions.place(theme, contributions=[late], by=them.dev, now=them.now, read=True)
    assert [("1 card came to this theme" in dev.get(one).content.decode()) for one in pages] == [True, True]
    for status in (302, 409):
        assert dev.post(pages[1], {"do": "later"}).status_code == status
    assert [one.person for one in Telling.objects.order_by("pk")] == [them.amira, them.bo]
    assert not Due.objects.filter(met_at=None).exists()
    assert "was changed" not in Client().get(at).content.decode()


def test_the_same_words_once_more_are_no_answer_to_a_no(them: Cast) -> None:
    theme = ground.theme(them, ground.card(them, them.amira))
    answer = ground.draft(them, theme, **DONE)
    actions.publish(answer, by=them.dev, now=them.now)
    actions.confirm(them.amira, answer=answer, says="no", now=them.now)
    actions.place(theme, contributions=[ground.card(them, them.bo)], by=them.dev, now=them.now, read=True)
    actions.tell_who_came_later(answer, by=them.dev, now=them.now)
    assert [due.contribution.person for due in Due.objects.filter(met_at=None)] == [them.amira]
    actions.publish(ground.draft(them, theme, we_do="A bus.", **DONE), by=them.dev, now=them.now)
    assert not Due.objects.filter(met_at=None).exists()
