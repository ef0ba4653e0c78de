from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, cast, team
from withus.charter.models import Charter
from withus.live import actions, refusals
from withus.live.models import Contribution, Use, UseSaid
from withus.live.uses import with_words_for
from withus.loop.entries import WordsUsed
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person
from withus.record import log as record
from withus.record.models import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def card(them: Cast, person: Person, words: str = "The last bus goes at nine.") -> Contribution:
    return actions.add_contribution(
        them.project, person=person, words=words, sent_once=uuid4().hex, now=them.now
    ).contribution


def allow(them: Cast, one: Contribution, person: Person, *uses: str, days: int = 0) -> list[tuple[str, int]]:
    taken = actions.allow_uses(one, person=person, uses=uses, now=them.now + timedelta(days=days))
    return [(row.use, (row.since - them.now).days) for row in taken]


def stands(one: Contribution) -> list[str]:
    return [use for use in Use.values if said(one, Use(use))]


def said(one: Contribution, use: Use) -> list[str]:
    return list(with_words_for(Contribution.objects.filter(pk=one.pk), use).values_list("words", flat=True))


def test_unasked_words_stand_nowhere(them: Cast) -> None:
    assert stands(card(them, them.amira)) == []


def test_a_yes_is_for_that_card_and_that_use_only(them: Cast) -> None:
    one, other = card(them, them.amira), card(them, them.amira, "And it is cold.")
    allow(them, one, them.amira, "training")
    assert (stands(one), stands(other)) == (["training"], [])
    assert said(one, Use.TRAINING) == ["The last bus goes at nine."]


def test_a_yes_taken_back_says_since_when_it_stood(them: Cast) -> None:
    one = card(them, them.amira)
    allow(them, one, them.amira, "public", "report")
    assert allow(them, one, them.amira, "report", days=9) == [("public", 0)]
    assert stands(one) == ["report"]
    kinds = Opening.objects.filter(kind__startswith="words.").order_by("entry__seq").values_list("kind", "facts")
    assert [(kind, dict(facts)) for kind, facts in kinds] == [
        ("words.allowed", {"uses": ["public", "report"]}),
        ("words.called_back", {"uses": ["public"]}),
    ]


def test_the_same_choice_again_changes_nothing(them: Cast) -> None:
    one = card(them, them.amira)
    allow(them, one, them.amira, "public")
    assert allow(them, one, them.amira, "public", days=3) == []
    assert UseSaid.objects.get().since == them.now
    assert Opening.objects.filter(kind="words.allowed").count() == 1


def test_of_those_who_said_it_together_a_no_counts_for_all(them: Cast) -> None:
    one = card(them, them.amira)
    one.with_persons.add(them.bo)
    allow(them, one, them.amira, "public")
    assert stands(one) == ["public"]
    assert allow(them, one, them.bo, days=2) == [("public", 0)]
    allow(them, one, them.amira, "public", days=3)
    assert stands(one) == []
    allow(them, one, them.bo, "public", days=4)
    assert stands(one) == ["public"]


def test_nobody_says_yes_for_another(them: Cast) -> None:
    one = card(them, them.amira)
    for stranger in (them.bo, them.sams_person):
        with pytest.raises(refusals.NotYours):
            allow(them, one, stranger, "public")


@pytest.mark.parametrize("gone", ["held back", "withdrawn", "erasing", "erased"])
def test_what_is_held_back_or_taken_back_stands_nowhere(them: Cast, gone: str) -> None:
    one = card(them, them.amira)
    allow(them, one, them.amira, "public")
    if gone == "held back":
        actions.hold_back(one, because="names", words="It names somebody.", by=them.dev, now=them.now)
    elif gone == "withdrawn":
        actions.withdraw(one, person=them.amira, now=them.now)
    elif gone == "erasing":
        people.begin_erasing(them.amira, now=them.now, at_once=False)
    else:
        actions.erase_given(them.amira, now=them.now)
    assert stands(Contribution.objects.get(pk=one.pk)) == []
    assert UseSaid.objects.count() == (0 if gone == "erased" else 1)


