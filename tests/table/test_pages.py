"""The table's pages: what they show and to whom, what they never show, and that what was typed is kept."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast, a_workshop, cast, team
from tests.table.test_actions import may_invite, somebody
from withus.charter import actions as charter
from withus.charter import asks as labels
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person, Way
from withus.people.sealed import unseal
from withus.projects import actions as projects
from withus.projects.models import Organisation, Team
from withus.table import actions, mail
from withus.table.models import Place, Seat, Workshop

pytestmark = pytest.mark.django_db


def at(them: Cast, what: str = "table") -> str:
    return f"/at/{them.project.address}/{what}"


def made(browser: Client, them: Cast, *people: Person) -> str:
    """The slips of these people, as they are printed."""
    answer = browser.post(at(them, "table/invitations"), {"person": [str(one.uid) for one in people]})
    return answer.content.decode()


def phone_of(person: Person) -> Client:
    phone = Client()
    phone.get(link.path(person))
    return phone


def test_the_list_shows_parts_and_ways_and_never_an_address_a_need_or_what_was_lived() -> None:
    them = cast()
    grace = somebody(them, way="email", address="grace@example.org", needs=["a lift", "large print"], group="Carers")
    actions.say_lived(grace, lived="yes", now=NOW)
    page = team(them).get(at(them)).content.decode()
    assert "Grace" in page
    assert "Carers" in page
    for secret in ("grace@example.org", "a lift", "large print", ">yes<"):
        assert secret not in page


@pytest.mark.parametrize("lived", ["yes", "no"])
def test_a_page_for_the_team_reads_the_same_whatever_somebody_said_they_lived(lived: str) -> None:
    them = cast()
    grace = somebody(them)
    pages = [at(them), at(them, f"table/{grace.uid}")]
    before = [_plain(team(them).get(page).content.decode()) for page in pages]
    Place.objects.filter(person=grace).update(lived=lived)
    assert [_plain(team(them).get(page).content.decode()) for page in pages] == before


def _plain(page: str) -> str:
    """Without what differs each time: the form's token."""
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_more_people_are_no_more_queries() -> None:
    them = cast()
    workshop, client = a_workshop(them), team(them)
    counts = []
    for more in (1, 2):
        for number in range(more):
            somebody(them, name=f"{more}{number}", needs=["a lift"], way="none", workshops=[workshop])
        client.get(at(them))
        with CaptureQueriesContext(connection) as asked:
            client.get(at(them))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def person_form(**more: Any) -> dict[str, Any]:
    return {"name": "Grace", "role": "member", "group": "Carers", "way": "none", "vote": "", **more}


def test_somebody_is_added_with_their_seat() -> None:
    them = cast()
    workshop = a_workshop(them)
    answer = team(them).post(at(them, "table/add"), person_form(workshops=[workshop.uid], vote="yes", chair="on"))
    assert answer.status_code == 302
    seat = Seat.objects.select_related("person__place").get()
    assert (seat.vote, seat.chair, seat.person.place.group) == (True, True, "Carers")


@pytest.mark.parametrize("wrong", [{"role": "user"}, {"way": "email", "address": ""}, {"name": "x" * 5000}])
def test_what_was_typed_of_somebody_is_kept(wrong: dict[str, str]) -> None:
    them = cast()
    answer = team(them).post(at(them, "table/add"), person_form(**{"group": "Night carers", **wrong}))
    assert answer.status_code == 422
    assert 'value="Night carers"' in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert not Place.objects.exists()


def test_a_workshop_of_another_project_cannot_be_chosen() -> None:
    them = cast()
    theirs = actions.add_workshop(
        them.sams_project, title="Theirs", on=NOW.date(), starts=NOW.time(), ends=NOW.time().replace(hour=20),
        by=them.sam, now=NOW,
    )  # fmt: skip
    answer = team(them).post(at(them, "table/add"), person_form(workshops=[theirs.uid]))
    assert (answer.status_code, Seat.objects.count()) == (422, 0)


def test_the_page_of_somebody_from_another_project_is_not_found() -> None:
    them = cast()
    assert team(them).get(at(them, f"table/{them.sams_person.uid}")).status_code == 404


def test_pay_is_kept_on_the_page_of_one_person() -> None:
    them = cast()
    grace = somebody(them)
    page = at(them, f"table/{grace.uid}")
    assert team(them).post(page, {"offer": "25 pounds an hour", "state": "offered"}).status_code == 302
    assert "25 pounds an hour" in team(them).get(page).content.decode()
    assert "25 pounds" not in team(them).get(at(them)).content.decode()


@pytest.mark.parametrize(
    ("typed", "wrong", "kept"),
    [
        ({"booked": "a taxi " * 200}, [[], [], ["booked"]], "a taxi a taxi"),
        ({"state": "gone", "offer": "25 pounds"}, [[], ["state"], []], 'value="25 pounds"'),
        ({"role": "nobody", "group": "Carers"}, [["role"], [], []], 'value="Carers"'),
    ],
)
def test_of_three_forms_on_one_page_the_one_that_was_sent_says_what_is_wrong_and_keeps_it(
    typed: dict[str, str], wrong: list[list[str]], kept: str
) -> None:
    them = cast()
    grace = somebody(them, needs=["a lift"])
    answer = team(them).post(at(them, f"table/{grace.uid}"), typed)
    assert (answer.status_code, kept in answer.content.decode()) == (422, True)
    assert [list(answer.context[form].errors) for form in ("form", "pay", "booked")] == wrong


