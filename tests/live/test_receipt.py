"""The receipt: own words back, a day, four words; for its owner only. And passing the phone on."""

import pytest

from tests.live.rooms import Phone, open_room, state, text_of
from withus.live import actions
from withus.live.models import Contribution
from withus.people import link
from withus.people.models import Person, Way, Wish
from withus.record.chain import head_code
from withus.record.models import Entry

pytestmark = pytest.mark.django_db


def test_it_holds_words_mark_four_words_and_the_records_head() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    page = text_of(phone.gets(phone.says("The last bus")["Location"]))
    card = Contribution.objects.get()
    assert card.person is not None
    entry = Entry.objects.get(project=phone.project, seq=card.seq)
    for told in ("The last bus", card.mark, head_code(entry.seq, entry.hash), *link.speakable(card.person).split()):
        assert told in page
    assert f"https://withus.lantern.example/at/{phone.project.address}/words" in page


def test_it_is_for_its_owners_only() -> None:
    them, workshop = open_room()
    amira = Phone(workshop).opens_link(them.amira)
    address = amira.says("Mine")["Location"]
    for path in (address, f"{address}/slip"):
        assert amira.gets(path).status_code == 200
        for other in (Phone(workshop), Phone(workshop).join(), Phone(workshop).opens_link(them.bo)):
            assert other.gets(path).status_code == 404
    assert Phone(workshop).opens_link(them.bo).client.post(f"{address}/take-back").status_code == 404


def test_each_of_those_who_said_it_together_opens_it_and_sees_no_other_words() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    address = phone.says("Ours", together="2")["Location"]
    card = Contribution.objects.get()
    other, first = card.with_persons.get(), card.person
    assert first is not None
    page = text_of(Phone(workshop).opens_link(other).gets(address))
    assert "Ours" in page
    assert link.speakable(first) not in page
    assert not all(word in page for word in link.speakable(first).split())


def test_opened_by_words_own_words_show_after_one_more_press() -> None:
    them, workshop = open_room()
    address = Phone(workshop).opens_link(them.amira).says("A sentence of mine")["Location"]
    phone = Phone(workshop)
    phone.client.post(f"/at/{phone.project.address}/words", {"words": link.speakable(them.amira)})
    assert "A sentence of mine" not in text_of(phone.gets(address))
    assert "A sentence of mine" in text_of(phone.gets(f"{address}?show=words"))
    assert "Another" in text_of(phone.gets(phone.says("Another")["Location"]))


def test_how_to_hear_is_kept_and_an_address_is_asked_for() -> None:
    them, workshop = open_room()
    phone = Phone(workshop).opens_link(them.amira)
    address = phone.says("Mine")["Location"]
    refused = phone.client.post(address, {"way": "email", "where": "", "how_often": "once"})
    assert refused.status_code == 422
    assert 'class="oops' in refused.content.decode()
    phone.client.post(address, {"way": "email", "where": "amira@example.org", "how_often": "once"})
    assert Way.objects.get(person=them.amira).kind == "email"
    assert Wish.objects.get(person=them.amira).how_often == "once"
    assert 'value="email" id="id_way_1" checked' in phone.gets(address).content.decode().replace(" required", "")


def test_taken_back_nobody_sees_it() -> None:
    them, workshop = open_room()
    phone = Phone(workshop).opens_link(them.amira)
    address = phone.says("Mine", may_see="wall")["Location"]
    assert phone.client.post(f"{address}/take-back").status_code == 302
    assert Contribution.objects.get().state == "withdrawn"
    assert "You took this card back." in text_of(phone.gets(address))


def test_what_a_note_gets_is_a_receipt_too() -> None:
    them, workshop = open_room()
    state(workshop, "ended")
    phone = Phone(workshop).opens_link(them.amira)
    assert "A note" in text_of(phone.gets(phone.says("A note", note="yes")["Location"]))


def test_three_people_one_phone_and_the_back_button() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    seen: list[str] = []
    for name in ("Ann", "Ben", "Cem"):
        address = phone.says(f"{name} says this")["Location"]
        assert f"{name} says this" in text_of(phone.gets(address))
        words = text_of(phone.gets(phone.at("/pass-on")))
        assert all(word in words for word in link.speakable(Person.objects.latest("pk")).split())
        end = phone.client.post(phone.at("/pass-on"))
        assert end["Location"] == f"/r/{workshop.room_code}"
        assert "storage" in end["Clear-Site-Data"]
        seen.append(address)
        for back in (*seen, phone.at(), phone.at("/pass-on")):
            assert phone.gets(back).status_code == 404
        clean = phone.join().gets(phone.at())
        assert "says this" not in text_of(clean)
        assert all(phone.gets(back).status_code == 404 for back in seen)
    assert Person.objects.filter(came_by="room").count() == 3


def test_who_has_given_nothing_passes_on_without_words() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    assert "You have not sent anything yet." in text_of(phone.gets(phone.at("/pass-on")))


def test_a_held_back_card_tells_its_author_why() -> None:
    them, workshop = open_room()
    phone = Phone(workshop).opens_link(them.amira)
    address = phone.says("Nurse X", may_see="wall")["Location"]
    actions.hold_back(Contribution.objects.get(), because="names", words="It names a nurse.", by=them.dev, now=them.now)
    assert "It names a nurse." in text_of(phone.gets(address))


def test_opened_by_words_the_slip_has_no_link_on_it() -> None:
    """By the link all is erased within a minute, by words it can be undone: who overheard the words must not come to the link."""
    them, workshop = open_room()
    amira = Phone(workshop).opens_link(them.amira)
    slip = f"{amira.says('Mine')['Location']}/slip"
    by_words = Phone(workshop)
    by_words.client.post(f"/at/{amira.project.address}/words", {"words": link.speakable(them.amira)})
    drawn = [phone.gets(slip).content.decode().count("QR code that opens your page") for phone in (amira, by_words)]
    assert drawn == [1, 0]
    assert link.speakable(them.amira) in text_of(by_words.gets(slip))
