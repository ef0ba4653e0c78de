import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, cast, phone, signed_in
from tests.loop import ground
from withus.loop import actions, turning_mail
from withus.loop.models import Answer, Confirmation, Telling
from withus.loop.models_of_closing import Turning
from withus.loop.models_of_telling import Try
from withus.people import actions as people
from withus.people import link
from withus.people.models import Miss, Person
from withus.post.models import Outgoing
from withus.projects import actions as projects
from withus.projects.models import Part, Project
from withus.record.models import Opening
from withus.table import actions as table

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def staff(them: Cast, who: str = "dev") -> Client:
    return signed_in(getattr(them, who))


def at(them: Cast, page: str) -> str:
    return f"/at/{them.project.address}/{page}"


def state_of(them: Cast) -> str:
    return Project.objects.get(pk=them.project.pk).state


def test_the_page_lists_what_is_missing_with_the_next_step(them: Cast) -> None:
    people.set_way(them.bo, kind="post", address="1 Mill Street")
    ground.published(them, them.amira, them.bo)
    open_card = ground.card(them, them.amira, "And the lamp?")
    page = staff(them).get(at(them, "close")).content.decode()
    assert f"Answer {open_card.mark}" in page
    assert "They chose post, and the letter is not printed: 1 person" in page
    assert at(them, "letters") in page
    assert "Turn the first key" not in page.partition("When it can’t go on")[0]


def key_of(them: Cast) -> str:
    """The page behind the link in the mail that asks Joy for her key."""
    rows = Outgoing.objects.filter(kind="key.waits", reference__person=str(them.joy.uid))
    letter = turning_mail.key_waits(rows.order_by("pk")[0].reference)
    assert letter is not None
    assert (letter.to, "Stop these mails with one press" in letter.text) == ("a@example.org", True)
    found = re.search(r"https://withus\.lantern\.example(/at/[^/]+/key/\S+)", letter.text)
    assert found is not None
    return found.group(1)


def turned_by_joy(them: Cast) -> None:
    row = Turning.objects.get()
    assert Client().post(key_of(them), {"do": "second", "turning": str(row.uid)}).status_code == 302


def test_dev_turns_one_key_and_joy_the_other_from_the_mail_that_asks_her(them: Cast) -> None:
    ground.by_email(them, them.joy)
    table.slips_made(them.project, persons=[them.joy], by=them.dev, now=them.now)
    dev, joy = staff(them), phone(them.joy)
    dev.post(at(them, "close"), {"do": "close"})
    row = Turning.objects.get()
    assert dev.post(at(them, "close"), {"do": "second", "turning": str(row.uid)}).status_code == 409
    assert "Look at it" in joy.get(at(them, "me")).content.decode()
    assert joy.post(at(them, "me/key"), {"do": "second", "turning": "0"}).status_code == 409
    page = joy.post(at(them, "me/key"), {"do": "second", "turning": str(row.uid)})
    assert (page.status_code, state_of(them)) == (409, "planned")
    assert "from the e-mail that asks you for it" in page.content.decode()
    mailed = key_of(them)
    assert "Yes, turn my key" in Client().get(mailed).content.decode()
    assert state_of(them) == "planned"
    assert Client().post(mailed, {"do": "second", "turning": str(row.uid)}).status_code == 302
    assert state_of(them) == "closed"
    assert "Nothing waits for your key" in Client().get(mailed).content.decode()


def test_a_printed_link_turns_no_key_and_still_stops_it(them: Cast) -> None:
    """Joy left no e-mail, and Dev, who turns the first key, has made her slip: he could press there in her place. She can say no."""
    table.slips_made(them.project, persons=[them.joy], by=them.dev, now=them.now)
    projects.join_team(them.project, staff=them.ada, part=Part.FACILITATOR)
    staff(them).post(at(them, "close"), {"do": "close"})
    row, joy = Turning.objects.get(), phone(them.joy)
    assert not Outgoing.objects.filter(reference__person=str(them.joy.uid)).exists()
    refused = joy.post(at(them, "me/key"), {"do": "second", "turning": str(row.uid)})
    assert (refused.status_code, "Yes, turn my key" in refused.content.decode()) == (409, False)
    assert joy.post(at(them, "me/key"), {"do": "back", "turning": str(row.uid)}).status_code == 302
    assert staff(them, "ada").post(at(them, "close"), {"do": "second", "turning": str(row.uid)}).status_code == 409
    assert state_of(them) == "planned"