@pytest.mark.parametrize("count", [1, 3])
def test_many_cards_are_asked_about_in_one_query(them: Cast, count: int) -> None:
    cards = [card(them, them.amira, f"Card {n}") for n in range(count)]
    for one in cards:
        allow(them, one, them.amira, "public")
    with CaptureQueriesContext(connection) as asked:
        rows = with_words_for(Contribution.objects.filter(project=them.project), Use.PUBLIC)
        assert [one.words for one in rows] == [f"Card {n}" for n in range(count)]
    assert len(asked) == 1


def test_amira_chooses_on_a_page_and_takes_it_back_there(them: Cast) -> None:
    one, client = card(them, them.amira), Client()
    client.get(link.path(them.amira))
    path = f"/at/{them.project.address}/receipt/{one.mark}/uses"
    assert "checked" not in client.get(path).content.decode()
    assert client.post(path, {"keep": "yes", "uses": ["public"]}).status_code == 302
    assert stands(one) == ["public"]
    assert client.get(path).content.decode().count("checked") == 1
    page = client.post(path, {"keep": "yes"}, follow=True).content.decode()
    assert stands(one) == []
    assert "that we cannot call back" in page


def test_a_card_is_taken_back_after_asking_and_it_says_what_cannot_be_called_back(them: Cast) -> None:
    one, other, client = card(them, them.amira), card(them, them.amira, "And it is cold."), Client()
    client.get(link.path(them.amira))
    allow(them, one, them.amira, "public")
    with record.writing(them.project, now=them.now) as log:
        log.append(
            WordsUsed(use="training", what_for="New staff", cards=(str(one.uid),), count=1), by=f"staff:{them.dev.uid}"
        )
    receipt = f"/at/{them.project.address}/receipt"
    assert "It cannot be undone." in client.get(f"{receipt}/{one.mark}").content.decode()
    said = {}
    for mine in (one, other):
        said[mine] = client.post(f"{receipt}/{mine.mark}/take-back", follow=True).content.decode()
    stood, on_paper = "They could be read there since 6 May 2026", "What is on paper cannot be called back."
    assert [(stood in said[mine], on_paper in said[mine]) for mine in (one, other)] == [(True, True), (False, False)]
    assert "What was read, printed or told to others before" in client.get(f"{receipt}/{one.mark}").content.decode()


def test_a_press_that_says_nothing_changes_nothing(them: Cast) -> None:
    one, client = card(them, them.amira), Client()
    allow(them, one, them.amira, "public")
    client.get(link.path(them.amira))
    client.post(f"/at/{them.project.address}/receipt/{one.mark}/uses", {})
    assert stands(one) == ["public"]


def test_the_receipt_and_its_slip_name_the_day_and_never_one_that_has_passed(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: them.now)
    one, client = card(them, them.amira), Client()
    client.get(link.path(them.amira))
    path = f"/at/{them.project.address}/receipt/{one.mark}"
    paper = actions.add_from_paper(
        them.project, person=None, words="On paper.", sent_once="p", by=them.dev, now=them.now
    )
    typed = f"/at/{them.project.address}/paper/{paper.contribution.mark}"
    for on, shown in (
        (date(2026, 6, 1), "Monday 1 June"),
        (date(2026, 5, 1), "Wednesday 29 July"),
        (None, "Wednesday 29 July"),
    ):
        Charter.objects.filter(project=them.project).update(hear_back_on=on)
        assert f"You hear back by <b>{shown}</b>" in client.get(path).content.decode()
        for slip in (client.get(f"{path}/slip"), team(them).post(typed)):
            assert f"You hear back by {shown.split(maxsplit=1)[1]} 2026." in slip.content.decode()