def test_who_is_invited_gets_a_slip_with_words_and_the_lasting_address() -> None:
    them = cast()
    may_invite(them)
    grace = somebody(them, workshops=[a_workshop(them)])
    somebody(them, name="Not asked yet")
    assert team(them).post(at(them, "table/invite"), {"person": [str(grace.uid)]}).status_code == 302
    slips = made(team(them), them, grace)
    for there in ("Grace", link.speakable(grace), "https://withus.lantern.example/at/", "01632 960 123", "<svg"):
        assert there in slips
    assert "Not asked yet" not in slips
    assert link.link(grace) not in slips


def test_each_slip_says_its_reader_s_own_part() -> None:
    """Who votes and who is asked do not read the same."""
    them = cast()
    may_invite(them)
    charter.add_decision(them.project, what="Hours", openness="open", who_decides="together", by=them.dev, now=NOW)
    workshop = a_workshop(them)
    votes = somebody(them, workshops=[workshop], vote=True)
    asked = somebody(them, name="Ben", workshops=[workshop], vote=False)
    actions.invite(them.project, persons=[votes, asked], by=them.dev, now=NOW)
    slips = made(team(them), them, votes, asked).split('class="a4"')[1:]
    parts = [str(labels.part(them.project, person).sentence) for person in (votes, asked)]
    assert parts[0] != parts[1]
    assert [part in slip for part, slip in zip(parts, slips, strict=True)] == [True, True]


def test_before_inviting_it_says_who_gets_a_mail_and_for_whom_to_print() -> None:
    them = cast()
    somebody(them, way="email", address="grace@example.org")
    somebody(them, way="phone", address="01632 960 777")
    page = team(them).get(at(them, "table/invite")).content.decode()
    said = re.findall(r"· (gets [^<]+)</span>", page)
    assert said[-2:] == ["gets an e-mail", "gets the slip that you print"]


def test_inviting_nobody_says_so() -> None:
    them = cast()
    somebody(them)
    answer = team(them).post(at(them, "table/invite"), {})
    assert answer.status_code == 409
    assert "Choose at least one person" in answer.content.decode()


def test_a_laptop_in_a_hall_asks_where_people_find_it_before_it_prints(settings: Any) -> None:
    settings.WITHUS_LAN, settings.WITHUS_ADDRESS = True, "http://192.168.1.20:8000"
    them = cast()
    projects.change_organisation(them.organisation, telephone="", lasting_address="")
    may_invite(them)
    grace = somebody(them)
    actions.invite(them.project, persons=[grace], by=them.dev, now=NOW)
    page, client = at(them, "table/invitations"), team(them)
    assert "Before you print" in client.get(page).content.decode()
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"telephone": "01632 960 777"}).status_code == 302
    slips = made(client, them, grace)
    assert Organisation.objects.get(pk=them.organisation.pk).telephone == "01632 960 777"
    assert link.speakable(grace) in slips
    assert "192.168" not in slips


def test_the_letter_reads_like_a_person_wrote_it_and_carries_the_lasting_address() -> None:
    them = cast()
    grace = somebody(them, way="email", address="grace@example.org", workshops=[a_workshop(them)])
    letter = mail.invitation({"person": str(grace.uid)})
    assert letter is not None
    assert letter.to == "grace@example.org"
    for there in (
        "Dear Grace,", f"https://withus.lantern.example{link.path(grace)}", link.speakable(grace), "Workshop 1",
        "Wednesday 6 May 2026", "A safe place to go at night",
    ):  # fmt: skip
        assert there in letter.text
        assert there.replace("'", "&#x27;") in letter.html
    assert letter.stop == f"https://withus.lantern.example/stop/{link.stop(grace)}"
    assert letter.stop in letter.text
    assert letter.stop in letter.html


def test_nobody_is_written_to_who_came_away_from_e_mail_or_was_erased() -> None:
    them = cast()
    grace = somebody(them, way="email", address="grace@example.org")
    actions.choose_way(grace, way="none", address="", how_often="", now=NOW)
    assert mail.invitation({"person": str(grace.uid)}) is None
    assert mail.invitation({"person": "00000000-0000-4000-8000-000000000000"}) is None


def test_nobody_is_invited_by_mail_who_said_stop_or_is_taking_everything_back() -> None:
    them = cast()
    grace = somebody(them, way="email", address="grace@example.org")
    people.stop_writing(grace)
    assert mail.invitation({"person": str(grace.uid)}) is None
    people.write_again(grace)
    assert mail.invitation({"person": str(grace.uid)}) is not None
    people.begin_erasing(grace, now=NOW, at_once=False)
    assert mail.invitation({"person": str(grace.uid)}) is None