def test_an_address_given_after_the_first_key_gets_no_key(them: Cast) -> None:
    """Dev turns the first, opens Joy's page by her printed link and writes his own address there."""
    ground.by_email(them, them.joy)
    staff(them).post(at(them, "close"), {"do": "close"})
    table.choose_way(them.joy, way="email", address="dev@x.example", how_often="as it comes", now=timezone.now())
    assert [turning_mail.key_waits(one.reference) for one in Outgoing.objects.filter(reference__has_key="person")] == [
        None,
        None,
    ]


def test_the_link_of_a_key_opens_nothing_with_new_words_in_another_project_or_changed(them: Cast) -> None:
    ground.by_email(them, them.joy)
    staff(them).post(at(them, "close"), {"do": "close"})
    mailed = key_of(them)
    assert Client().get(mailed + "x").status_code == 404
    assert Client().get(mailed.replace(them.project.address, them.sams_project.address)).status_code == 404
    Person.objects.filter(pk=them.joy.pk).update(generation=2)
    assert Client().get(mailed).status_code == 404


def test_it_asks_all_who_can_at_once_and_once_more_after_a_week_while_it_waits(them: Cast) -> None:
    ground.by_email(them, them.joy)
    projects.join_team(them.project, staff=them.ada, part=Part.CO_LEAD)
    row = actions.first_key(them.project, what="close", by=actions.Hand(staff=them.dev), now=timezone.now())
    sent = Outgoing.objects.filter(kind="key.waits").order_by("run_at", "pk")
    whom = [(one.reference.get("staff") or one.reference["person"], one.run_at - row.asked_at) for one in sent]
    both = [str(them.ada.uid), str(them.joy.uid)]
    assert whom == [(uid, wait) for wait in (timedelta(0), timedelta(days=7)) for uid in both]
    texts = [letter.text for one in sent if (letter := turning_mail.key_waits(one.reference))]
    assert ["This is the last time" in text for text in texts] == [False, False, True, True]
    assert [at(them, "close") in text for text in texts] == [True, False, True, False]
    actions.take_key_back(row, by=actions.Hand(staff=them.dev), now=timezone.now())
    assert [turning_mail.key_waits(one.reference) for one in sent] == [None] * 4


@pytest.mark.parametrize("who", ["amira", "bo", "sams_person"])
def test_who_is_no_co_lead_has_no_key(them: Cast, who: str) -> None:
    row = actions.first_key(them.project, what="close", by=actions.Hand(staff=them.dev), now=timezone.now())
    client = phone(getattr(them, who))
    assert client.get(at(them, "me/key")).status_code == 404
    assert client.post(at(them, "me/key"), {"turning": str(row.uid)}).status_code == 404
    assert "Look at it" not in client.get(at(them, "me"), follow=True).content.decode()


def test_a_rest_keeps_what_was_typed_and_then_says_so_everywhere(them: Cast) -> None:
    dev = staff(them)
    ground.by_email(them, them.joy)
    typed = {"not_answered": "Nobody answers for now.", "keeper": "Ada", "until": "2001-01-01"}
    page = dev.post(at(them, "close/rest"), typed)
    assert page.status_code == 422
    assert "Nobody answers for now." in page.content.decode()
    until = (timezone.now() + timedelta(days=90)).date().isoformat()
    assert dev.post(at(them, "close/rest"), typed | {"until": until}).status_code == 302
    turned_by_joy(them)
    amira = phone(them.amira)
    for page in (Client().get(at(them, "")[:-1]), amira.get(at(them, "me"))):
        text = page.content.decode()
        assert ("Nobody answers for now." in text, "Ada keeps people’s words, till " in text) == (True, True)
    amira.post(at(them, "me/noticed"))
    assert "Nobody answers for now." not in amira.get(at(them, "me")).content.decode()
    assert "Amira" in dev.get(at(them, "close/told")).content.decode()
    dev.post(at(them, "close"), {"do": "wake"})
    assert state_of(them) == "running"


