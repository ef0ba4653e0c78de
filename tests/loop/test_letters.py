"""Letters on paper: one a person, in the window, noted as posted only when somebody says so, and taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast, cast, phone, team
from tests.loop import ground
from withus.loop import actions, letters
from withus.loop.envelope import lines_of
from withus.loop.models import FIVE, Confirmation, Telling, Told
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person, Way
from withus.record.models import Opening
from withus.record.verify import verify
from withus.table import actions as table

pytestmark = pytest.mark.django_db
DONE: dict[str, Any] = {"outcome": "done", "promised_on": None}
HOME = "Flat 2\n5 Mill Lane\nLeeds\nLS1 1AA"


@pytest.fixture
def them() -> Cast:
    return cast()


def by_post(them: Cast, person: Person, address: str = HOME) -> None:
    table.choose_way(person, way="post", address=address, how_often="as it comes", now=them.now)


def answered(them: Cast, *people: Person, words: str = "The last bus goes at nine.", we_do: str = "A taxi.") -> None:
    cards = [ground.card(them, person, f"{words} {number}") for number, person in enumerate(people)]
    actions.publish(ground.draft(them, ground.theme(them, *cards), we_do=we_do, **DONE), by=them.dev, now=them.now)


def page(them: Cast, name: str = "letters") -> str:
    return reverse(f"loop:{name}", args=[them.project.address])


def states() -> list[str]:
    return list(Telling.objects.order_by("pk").values_list("state", flat=True))


def test_two_answers_to_one_person_are_one_letter_with_both(them: Cast) -> None:
    by_post(them, them.amira)
    answered(them, them.amira, words="Buses.", we_do="A taxi.")
    Telling.objects.update(let_go_at=None)
    answered(them, them.amira, words="Tea.", we_do="More tea.")
    sheets = letters.sheets(them.project, letters.waiting(them.project))
    assert [sheet["to"] for sheet in sheets] == [["Amira", "Flat 2", "5 Mill Lane", "Leeds", "LS1 1AA"]]
    said = [(answer["said"][0]["words"], answer["lines"][1][1]) for answer in sheets[0]["answers"]]
    assert said == [("Buses. 0", "A taxi."), ("Tea. 0", "More tea.")]
    assert sheets[0]["words"] == link.speakable(them.amira)


def test_each_answer_has_a_slip_to_tick_whose_number_says_which_answer(them: Cast) -> None:
    by_post(them, them.amira)
    answered(them, them.amira)
    sheet = letters.sheets(them.project, letters.waiting(them.project))[0]
    code = sheet["answers"][0]["reply"]
    assert sheet["answers"][0]["ticks"] == [str(label) for _value, label in FIVE]
    entered = actions.enter_slip(
        them.project, code=code, says="no", because="", beside=False, by=them.dev, now=them.now
    )
    assert (entered, Confirmation.objects.get().person) == (actions.Slip.ENTERED, them.amira)


def test_after_the_second_round_and_not_before_the_slip_has_a_sixth_tick_that_is_hers(them: Cast) -> None:
    for person in (them.amira, them.bo):
        by_post(them, person)
    theme = ground.theme(them, ground.card(them, them.amira), ground.card(them, them.bo, "Tea."))
    first = ground.draft(them, theme, **DONE)
    actions.publish(first, by=them.dev, now=them.now)
    said = [(sheet["to"][0], len(sheet["answers"][0]["ticks"])) for sheet in sheets_of(them)]
    assert said == [("Amira", 5), ("Bo", 5)]
    actions.confirm(them.amira, answer=first, says="no", now=them.now + timedelta(days=1))
    assert [len(sheet["answers"][0]["ticks"]) for sheet in sheets_of(them)] == [5, 5]
    later = them.now + timedelta(days=20)
    actions.publish(ground.draft(them, theme, now=later, we_do="A bus, too.", **DONE), by=them.dev, now=later)
    ticks = {sheet["to"][0]: sheet["answers"][0]["ticks"] for sheet in sheets_of(them)}
    five = [str(label) for _value, label in FIVE]
    assert ticks == {"Amira": [*five, "We do not agree, and leave it at that"], "Bo": five}
    page_of_hers = team(them).post(reverse("loop:letter", args=[them.project.address, them.amira.uid]))
    assert "☐ We do not agree, and leave it at that" in page_of_hers.content.decode()
    assert b"/MarkInfo<</Marked true" in team(them).post(page(them, "letters_pdf")).content


def sheets_of(them: Cast) -> list[dict[str, Any]]:
    return sorted(letters.sheets(them.project, letters.waiting(them.project)), key=lambda sheet: str(sheet["to"][0]))


def test_nobodys_letter_has_anothers_words(them: Cast) -> None:
    for person in (them.amira, them.bo):
        by_post(them, person)
    answered(them, them.amira, them.bo)
    sheets = letters.sheets(them.project, letters.waiting(them.project))
    quoted = [[card["words"] for answer in sheet["answers"] for card in answer["said"]] for sheet in sheets]
    assert quoted == [["The last bus goes at nine. 0"], ["The last bus goes at nine. 1"]]


def test_making_the_pdf_does_not_say_that_anybody_was_told_and_it_is_tagged(them: Cast) -> None:
    by_post(them, them.amira)
    answered(them, them.amira)
    for chosen in ({}, {"envelope": "c5", "sides": "one"}, {"envelope": "none", "sides": "x"}):
        answer = team(them).post(page(them, "letters_pdf"), chosen)
        assert answer["Content-Type"] == "application/pdf"
        assert b"/MarkInfo<</Marked true" in answer.content
    assert "Flat 2" in team(them).post(page(them, "letters_page")).content.decode()
    assert states() == [Told.WAITING]


def test_without_a_letter_there_is_no_pdf(them: Cast) -> None:
    answer = team(them).post(page(them, "letters_pdf"))
    assert (answer.status_code, answer["Location"]) == (302, page(them))
    assert not Opening.objects.filter(kind="letters.printed").exists()
    assert "No letter waits" in team(them).get(page(them)).content.decode()


@pytest.mark.parametrize(("sides", "pages"), [("both", 7), ("one", 6)])
def test_on_both_sides_no_two_people_share_a_sheet(them: Cast, sides: str, pages: int) -> None:
    for person in (them.amira, them.bo):
        by_post(them, person)
    answered(them, them.amira, them.bo, we_do="We pay for a taxi home. " * 220)
    made = team(them).post(page(them, "letters_pdf"), {"sides": sides}).content
    assert re.findall(rb"/Type/Pages/Count (\d+)", made) == [str(pages).encode()]


def test_whoever_makes_letters_is_on_the_record_once_a_letter_and_without_a_name(them: Cast) -> None:
    for person in (them.amira, them.bo):
        by_post(them, person)
    answered(them, them.amira, them.bo)
    client = team(them)
    client.post(page(them, "letters_pdf"))
    client.post(page(them, "letters_page"))
    client.post(reverse("loop:letter", args=[them.project.address, them.amira.uid]))
    said = Opening.objects.filter(kind="letters.printed").order_by("pk").values_list("by", "about", "facts")
    dev, amira, bo = f"staff:{them.dev.uid}", str(them.amira.uid), str(them.bo.uid)
    assert list(said) == [(dev, one, {"letters": 1}) for one in (amira, bo, amira, bo, amira)]
    assert verify(them.project).ok


def test_she_reads_on_her_page_that_a_letter_to_her_was_printed_and_nobody_else_does(them: Cast) -> None:
    answered(them, them.amira, them.bo)
    team(them).post(reverse("loop:letter", args=[them.project.address, them.amira.uid]))
    said = "A letter to you was printed on"
    pages = [phone(one).get(reverse("loop:me", args=[them.project.address])) for one in (them.amira, them.bo)]
    assert [said in one.content.decode() for one in pages] == [True, False]


def test_posted_is_what_was_shown_and_counts_once(them: Cast) -> None:
    by_post(them, them.amira)
    answered(them, them.amira)
    shown = " ".join(str(one.uid) for one in Telling.objects.all())
    by_post(them, them.bo)
    answered(them, them.bo)
    client = team(them)
    for _twice in range(2):
        client.post(page(them), {"tellings": shown})
    assert states() == [Told.PRINTED, Told.WAITING]
    assert [one.facts for one in Opening.objects.filter(kind="letters.posted")] == [{"letters": 1, "back": False}]


def test_they_were_not_posted_brings_back_what_was_read_too_or_the_list_would_say_who_read_it(them: Cast) -> None:
    for person in (them.amira, them.bo):
        by_post(them, person)
    answered(them, them.amira, them.bo)
    uids = [one.uid for one in Telling.objects.all()]
    assert actions.note_posted(them.project, uids=uids, by=them.dev, now=them.now) == 2
    answer = Telling.objects.all()[0].version.answer
    actions.mark_read(them.bo, answer, now=them.now + timedelta(hours=1))
    team(them).post(page(them), {"undo": them.now.isoformat()})
    assert states() == [Told.WAITING, Told.WAITING]


def test_letters_of_another_project_are_not_noted(them: Cast) -> None:
    by_post(them, them.amira)
    answered(them, them.amira)
    uids = [one.uid for one in Telling.objects.all()]
    assert actions.note_posted(them.sams_project, uids=uids, by=them.sam, now=them.now) == 0
    assert actions.take_back_posted(them.sams_project, at=them.now, by=them.sam, now=them.now) == 0
    assert states() == [Told.WAITING]


@pytest.mark.parametrize("form", [{"tellings": "x"}, {"undo": "x"}, {"undo": "2026-99-01"}, {"undo": "2026-01-01"}])
def test_a_made_up_form_is_not_found(them: Cast, form: dict[str, str]) -> None:
    assert team(them).post(page(them), form).status_code == 404


def test_nobody_is_written_to_at_an_address_that_fails(them: Cast) -> None:
    by_post(them, them.amira)
    answered(them, them.amira)
    Way.objects.update(bounced_at=them.now)
    assert letters.waiting(them.project) == []


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (HOME, ("Amira", "Flat 2", "5 Mill Lane", "Leeds", "LS1 1AA")),
        ("Ms Amira Aziz\n5 Mill Lane\nLeeds", ("Ms Amira Aziz", "5 Mill Lane", "Leeds")),
        ("5 Mill Lane, Leeds, LS1 1AA", ("Amira", "5 Mill Lane", "Leeds", "LS1 1AA")),
        ("a\nb\nc\nd\ne\nf\ng\nh", ("Amira", "a", "b", "c", "d", "e, f, g", "h")),
        (" \n\n5 Mill Lane,\n", ("Amira", "5 Mill Lane")),
    ],
)
def test_what_stands_in_the_window(them: Cast, address: str, lines: tuple[str, ...]) -> None:
    assert lines_of(address, them.amira) == lines


def test_of_two_wordings_that_both_wait_the_letter_has_the_newer(them: Cast) -> None:
    by_post(them, them.amira)
    theme = ground.theme(them, ground.card(them, them.amira))
    for number, we_do in enumerate(("A taxi.", "A bus.")):
        now = them.now + timedelta(days=20 * number)
        actions.publish(ground.draft(them, theme, we_do=we_do, now=now, **DONE), by=them.dev, now=now)
    rounds = letters.waiting(them.project)
    sheets = letters.sheets(them.project, rounds)
    assert [answer["lines"][1][1] for answer in sheets[0]["answers"]] == ["A bus."]
    assert len(rounds[0].tellings) == 2, "and with it both are told"


def test_nobody_is_written_to_who_takes_everything_back(them: Cast) -> None:
    by_post(them, them.amira)
    answered(them, them.amira)
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    assert letters.waiting(them.project) == []
