"""The room's QR: what it is before one press, and the room afterwards."""

import pytest

from tests.live.rooms import Phone, open_room, state, text_of

pytestmark = pytest.mark.django_db


def test_what_it_is_stands_before_the_button() -> None:
    """Their part and how much can still change; the list of it, one thing by one, is a press away and follows."""
    _them, workshop = open_room()
    page = Phone(workshop).gets(f"/r/{workshop.room_code}").content.decode()
    marks = ('class="honest"', 'id="lim"', "Priya", "116 123", 'href="#can"', "btn-go", 'id="can"')
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert 'href="tel:116123"' in page


def test_one_press_joins_and_leads_to_the_room() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop)
    answer = phone.client.post(f"/r/{workshop.room_code}")
    assert (answer.status_code, answer["Location"]) == (302, phone.at())
    assert phone.gets(phone.at()).status_code == 200


def test_letters_of_the_code_may_be_small() -> None:
    _them, workshop = open_room()
    assert Phone(workshop).gets(f"/r/{workshop.room_code.lower()}").status_code == 200


@pytest.mark.parametrize(("now", "says"), [("ended", "This workshop has ended"), ("planned", "Not open yet")])
def test_a_room_that_is_not_open_says_so_and_lets_nobody_in(now: str, says: str) -> None:
    _them, workshop = open_room()
    state(workshop, now)
    phone = Phone(workshop)
    answer = phone.client.post(f"/r/{workshop.room_code}")
    assert answer.status_code == 409
    assert says in text_of(answer)  # type: ignore[arg-type] # a test's own mix
    assert phone.gets(phone.at()).status_code == 404


def test_a_code_that_opens_nothing_is_a_kind_page() -> None:
    _them, workshop = open_room()
    answer = Phone(workshop).gets("/r/NOSUCHROOM")
    assert answer.status_code == 404
    assert "Ask for the new one" in text_of(answer)


def test_who_has_not_joined_finds_nothing_and_no_hint() -> None:
    them, workshop = open_room()
    stranger, other = Phone(workshop), Phone(workshop).opens_link(them.sams_person)
    for path in ("", "/say", "/park", "/talk", "/pass-on"):
        assert stranger.gets(stranger.at(path)).status_code == 404
        assert other.gets(other.at(path)).status_code == 404


def test_a_phone_of_another_workshop_is_nobody_here() -> None:
    from tests.cast import a_workshop

    them, workshop = open_room()
    second = a_workshop(them, title="Workshop 2")
    phone = Phone(workshop).join()
    assert phone.gets(f"/at/{them.project.address}/w/{second.uid}").status_code == 404


def test_a_page_of_a_person_is_kept_by_no_cache() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    assert "no-store" in phone.gets(phone.at())["Cache-Control"]


def test_forty_phones_of_one_hall_join_in_a_minute_and_each_gives_something() -> None:
    """A hall has one address to the outside: who joins by the room's code is never counted as somebody who guesses."""
    from withus.live.models import Contribution

    _them, workshop = open_room()
    phones = [Phone(workshop).join() for _ in range(40)]
    assert {phone.says(f"Number {n}", may_see="wall").status_code for n, phone in enumerate(phones)} == {302}
    assert Contribution.objects.filter(workshop=workshop).values("person").distinct().count() == 40
