"""Words for training: only with a yes to that use that stands now; and whose words they are reads when they were printed."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, cast, team
from tests.loop import ground
from withus.live import actions as live
from withus.live.models import Contribution
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person
from withus.record.models import Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def path(them: Cast) -> str:
    return f"/at/{them.project.address}/training"


def allowed(them: Cast, person: Person, words: str, *uses: str) -> Contribution:
    card = ground.card(them, person, words)
    live.allow_uses(card, person=person, uses=uses, now=them.now)
    return card


def test_only_words_with_a_yes_to_training_are_there_and_printed(them: Cast) -> None:
    yes = allowed(them, them.amira, "The last bus goes at nine.", "training")
    other = allowed(them, them.bo, "A lamp.", "public", "report")
    page = team(them).get(path(them)).content.decode()
    assert ("The last bus" in page, "A lamp." in page, yes.mark in page, "Amira" in page) == (True, False, False, False)
    both = {"card": [str(yes.uid), str(other.uid)], "what_for": "Night staff, 3 June"}
    sheet = team(them).post(path(them), both).content.decode()
    assert ("The last bus" in sheet, "A lamp." in sheet, yes.mark in sheet, "Amira" in sheet) == (
        True,
        False,
        False,
        False,
    )
    said = Opening.objects.get(kind="words.used")
    assert (said.by, said.facts) == (
        f"staff:{them.dev.uid}",
        {"cards": [str(yes.uid)], "count": 1, "digest": "", "use": "training", "what_for": "Night staff, 3 June"},
    )


def test_a_yes_taken_back_after_the_page_was_shown_is_not_printed(them: Cast) -> None:
    card = allowed(them, them.amira, "The last bus goes at nine.", "training")
    live.allow_uses(card, person=them.amira, uses=(), now=them.now + timedelta(hours=1))
    answer = team(them).post(path(them), {"card": [str(card.uid)], "what_for": "Night staff"})
    page = answer.content.decode()
    assert (answer.status_code, "The last bus" in page, "Nobody has said yes" in page) == (422, False, True)
    assert not Opening.objects.filter(kind="words.used").exists()


def test_whoever_takes_everything_back_is_gone_from_it(them: Cast) -> None:
    allowed(them, them.amira, "The last bus goes at nine.", "training")
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    assert "The last bus" not in team(them).get(path(them)).content.decode()


def test_without_saying_for_what_nothing_is_printed_and_the_ticks_stay(them: Cast) -> None:
    one, two = (allowed(them, them.amira, words, "training") for words in ("Bus.", "Lamp."))
    answer = team(them).post(path(them), {"card": [str(two.uid)], "what_for": "  "})
    page = answer.content.decode()
    assert (answer.status_code, "Say for what training it is" in page) == (422, True)
    assert [f'value="{card.uid}" checked' in page for card in (one, two)] == [False, True]


def test_a_card_of_another_project_is_not_printed_here(them: Cast) -> None:
    receipt = live.add_contribution(
        them.sams_project, person=them.sams_person, words="Buses.", sent_once="a", now=them.now
    )
    live.allow_uses(receipt.contribution, person=them.sams_person, uses=["training"], now=them.now)
    answer = team(them).post(path(them), {"card": [str(receipt.contribution.uid)], "what_for": "Night staff"})
    assert (answer.status_code, "Buses." in answer.content.decode()) == (422, False)


def test_she_reads_when_and_for_what_and_nobody_else_does(them: Cast) -> None:
    card = allowed(them, them.amira, "The last bus goes at nine.", "training")
    own = allowed(them, them.bo, "A lamp.", "training")
    team(them).post(path(them), {"card": [str(card.uid)], "what_for": "Night staff, 3 June"})
    pages = []
    for person, of in ((them.amira, card), (them.bo, own)):
        client = Client()
        client.get(link.path(person))
        pages.append(client.get(f"/at/{them.project.address}/receipt/{of.mark}/uses").content.decode())
    assert ["Night staff, 3 June" in page for page in pages] == [True, False]