def workshop_form(**more: Any) -> dict[str, Any]:
    return {
        "title": "Workshop 2", "on": "2026-06-03", "starts": "14:00", "ends": "16:00", "place": "Library",
        "format": "in person", "look_first": "on", "pre_meeting": "unknown", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"ends": "13:00"}, {"on": "tomorrow"}, {"title": ""}, {"starts": "25:00"}, {"format": "by post"}]
)
def test_what_was_typed_of_a_workshop_is_kept(wrong: dict[str, str]) -> None:
    them = cast()
    answer = team(them).post(at(them, "workshops/new"), workshop_form(**wrong))
    assert answer.status_code == 422
    assert 'value="Library"' in answer.content.decode()
    assert not Workshop.objects.exists()


def test_a_stale_form_shows_the_other_s_and_keeps_ones_own() -> None:
    them = cast()
    workshop = a_workshop(them)
    page = at(them, f"workshops/{workshop.uid}")
    actions.change_workshop(workshop, version=1, by=them.dev, now=NOW, place="The chapel")
    answer = team(them).post(page, workshop_form(version="1", place="The gym"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The chapel" in text
    assert 'value="The gym"' in text
    assert team(them).post(page, workshop_form(version="2", place="The gym")).status_code == 302
    assert Workshop.objects.get().place == "The gym"


def test_the_poster_carries_the_room_s_code_and_the_button_makes_a_new_one() -> None:
    them = cast()
    workshop = a_workshop(them)
    assert f"/r/{workshop.room_code}" in team(them).get(at(them, f"workshops/{workshop.uid}/poster")).content.decode()
    page = team(them).get(at(them, f"workshops/{workshop.uid}")).content.decode()
    assert f'name="seen" value="{workshop.room_code}"' in page
    codes = [workshop.room_code]
    for _press in range(2):
        team(them).post(at(them, f"workshops/{workshop.uid}/renew"), {"seen": workshop.room_code})
        codes.append(Workshop.objects.get().room_code)
    assert (codes[0] != codes[1], codes[1] == codes[2]) == (True, True)


def test_about_me_is_said_by_the_person_and_may_be_left() -> None:
    them = cast()
    grace = somebody(them, way="email", address="grace@example.org")
    phone, page = phone_of(grace), at(them, "me/about")
    assert phone.get(page).status_code == 200
    assert phone.post(page, {"needs": "a lift\nlarge print", "way": "email", "address": ""}).status_code == 302
    assert (Place.objects.get(person=grace).lived, unseal(grace.need.sealed)) == ("", ["a lift", "large print"])
    assert unseal(Way.objects.get(person=grace, chosen=True).sealed) == "grace@example.org"
    assert phone.post(page, {"lived": "not saying"}).status_code == 302
    assert Place.objects.get(person=grace).lived == "not saying"


def test_a_way_without_an_address_says_so_and_keeps_the_rest() -> None:
    them = cast()
    phone, page = phone_of(them.amira), at(them, "me/about")
    answer = phone.post(page, {"needs": "a quiet corner", "way": "post", "address": "", "lived": "yes"})
    assert answer.status_code == 422
    assert "a quiet corner" in answer.content.decode()
    assert not Place.objects.filter(person=them.amira).exists()


def test_yes_maybe_and_no_to_one_s_own_invitation_only() -> None:
    them = cast()
    workshop = a_workshop(them)
    grace = somebody(them, workshops=[workshop])
    page = at(them, "me/about/answer")
    phone_of(grace).post(page, {"workshop": workshop.uid, "answer": "maybe"})
    phone_of(them.amira).post(page, {"workshop": workshop.uid, "answer": "no"})
    phone_of(grace).post(page, {"workshop": workshop.uid, "answer": "perhaps"})
    assert [seat.answer for seat in Seat.objects.all()] == ["maybe"]


def test_somebody_joins_the_team_and_the_last_facilitator_stays() -> None:
    them = cast()
    page, client = at(them, "team"), team(them)
    assert client.post(page, {"staff": them.ada.uid, "part": "safeguarding"}).status_code == 302
    assert client.post(page, {"staff": them.sam.uid, "part": "facilitator"}).status_code == 422
    parts = Team.objects.filter(project=them.project, staff__in=[them.ada, them.sam])
    assert [place.part for place in parts] == ["safeguarding"]
    refused = client.post(page, {"leave": f"{them.dev.uid} facilitator"})
    assert refused.status_code == 409
    assert "Somebody has to run it" in refused.content.decode()
    assert client.post(page, {"leave": f"{them.ada.uid} safeguarding"}).status_code == 302
    assert not Team.objects.filter(project=them.project, staff=them.ada).exists()


@pytest.mark.parametrize("leave", ["x", "x y z", "x \x00", "a" * 9000])
def test_taking_off_nobody_changes_nothing(leave: str) -> None:
    them = cast()
    before = Team.objects.count()
    assert team(them).post(at(them, "team"), {"leave": leave}).status_code == 302
    assert Team.objects.count() == before
