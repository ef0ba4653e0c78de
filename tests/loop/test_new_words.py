"""Who lost their words gets new ones for a card that they can describe; nobody else does."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast, cast, signed_in, team
from tests.loop import ground
from withus.live import actions as live
from withus.people import link
from withus.people.models import Person
from withus.record.models import Opening

pytestmark = pytest.mark.django_db
GIVE = {"do": "give", "described": "yes", "seen": "1"}


@pytest.fixture
def them() -> Cast:
    return cast()


def at(them: Cast) -> str:
    return f"/at/{them.project.address}/telephone/new-words"


def test_a_described_card_gives_new_words_once_and_the_old_ones_die(them: Cast) -> None:
    card, old, client = ground.card(them, them.amira), link.speakable(them.amira), team(them)
    assert "The last bus goes at nine." in client.get(at(them), {"mark": card.mark.lower()}).content.decode()
    assert link.by_words(them.project, old) == them.amira
    assert client.post(at(them), {**GIVE, "mark": card.mark}).status_code == 302
    now = link.speakable(Person.objects.get(pk=them.amira.pk))
    shown = client.get(at(them))
    assert all(f"<li>{word}</li>" in shown.content.decode() for word in now.split())
    assert "no-store" in shown["Cache-Control"]
    assert link.by_words(them.project, old) is None
    assert link.by_words(them.project, now) == them.amira
    said = Opening.objects.get(kind="words.renewed")
    assert (said.by, said.facts["card"]) == (f"staff:{them.dev.uid}", card.mark)
    client.post(at(them), {"do": "done"})
    assert "Their new words" not in client.get(at(them)).content.decode()


@pytest.mark.parametrize("sent", [{"do": "give"}, {"do": "give", "described": "no"}, {}])
def test_without_a_description_nothing_changes_and_the_mark_stays(them: Cast, sent: dict[str, str]) -> None:
    card, old = ground.card(them, them.amira), link.speakable(them.amira)
    answer = team(them).post(at(them), {**sent, "mark": card.mark})
    assert answer.status_code == 422
    assert f'value="{card.mark}"' in answer.content.decode()
    assert link.by_words(them.project, old) == them.amira


@pytest.mark.parametrize("mark", ["", "Z9-ZZZ", "x" * 100_000, "\x00", "<b>"])
def test_a_mark_that_is_nowhere_gets_a_sentence(them: Cast, mark: str) -> None:
    assert team(them).post(at(them), {**GIVE, "mark": mark}).status_code == 422
    assert team(them).get(at(them), {"mark": mark}).status_code == (422 if mark.strip("\x00") else 200)


def test_a_card_of_another_project_or_of_who_is_being_erased_opens_nothing(them: Cast) -> None:
    theirs = live.add_contribution(
        them.sams_project, person=them.sams_person, words="Buses.", sent_once="a", now=them.now
    ).contribution
    assert team(them).post(at(them), {**GIVE, "mark": theirs.mark}).status_code == 422
    card = ground.card(them, them.amira)
    Person.objects.filter(pk=them.amira.pk).update(erasing_at=them.now)
    assert team(them).post(at(them), {**GIVE, "mark": card.mark}).status_code == 422
    assert not Opening.objects.filter(kind="words.renewed").exists()
    sam = signed_in(them.sam)
    assert sam.post(at(them), {**GIVE, "mark": card.mark}).status_code == 404


def test_the_new_words_stand_there_for_ten_minutes_and_in_no_other_project(them: Cast) -> None:
    client, card = team(them), ground.card(them, them.amira)
    client.post(at(them), {**GIVE, "mark": card.mark})
    session = client.session
    project, person, since = session["new_words"]
    ago = (datetime.fromisoformat(since) - timedelta(minutes=11)).isoformat()
    shown = []
    for held in ([project, person, since], [project, person, ago], [str(them.sams_project.uid), person, since]):
        session["new_words"] = held
        session.save()
        shown.append("Their new words" in client.get(at(them)).content.decode())
    assert shown == [True, False, False]


def test_pressed_twice_the_words_that_were_just_given_stay(them: Cast) -> None:
    """The second press, of the same colleague or of another one with the same page, would let them die while they are being said."""
    card, client, other = ground.card(them, them.amira), team(them), team(them)
    page = client.get(at(them), {"mark": card.mark}).content.decode()
    assert 'name="seen" value="1"' in page
    for _press in range(2):
        assert client.post(at(them), {**GIVE, "mark": card.mark}).status_code == 302
    now = link.speakable(Person.objects.get(pk=them.amira.pk))
    assert all(f"<li>{word}</li>" in client.get(at(them)).content.decode() for word in now.split())
    late = other.post(at(them), {**GIVE, "mark": card.mark})
    assert (late.status_code, "They were given new words since you opened this page." in late.content.decode()) == (
        422,
        True,
    )
    assert link.by_words(them.project, now) == them.amira
    assert 'name="seen" value="2"' in late.content.decode()
    assert other.post(at(them), {**GIVE, "mark": card.mark, "seen": "2"}).status_code == 302
    assert link.by_words(them.project, now) is None