def test_who_chose_post_is_written_to_about_a_rest(them: Cast) -> None:
    people.set_way(them.amira, kind="post", address="1 Mill Street")
    dev = staff(them)
    assert dev.post(at(them, "close/told/letters")).status_code == 404
    until = (timezone.now() + timedelta(days=90)).date()
    terms = actions.Terms(not_answered="Nobody answers for now.", keeper="Ada", until=until)
    first = actions.first_key(
        them.project, what="rest", by=actions.Hand(staff=them.dev), now=timezone.now(), terms=terms
    )
    actions.second_key(first, by=actions.Hand(person=them.joy, asked=True), now=timezone.now())
    page = dev.post(at(them, "close/told/letters")).content.decode()
    assert page.count('<section class="a4') == 1
    for words in ("1 Mill Street", "Nobody answers for now.", link.speakable(them.amira)):
        assert words in page
    assert "1 letter to print" in dev.get(at(them, "close/told")).content.decode()
    dev.post(at(them, "close/told"), {"person": str(them.amira.uid), "how": "Posted", "do": "told"})
    assert "1 Mill Street" not in dev.post(at(them, "close/told/letters")).content.decode()


def test_nobody_learns_from_handing_over_whether_an_address_has_an_account(them: Cast) -> None:
    dev, seen, letters = staff(them), [], []
    for address in ("sam@elsewhere.example", "zoe@elsewhere.example"):
        sent = dev.post(at(them, "close/hand-over"), {"to": address, "days": "28"})
        page = dev.get(at(them, "close")).content.decode()
        row = Turning.objects.get(ended_at=None)
        fresh = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"', "", page)
        seen.append((sent.status_code, sent["Location"], fresh.replace(address, "").replace(str(row.uid), "")))
        letter = turning_mail.project_asked({"turning": str(row.uid)})
        assert letter is not None
        letters.append((letter.to, letter.subject, letter.text.splitlines()))
        dev.post(at(them, "close"), {"do": "back", "turning": str(row.uid)}, follow=True)
        assert turning_mail.project_asked({"turning": str(row.uid)}) is None
    assert seen[0] == seen[1]
    assert "Turn the second key" not in seen[0][2]
    assert [to for to, _subject, _lines in letters] == ["sam@elsewhere.example", "zoe@elsewhere.example"]
    assert letters[0][1] == letters[1][1]
    differ = [(one, other) for one, other in zip(letters[0][2], letters[1][2], strict=True) if one != other]
    assert len(differ) == 1
    assert differ[0][0].startswith("Sign in with this e-mail address till")
    assert differ[0][1].startswith("You need an account with this e-mail address.")


def test_on_the_telephone_the_page_opens_by_words_and_a_yes_and_tells_its_owner(them: Cast) -> None:
    answer, dev = ground.published(them, them.amira), staff(them)
    words = link.speakable(them.amira)
    assert dev.post(at(them, "telephone"), {"words": words}).status_code == 422
    assert dev.get(at(them, "telephone/read")).status_code == 302
    assert dev.post(at(them, "telephone"), {"words": words, "agreed": "yes"}).status_code == 302
    page = dev.get(at(them, "telephone/read")).content.decode()
    assert "A taxi home." in page
    assert 'name="says"' not in page
    assert Opening.objects.filter(kind="page.read_out", about=str(them.amira.uid)).count() == 1
    dev.post(at(them, "telephone/read"), {"do": "told", "says": "i know now"})
    assert Confirmation.objects.count() == 0
    assert Telling.objects.get(version__answer=answer).because == "By telephone, by Dev"
    assert dev.get(at(them, "telephone/read")).status_code == 302
    assert "This page was read to you on the telephone" in phone(them.amira).get(at(them, "me")).content.decode()


