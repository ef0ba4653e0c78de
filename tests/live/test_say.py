"""Saying something: from the room to a receipt, and whatever can go wrong on the way."""

import io
import re
import struct
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.live.rooms import Phone, open_room, state, text_of
from withus.live import actions
from withus.live.models import Contribution, Media, ParkedSubject, Running
from withus.people.models import Person

pytestmark = pytest.mark.django_db
TYPED = "The <b>bus</b> & the last\ntrain 🙂 مرحبا"
KEPT = "The &lt;b&gt;bus&lt;/b&gt; &amp; the last\ntrain 🙂 مرحبا"


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


def upload(data: bytes, name: str = "photo.png", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=kind)


def huge_png() -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
        + struct.pack(">II", 50_000, 50_000)
        + b"\x08\x02\x00\x00\x00"
        + b"\0" * 64
    )


def test_two_taps_and_one_field_from_the_link_to_a_saved_card() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    answer = phone.says("The bus stops at nine.")
    card = Contribution.objects.get()
    assert answer["Location"] == f"/at/{phone.project.address}/receipt/{card.mark}"
    assert (card.words, card.may_see, card.given_by) == ("The bus stops at nine.", "answerers", "words")
    page = text_of(phone.gets(answer["Location"]))
    assert "We've got it" in page.replace("&#x27;", "'")
    assert "The bus stops at nine." in page


def test_nothing_is_chosen_beforehand() -> None:
    _them, workshop = open_room()
    page = Phone(workshop).join().gets(Phone(workshop).at()).content.decode()
    for name in ("picture", "may_see"):
        inputs = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
        assert len(inputs) == {"picture": 8, "may_see": 3}[name]
        assert not any("checked" in one for one in inputs)


def test_each_person_has_an_order_of_pictures_of_their_own_that_stays() -> None:
    them, workshop = open_room()
    orders = []
    for person in (them.amira, them.amira, them.bo):
        phone = Phone(workshop).opens_link(person)
        orders.append(re.findall(r'name="picture" value="(\w+)"', phone.gets(phone.at()).content.decode()))
    assert orders[0] == orders[1] != orders[2]


def test_eight_more_pictures_keep_what_was_typed_and_picked() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    first = re.findall(r'name="picture" value="(\w+)"', phone.gets(phone.at()).content.decode())
    answer = phone.says(TYPED, picture=first[0], more="1", may_see="group")
    page = answer.content.decode()
    second = re.findall(r'name="picture" value="(\w+)"', page)
    assert answer.status_code == 200
    assert (second[0], len(second)) == (first[0], 9)
    assert f'value="{first[0]}" checked' in page
    assert KEPT in page
    assert Contribution.objects.count() == 0


def test_the_way_says_what_was_given() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    phone.says(picture="door")
    phone.says(strokes='[{"pen": "ink", "points": [1, 2, 3, 4]}]')
    phone.says(photo=upload(png()))
    phone.says(voice=upload(b"OggS" + b"\0" * 60, "a.ogg", "audio/ogg"))
    assert list(Contribution.objects.values_list("given_by", flat=True)) == ["picture", "drawing", "photo", "voice"]
    assert Person.objects.filter(came_by="room").count() == 1


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "empty": ({"words": " "}, "Pick a picture, draw, or write a few words."),
    "too long": ({"words": "é" * 100_000}, "more than we can keep in one card"),
    "a text as a photo": ({"photo": b"MZ not a picture"}, "That is no picture we can show."),
    "a gif": ({"photo": b"GIF89a" + b"\0" * 90}, "That is no picture we can show."),
    "a web page as a sound": ({"voice": b"<html><script>"}, "That is no sound we can keep."),
    "50,000 x 50,000": ({"photo": huge_png()}, "That file is too big."),
    "broken strokes": ({"strokes": "[{"}, "We could not read that drawing."),
    "strokes of a stranger": ({"strokes": '[{"pen": "red", "points": [1, 2]}]'}, "We could not read that drawing."),
    "a choice there is not": ({"may_see": "everybody"}, "Choose one of these."),
    "too many together": ({"together": "900"}, "Write a number from 1 to 8."),
    "no number": ({"together": "two"}, "Write a number from 1 to 8."),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_gets_a_kind_sentence_and_keeps_what_was_typed(case: str) -> None:
    _them, workshop = open_room()
    given, sentence = WRONG[case]
    sent = {key: upload(value) if isinstance(value, bytes) else value for key, value in given.items()}
    answer = Phone(workshop).join().says(**{"words": TYPED, **sent})  # type: ignore[arg-type] # a test's own mix
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert 'class="oops' in page
    typed = given.get("words", TYPED)
    assert (KEPT if typed == TYPED else typed.strip()) in page
    assert (Contribution.objects.count(), Media.objects.count()) == (0, 0)


