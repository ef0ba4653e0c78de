"""Links and words: derived again from what lies in the table and the key, readable nowhere, and dead when renewed or erased."""

from uuid import UUID

import pytest

from tests.cast import cast
from tests.people.everything import everything
from withus.people import actions, link
from withus.people.models import Person, Way
from withus.people.words import UNLOVED, words

pytestmark = pytest.mark.django_db
UIDS = (UUID("6d2b1c0e-5a55-4f65-9a0b-0d5c1f1f8f01"), UUID("6d2b1c0e-5a55-4f65-9a0b-0d5c1f1f8f02"))


def test_a_letter_in_march_carries_the_link_of_the_slip_in_may() -> None:
    amira = cast().amira
    again = Person.objects.get(pk=amira.pk)
    assert (link.link(again), link.speakable(again)) == (link.link(amira), link.speakable(amira))


def test_the_link_has_26_letters_and_the_words_are_four_of_the_list() -> None:
    amira = cast().amira
    assert (len(link.link(amira)), link.link(amira).isalnum()) == (26, True)
    spoken = link.speakable(amira).split()
    assert len(spoken) == 4
    assert set(spoken) <= set(words())


def test_link_and_words_open_their_person_only() -> None:
    them = cast()
    assert link.by_link(link.link(them.amira)) == them.amira
    assert link.by_words(them.project, link.speakable(them.amira)) == them.amira
    assert link.by_words(them.sams_project, link.speakable(them.amira)) is None


@pytest.mark.parametrize("typed", ["", "a", "A" * 26, "?" * 26, "A" * 10_000, "\u0645\u0631\u062d\u0628\u0627"])
def test_what_is_no_link_opens_nothing(typed: str) -> None:
    cast()
    assert link.by_link(typed) is None


def test_spelling_is_forgiven_after_the_third_letter() -> None:
    them = cast()
    first, second, third, fourth = link.speakable(them.amira).split()
    ways = [
        f"{first[:3]} {second[:3]} {third[:3]} {fourth[:3]}",
        f"  {first.upper()}   {second}, {third}-{fourth}. ",
        f"1. {first} 2. {second} 3. {third} 4. {fourth}",
        f"{first}-{second}-{third}-{fourth}",
    ]
    assert [link.by_words(them.project, typed) for typed in ways] == [them.amira] * len(ways)


@pytest.mark.parametrize(
    "how", [lambda w: " ".join(w[:3]), lambda w: " ".join([*w, w[0]]), lambda w: " ".join(w[::-1])]
)
def test_fewer_more_or_turned_words_open_nothing(how: object) -> None:
    them = cast()
    typed = how(link.speakable(them.amira).split())  # type: ignore[operator] # the cases above
    assert link.by_words(them.project, typed) is None


def test_every_word_is_settled_by_its_first_three_letters() -> None:
    starts = [one[:3] for one in words()]
    assert len(set(starts)) == len(starts)


def test_new_words_open_the_page_and_the_old_ones_die() -> None:
    them = cast()
    old_link, old_words = link.link(them.amira), link.speakable(them.amira)
    renewed = actions.new_link(them.amira, card="K7-PAN", by=them.dev, now=them.now)
    assert link.by_link(old_link) is None
    assert link.by_words(them.project, old_words) is None
    assert link.by_link(link.link(renewed)) == them.amira
    assert link.by_words(them.project, link.speakable(renewed)) == them.amira


def test_two_with_the_same_words_get_the_next_ones() -> None:
    """Two people are drawn from the same uid: a clash that chance brings once in two thousand billion."""
    them = cast()
    first = actions.add_persons(them.project, uids=[UIDS[0]], now=them.now, came_by="import")[0]
    drawn = link.draw(them.project, uid=UIDS[0])
    assert (first.link_counter, first.words_counter) == (0, 0)
    assert (drawn.link_counter, drawn.words_counter) == (1, 1)


def test_many_at_once_get_what_each_alone_gets() -> None:
    them = cast()
    rows = actions.add_persons(them.project, uids=UIDS, now=them.now, came_by="import")
    assert [row.uid for row in rows] == list(UIDS)
    for row in rows:
        assert link.by_link(link.link(row)) == row
        assert link.by_words(them.project, link.speakable(row)) == row


def test_the_stored_rows_hold_nothing_that_can_be_read_or_opens_a_page() -> None:
    """Every table is searched, as a thief of the database would."""
    them = cast()
    amira = actions.add_person(them.project, now=them.now, name="Zerafina Quillworth")
    actions.set_way(amira, kind="email", address="zerafina@quillworth.example")
    actions.set_needs(amira, needs=["a lift to the third floor"])
    actions.set_pay(amira, pay={"offer": "25 pounds an hour", "state": "offered"})
    whole = everything()
    for secret in (
        "Zerafina", "quillworth", "lift to the third", "25 pounds", link.link(amira), link.speakable(amira),
        link.speakable(amira).replace(" ", "-"),
    ):  # fmt: skip
        assert secret.casefold() not in whole, secret
    assert str(amira.uid).replace("-", "") in whole.replace("-", "")


def test_an_address_is_kept_when_another_way_is_chosen_and_one_way_is_the_chosen_one() -> None:
    amira = cast().amira
    actions.set_way(amira, kind="email", address="amira@example.org")
    actions.set_way(amira, kind="none")
    assert list(Way.objects.filter(person=amira, chosen=True).values_list("kind", flat=True)) == ["none"]
    assert Way.objects.filter(person=amira, kind="email").exclude(sealed="").exists()


def test_no_unloved_word_is_handed_out_and_enough_are_left_to_be_hard_to_guess() -> None:
    assert not UNLOVED & set(words())
    assert len(words()) ** 4 > 2**40
