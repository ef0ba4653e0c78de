"""The one door for what people give."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from tests.cast import NOW, Cast, a_workshop, cast
from withus.live import actions, refusals
from withus.live.models import CardState, Contribution, ParkedSubject
from withus.people.models import Person
from withus.record.models import Entry, Opening
from withus.table.models import Workshop, WorkshopState


@pytest.fixture
def room(db: None) -> tuple[Cast, Workshop]:
    return opened()


def opened(**fields: object) -> tuple[Cast, Workshop]:
    people = cast()
    workshop = a_workshop(people, **fields)
    Workshop.objects.filter(pk=workshop.pk).update(state=WorkshopState.OPEN, opened_at=NOW)
    return people, Workshop.objects.get(pk=workshop.pk)


def say(people: Cast, workshop: Workshop | None, sent_once: str = "one", **given: object) -> actions.Receipt:
    known: dict[str, object] = {"person": people.amira, "words": "The bus stops at nine.", "now": NOW}
    return actions.add_contribution(people.project, workshop=workshop, sent_once=sent_once, **{**known, **given})  # type: ignore[arg-type] # a test's own mix


def test_a_card_is_kept_with_its_words_and_one_entry(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    before = Entry.objects.filter(project=people.project).count()
    receipt = say(people, workshop)
    row = Contribution.objects.get()
    opening = Opening.objects.get(about=str(row.uid))
    assert (row.words, row.state, row.person, row.may_see) == (
        "The bus stops at nine.",
        CardState.WAITING,
        people.amira,
        "answerers",
    )
    assert (opening.kind, opening.by) == ("contribution.added", f"person:{people.amira.uid}")
    assert Entry.objects.filter(project=people.project).count() == before + 1
    assert receipt.new
    assert receipt.code.startswith(f"{receipt.seq}-")


def test_the_same_thing_sent_twice_is_stored_once(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    first, second = say(people, workshop), say(people, workshop)
    assert (first.contribution.pk, first.code) == (second.contribution.pk, second.code)
    assert not second.new


def test_back_changed_and_sent_is_a_second_card_and_that_twice_still_one(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    say(people, workshop)
    for _again in range(2):
        say(people, workshop, words="The bus stops at ten.")
    assert list(Contribution.objects.values_list("words", flat=True)) == [
        "The bus stops at nine.",
        "The bus stops at ten.",
    ]


def test_another_persons_id_is_simply_new(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    say(people, workshop)
    assert say(people, workshop, person=people.bo).new


def test_a_phone_that_is_nobody_yet_becomes_one_person_however_often_it_sends(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    first = say(people, workshop, person=None, device="d1")
    again = say(people, workshop, person=None, device="d1")
    assert first.person == again.person
    assert first.person.came_by == "room"
    assert say(people, workshop, person=None, device="d2").person != first.person


@pytest.mark.django_db(transaction=True)
def test_eight_threads_that_send_the_same_store_it_once() -> None:
    people, workshop = opened()

    def send(_number: int) -> tuple[int, str]:
        try:
            receipt = say(people, workshop, person=None, device="phone")
            return receipt.contribution.pk, receipt.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        seen = set(pool.map(send, range(16)))
    assert len(seen) == 1
    assert Contribution.objects.count() == 1
    assert Person.objects.filter(came_by="room").count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_threads_that_send_different_cards_get_each_a_number_of_its_own() -> None:
    people, workshop = opened(look_first=False)
    Workshop.objects.filter(pk=workshop.pk).update(look_first=False)

    def send(number: int) -> int | None:
        try:
            given = say(people, workshop, f"id{number}", words=f"Card {number}", may_see="wall")
            return given.contribution.shown
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(number or 0 for number in pool.map(send, range(24)))
    assert numbers == list(range(1, 25))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "\n",
        "nothing",
        "Nothing.",
        "N/A",
        "n/a",
        " - ",
        "\u200b",
        "None",
        "no comment",
        "Nothing at all.",
        "Nichts.",
        "لا شيء",
        "Nothing!",
        "Can’t think of anything",
        "N / A",
        "…",
        "“none”",
        "Dim byd",
        "rien à dire",
        "RAS",
        "Sin comentarios.",
        "Res a afegir",
        "keine Angabe",
        "k.A.",
        "Ei mitään",
        "Brak uwag",
        "کچھ نہیں۔",
        "特になし。",
    ],
)
def test_blanks_are_acknowledged_and_are_no_content(room: tuple[Cast, Workshop], words: str) -> None:
    people, workshop = room
    assert say(people, workshop, words=words).contribution.state == CardState.NO_CONTENT


@pytest.mark.parametrize(
    "words",
    [
        *("No", "No!", "?", "🙂", "Nothing was better last year", "لا", "Nein", "Non", "Ei", "Nan", "Dad", "Nage"),
        *("Nobody", "Don't know", "Dim", "Nothing, it was lovely", "Rien ne va plus", "Kein Bus fährt", "0", "+1"),
    ],
)
def test_short_answers_are_content(room: tuple[Cast, Workshop], words: str) -> None:
    people, workshop = room
    assert say(people, workshop, words=words).contribution.state == CardState.WAITING


def test_exactly_what_no_font_shows_is_left_out() -> None:
    """Every character there is, against what Unicode says of it."""
    import sys
    import unicodedata

    from withus.live.actions.contributions import UNSHOWN

    out = {chr(code) for code in range(sys.maxunicode + 1) if UNSHOWN.match(chr(code))}
    said = {chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in {"Cc", "Cs"}}
    assert out == said - {"\t", "\n"}


def test_words_are_kept_in_one_form_without_what_no_font_shows(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    row = say(people, workshop, words="cafe\u0301\x00 <b>bold</b>\r\nمرحبا 🙂").contribution
    assert Contribution.objects.get(pk=row.pk).words == "café <b>bold</b>\nمرحبا 🙂"


def test_too_long_is_refused_and_just_long_enough_is_kept(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    with pytest.raises(refusals.TooLong):
        say(people, workshop, words="a" * 20_001)
    assert say(people, workshop, words="a" * 20_000).new


@pytest.mark.parametrize(
    ("state", "refusal"), [("ended", refusals.WorkshopClosed), ("planned", refusals.WorkshopNotOpen)]
)
def test_a_workshop_that_is_not_open_refuses_kindly(
    room: tuple[Cast, Workshop], state: str, refusal: type[Exception]
) -> None:
    people, workshop = room
    Workshop.objects.filter(pk=workshop.pk).update(state=state)
    with pytest.raises(refusal):
        say(people, workshop)
    assert say(people, None).contribution.workshop is None


def test_a_card_sent_again_after_the_end_has_its_receipt(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    first = say(people, workshop)
    Workshop.objects.filter(pk=workshop.pk).update(state="ended")
    assert say(people, workshop).code == first.code


def test_said_together_each_other_is_a_person_of_their_own(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    for _again in range(2):
        receipt = say(people, workshop, together=2)
    assert receipt.contribution.with_persons.count() == 2
    assert Person.objects.filter(came_by="room").count() == 2


def test_what_only_answerers_may_see_never_gets_a_number_on_the_wall(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    Workshop.objects.filter(pk=workshop.pk).update(look_first=False)
    seen = {
        may_see: say(people, workshop, may_see, may_see=may_see).contribution.shown
        for may_see in ("answerers", "group", "wall")
    }
    assert seen == {"answerers": None, "group": None, "wall": 1}


def test_a_person_looks_first_then_it_is_shown_once(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    card = say(people, workshop, may_see="wall").contribution
    for _again in range(2):
        actions.let_through(card, by=people.dev, now=NOW)
    row = Contribution.objects.get(pk=card.pk)
    assert (row.state, row.shown) == (CardState.SHOWN, 1)
    assert Opening.objects.filter(kind="contribution.shown").count() == 1


def test_a_card_is_held_back_with_a_reason_only(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    card = say(people, workshop, may_see="wall").contribution
    with pytest.raises(refusals.ChooseAReason):
        actions.hold_back(card, because="criticism", words="", by=people.dev, now=NOW)
    actions.hold_back(card, because="names", words="It names a nurse.", by=people.dev, now=NOW)
    row = Contribution.objects.get(pk=card.pk)
    assert (row.state, row.held_words) == (CardState.HELD_BACK, "It names a nurse.")


def test_only_its_author_takes_a_card_back(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    card = say(people, workshop).contribution
    with pytest.raises(refusals.NotYours):
        actions.withdraw(card, person=people.bo, now=NOW)
    actions.withdraw(card, person=people.amira, now=NOW)
    assert Contribution.objects.get().state == CardState.WITHDRAWN


def test_a_parked_subject_is_a_contribution_and_parked_once(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    for _again in range(2):
        actions.park(
            people.project,
            workshop=workshop,
            person=people.amira,
            words="Weekends",
            sent_once="p",
            now=NOW,
            instead=True,
        )
    parked = ParkedSubject.objects.get()
    assert (parked.contribution.words, parked.instead, parked.contribution.off_agenda) == ("Weekends", True, True)
    assert sorted(Opening.objects.filter(about=str(parked.contribution.uid)).values_list("kind", flat=True)) == [
        "contribution.added",
        "subject.parked",
    ]


def test_another_day_needs_a_day_and_an_owner_who_said_yes(room: tuple[Cast, Workshop]) -> None:
    people, workshop = room
    given = {"person": people.amira, "words": "Weekends", "sent_once": "p", "now": NOW}
    actions.park(people.project, workshop=workshop, **given)  # type: ignore[arg-type] # a test's own mix
    parked = ParkedSubject.objects.get()
    settled = {"when": "another day", "by": people.dev, "now": NOW}
    with pytest.raises(refusals.AnotherDayNeedsADay):
        actions.settle_parked(parked, owner="Joy", owner_agreed=False, return_on=NOW.date(), **settled)  # type: ignore[arg-type] # a test's own mix
    day = (NOW + timedelta(days=7)).date()
    actions.settle_parked(parked, owner="Joy", owner_agreed=True, return_on=day, **settled)  # type: ignore[arg-type] # a test's own mix
    actions.bring_back(parked, on=day, by=people.dev, now=NOW)
    assert ParkedSubject.objects.get().returned_on == day