def test_the_line_is_dead_after_half_an_hour_and_in_another_project(them: Cast) -> None:
    dev = staff(them)
    dev.post(at(them, "telephone"), {"words": link.speakable(them.amira), "agreed": "yes"})
    session = dev.session
    held = session["on_the_telephone"]
    session["on_the_telephone"] = [str(them.sams_project.uid), *held[1:]]
    session.save()
    assert dev.get(at(them, "telephone/read")).status_code == 302
    session["on_the_telephone"] = [*held[:2], (timezone.now() - timedelta(minutes=31)).isoformat()]
    session.save()
    assert dev.get(at(them, "telephone/read")).status_code == 302
    session["on_the_telephone"] = held
    session.save()
    assert dev.get(at(them, "telephone/read")).status_code == 200


def test_the_team_cannot_try_words_for_ever_and_locks_out_nobody_else(them: Cast) -> None:
    dev = staff(them)
    for _try in range(20):
        dev.post(at(them, "telephone"), {"words": "a b c d", "agreed": "yes"})
    right = {"words": link.speakable(them.amira), "agreed": "yes"}
    assert dev.post(at(them, "telephone"), right).status_code == 429
    assert Miss.objects.count() == 20
    library = Client()
    assert library.post(at(them, "words"), {"words": right["words"]}).status_code == 302


def test_a_slip_is_entered_and_the_page_says_nothing_of_whose_it_was(them: Cast) -> None:
    ground.published(them, them.amira)
    dev = staff(them)
    printed = dev.post(at(them, f"telling/{them.amira.uid}/letter")).content.decode()
    found = re.search(r">([A-Z2-7]{4}-[A-Z2-7]{4})<", printed)
    assert found is not None
    assert dev.post(at(them, "slips"), {"code": "AAAA-AAAA", "says": "no"}).status_code == 422
    assert dev.post(at(them, "slips"), {"code": found.group(1)}).status_code == 422
    after = dev.post(at(them, "slips"), {"code": found.group(1), "says": "i know now"}, follow=True).content.decode()
    assert Confirmation.objects.get().by_slip
    assert "Amira" not in after
    assert "You told us:" in phone(them.amira).get(at(them, f"me/answer/{Answer.objects.get().uid}")).content.decode()


def test_no_page_of_the_team_shows_who_has_answered(them: Cast) -> None:
    answer = ground.published(them, them.amira, them.bo)
    persons = [them.amira, them.bo]
    actions.told_in_the_room(them.project, persons=persons, how="There", by=them.dev, now=them.now)
    dev = staff(them)
    before = dev.get(at(them, "telling")).content.decode(), dev.get(at(them, f"telling/{them.amira.uid}")).content
    actions.confirm(them.amira, answer=answer, says="no", now=them.now + timedelta(days=3))
    after = dev.get(at(them, "telling")).content.decode(), dev.get(at(them, f"telling/{them.amira.uid}")).content
    hidden = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert hidden.sub("", before[0]) == hidden.sub("", after[0])
    assert hidden.sub("", before[1].decode()) == hidden.sub("", after[1].decode())


def test_a_library_computer_forgets(them: Cast) -> None:
    library = Client()
    library.post(at(them, "words"), {"words": link.speakable(them.amira)})
    page = library.get(at(them, "me"))
    assert "no-store" in page["Cache-Control"]
    assert "Finish on this computer" in page.content.decode()
    done = library.post(at(them, "forget"), {"finish": "yes"})
    assert done["Clear-Site-Data"] == '"cache"'
    assert library.get(at(them, "me")).status_code == 302
    assert "Finish on this computer" not in phone(them.amira).get(at(them, "me")).content.decode()


def test_on_a_poster_the_marks_stand_a_to_z_and_who_says_so_has_a_line(them: Cast) -> None:
    cards = [ground.card(them, them.amira, f"Card {number}") for number in range(12)]
    answer = ground.draft(them, ground.theme(them, *cards))
    actions.publish(answer, by=them.dev, now=them.now)
    page = staff(them).get(at(them, "poster")).content.decode()
    assert re.findall(r'class="pmark">([^<]+)<', page) == sorted(card.mark for card in cards)
    assert "<p><b>Who says so:</b>" in page
    assert "<p>Promised by <b>1 September 2026</b>.</p>" in page