def test_a_photo_over_the_limit_is_refused_and_the_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from withus.live.actions import media

    monkeypatch.setitem(media.MOST_BYTES, "photo", 50)
    _them, workshop = open_room()
    answer = Phone(workshop).join().says(TYPED, photo=upload(png()))
    assert "That file is too big." in text_of(answer)
    assert KEPT in answer.content.decode()


@pytest.mark.parametrize("words", [TYPED, "\x00NUL\x00", "\u202eevil", "a" * 20_000, "🙂" * 500])
def test_whatever_can_be_typed_is_kept(words: str) -> None:
    _them, workshop = open_room()
    assert Phone(workshop).join().says(words).status_code == 302
    assert Contribution.objects.get().words == words.replace("\x00", "")


@pytest.mark.parametrize("once", ["", "x" * 5000, "\x00", "مرحبا"])
def test_a_broken_id_of_sending_costs_nobody_a_card(once: str) -> None:
    _them, workshop = open_room()
    assert Phone(workshop).join().says("Hello", sent_once=once).status_code == 302


def test_the_same_form_twice_is_one_card_also_with_a_photo() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    answers = [phone.says("Look", sent_once="one", photo=upload(png())) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert (Contribution.objects.count(), Media.objects.count()) == (1, 1)


def test_back_changed_and_sent_is_a_second_card() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    phone.says("One", sent_once="one")
    phone.says("Two", sent_once="one")
    assert list(Contribution.objects.values_list("words", flat=True)) == ["One", "Two"]
    assert Person.objects.filter(came_by="room").count() == 1


def test_we_said_this_together_gives_each_their_own_words() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    page = text_of(phone.gets(phone.says("Ours", together="3")["Location"]))
    assert "For person 2 of you:" in page
    assert "For person 3 of you:" in page
    assert Contribution.objects.get().with_persons.count() == 2


def test_a_card_that_comes_after_the_end_can_be_left_as_a_note_with_one_press() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    state(workshop, "ended")
    answer = phone.says(TYPED)
    assert answer.status_code == 422
    assert "You can still leave it as a note." in text_of(answer)
    assert KEPT in answer.content.decode()
    assert phone.says(TYPED, note="yes").status_code == 302
    card = Contribution.objects.get()
    assert (card.workshop, card.off_agenda, card.may_see) == (None, True, "answerers")


def test_an_empty_note_is_asked_for_again() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    state(workshop, "ended")
    assert "Write a few words first." in text_of(phone.says(" ", note="yes"))


def test_before_it_opens_a_card_is_refused_with_what_was_typed() -> None:
    them, workshop = open_room()
    state(workshop, "planned")
    answer = Phone(workshop).opens_link(them.amira).says(TYPED)
    assert "This workshop is not open yet." in text_of(answer)
    assert KEPT in answer.content.decode()


def test_a_form_without_its_token_is_shown_again_with_what_was_typed() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop, Client(enforce_csrf_checks=True))
    answer = phone.says("My long words that I typed with care, on a small phone, in a bus, for ten minutes or more.")
    assert answer.status_code == 403
    assert "My long words" in answer.content.decode()


def test_a_break_is_asked_for_once_and_by_nobody() -> None:
    _them, workshop = open_room()
    Running.objects.create(workshop=workshop)
    phone = Phone(workshop).join()
    for _again in range(2):
        assert phone.client.post(phone.at("/break")).status_code == 302
    assert Running.objects.get().break_asked


def test_a_subject_is_parked_or_asked_for_instead() -> None:
    _them, workshop = open_room()
    phone = Phone(workshop).join()
    assert "Can we talk about this instead?" in text_of(phone.gets(phone.at("/park?instead")))
    sent = {"words": "Weekends", "sent_once": "p1", "instead": "yes"}
    answer = phone.client.post(phone.at("/park"), sent)
    parked = ParkedSubject.objects.get()
    assert answer["Location"].endswith(f"/receipt/{parked.contribution.mark}")
    assert (parked.instead, parked.contribution.may_see) == (True, "wall")


def test_talking_is_a_button_only_while_somebody_is_there() -> None:
    them, workshop = open_room()
    phone = Phone(workshop).join()
    assert "Talk to someone" not in text_of(phone.gets(phone.at())).replace("Want to talk to someone?", "")
    Running.objects.create(workshop=workshop, on_duty="Priya and Jo, yellow badge")
    assert phone.at("/talk") in phone.gets(phone.at()).content.decode()
    assert "Priya and Jo, yellow badge" in text_of(phone.gets(phone.at("/talk")))
    actions.set_on_duty(workshop, who="", by=them.dev, now=them.now)
    assert "This page reaches nobody." in text_of(phone.gets(phone.at("/talk")))