def test_a_poster_has_marks_and_answers_and_nobodys_words(them: Cast) -> None:
    card = ground.card(them, them.amira, "My brother's name is Tariq.")
    answer = ground.draft(them, ground.theme(them, card))
    actions.publish(answer, by=them.dev, now=them.now)
    page = staff(them).get(at(them, "poster")).content.decode()
    assert card.mark in page
    assert "A taxi home." in page
    assert "Tariq" not in page
    assert "Amira" not in page
    assert staff(them).post(at(them, "poster"), {"do": "up"}).status_code == 409


def test_in_the_room_a_tick_says_who_told_whom(them: Cast) -> None:
    ground.published(them, them.amira, them.bo)
    dev = staff(them)
    assert dev.post(at(them, "in-person"), {"who": "Jo"}).status_code == 409
    refused = dev.post(at(them, "in-person"), {"person": str(them.amira.uid), "who": " "})
    assert refused.status_code == 409
    assert f'value="{them.amira.uid}" checked' in refused.content.decode()
    dev.post(at(them, "in-person"), {"person": [str(them.amira.uid), str(them.sams_person.uid)], "who": "Jo"})
    assert Telling.objects.get(person=them.amira).because == "Face to face, by Jo"
    page = dev.get(at(them, "in-person")).content.decode()
    assert ">Bo<" in page
    assert ">Amira<" not in page
    assert dev.get(at(them, "in-person?paper=yes")).status_code == 200


def test_a_card_from_paper_gets_a_slip_and_only_such_a_card(them: Cast) -> None:
    dev = staff(them)
    page = dev.get(at(them, "paper")).content.decode()
    once = re.search(r'name="sent_once" value="(\w+)"', page)
    assert once is not None
    sent = {"whose": "new", "words": "A bench.", "sent_once": once.group(1)}
    assert dev.post(at(them, "paper"), sent | {"words": ""}).status_code == 422
    first = dev.post(at(them, "paper"), sent)
    assert dev.post(at(them, "paper"), sent)["Location"] == first["Location"]
    person = Person.objects.get(came_by="paper")
    assert link.speakable(person) in dev.post(first["Location"]).content.decode()
    own = ground.card(them, them.amira)
    assert dev.get(at(them, f"paper/{own.mark}")).status_code == 404
    assert staff(them, "sam").get(first["Location"]).status_code == 404


def test_three_tries_over_two_ways_and_nobody_holds_it_any_more(them: Cast) -> None:
    people.set_way(them.amira, kind="phone", address="01632 960 777")
    ground.published(them, them.amira)
    dev, page = staff(them), at(them, f"telling/{them.amira.uid}")
    assert dev.post(page, {"do": "tried", "way": "phone", "how": ""}).status_code == 409
    wrong = dev.post(page, {"do": "tried", "way": "pigeon", "how": "It flew off."})
    assert wrong.status_code == 409
    assert "It flew off." in wrong.content.decode()
    for seen, way, how in (("0", "phone", "Nobody answered."), ("1", "post", "The letter came back.")):
        said = {"do": "tried", "way": way, "how": how, "seen": seen}
        assert f'name="seen" value="{seen}"' in dev.get(page).content.decode()
        assert [dev.post(page, said).status_code for _press in range(2)] == [302, 302]
    shown = dev.get(page).content.decode()
    assert "Nobody answered." in shown
    assert "The letter came back." in shown
    assert Telling.objects.get().state == "waiting"
    old = dev.post(page, {"do": "tried", "way": "phone", "how": "Nobody, again.", "seen": "1"})
    assert (old.status_code, "A try was written down since you opened this page." in old.content.decode()) == (
        409,
        True,
    )
    assert "Nobody, again." in old.content.decode()
    assert (Try.objects.count(), Telling.objects.get().state) == (2, "waiting")
    dev.post(page, {"do": "tried", "way": "phone", "how": "Again nobody.", "seen": "2"})
    assert Telling.objects.get().state == "unreachable"
    assert "Turn the first key: close it" in dev.get(at(them, "close")).content.decode()
