"""Whoever overheard four words diverts nothing: what works is left after a week, and its owner hears first and stops it with one press."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import NOW, Cast, cast, team
from tests.loop import ground
from withus.people import actions as people
from withus.people import link
from withus.people.asked import by_words_since
from withus.people.models import Person, Way, WayAsked, WayKind, Wish
from withus.people.sealed import unseal_text
from withus.post.models import Job, Outgoing
from withus.record.models import Opening
from withus.table import actions
from withus.table.mail import way_asked

pytestmark = pytest.mark.django_db
HERS, A_STRANGERS = "a@example.org", "stranger@example.org"
A_WEEK = timedelta(days=7)


@pytest.fixture
def them() -> Cast:
    return cast()


def by_words(them: Cast, person: Person) -> Client:
    client = Client()
    client.post(f"/at/{them.project.address}/words", {"words": link.speakable(person)})
    return client


def by_link(person: Person) -> Client:
    client = Client()
    client.get(link.path(person))
    return client


def about(them: Cast) -> str:
    return f"/at/{them.project.address}/me/about"


def chosen(person: Person) -> tuple[str, str]:
    way = Way.objects.get(person=person, chosen=True)
    return way.kind, unseal_text(way.sealed) if way.sealed else ""


def asks_elsewhere(them: Cast, *, address: str = A_STRANGERS, days: int = 0) -> Way | WayAsked:
    now = NOW + timedelta(days=days)
    return actions.choose_way(them.amira, way="email", address=address, how_often="", now=now, by_words=True)


def test_opened_by_words_a_new_address_waits_and_the_old_one_hears_first(them: Cast) -> None:
    ground.by_email(them, them.amira)
    page = by_words(them, them.amira).post(
        about(them), {"way": "email", "address": A_STRANGERS, "how_often": ""}, follow=True
    )
    assert "Somebody asked us to reach you in another way" in page.content.decode()
    assert chosen(them.amira) == ("email", HERS)
    sent = Outgoing.objects.get(kind="way.asked")
    letter = way_asked(sent.reference)
    assert letter is not None
    assert (letter.to, A_STRANGERS in letter.text, link.path(them.amira) in letter.text) == (HERS, False, True)
    assert [one.kind for one in Opening.objects.filter(about=str(them.amira.uid)).order_by("entry__seq")][
        -1
    ] == "way.asked"


def test_on_the_receipt_it_waits_as_well(them: Cast) -> None:
    ground.by_email(them, them.amira)
    card = ground.card(them, them.amira)
    path = f"/at/{them.project.address}/receipt/{card.mark}"
    page = by_words(them, them.amira).post(path, {"way": "email", "where": A_STRANGERS, "how_often": ""}, follow=True)
    assert (page.status_code, chosen(them.amira), WayAsked.objects.count()) == (200, ("email", HERS), 1)


def test_whoever_has_the_link_changes_it_at_once(them: Cast) -> None:
    ground.by_email(them, them.amira)
    asks_elsewhere(them)
    by_link(them.amira).post(about(them), {"way": "phone", "address": "01632 960 777", "how_often": ""})
    assert (chosen(them.amira), WayAsked.objects.count()) == (("phone", "01632 960 777"), 0)


def test_one_press_stops_it_and_the_day_comes_without_it(them: Cast) -> None:
    ground.by_email(them, them.amira)
    asked = asks_elsewhere(them)
    assert isinstance(asked, WayAsked)
    client = by_link(them.amira)
    assert "Stop it: leave it as it was" in client.get(f"/at/{them.project.address}/me").content.decode()
    assert client.get(f"{about(them)}/as-it-was").status_code == 405
    client.post(f"{about(them)}/as-it-was")
    actions.way_takes({"asked": str(asked.uid)}, NOW + A_WEEK)
    assert (chosen(them.amira), WayAsked.objects.count()) == (("email", HERS), 0)
    assert way_asked({"asked": str(asked.uid), "person": str(them.amira.uid)}) is None


def test_nobody_stops_it_and_it_takes_its_place_after_a_week_once(them: Cast) -> None:
    ground.by_email(them, them.amira)
    asked = asks_elsewhere(them)
    assert isinstance(asked, WayAsked)
    assert (asked.takes_at, Job.objects.get(kind="way.takes").run_at) == (NOW + A_WEEK, NOW + A_WEEK)
    for now in (NOW + A_WEEK - timedelta(minutes=1), NOW + A_WEEK, NOW + A_WEEK):
        actions.way_takes({"asked": str(asked.uid)}, now)
    assert (chosen(them.amira), Opening.objects.filter(kind="way.chosen").count()) == (("email", A_STRANGERS), 2)


def test_of_who_takes_everything_back_nothing_is_changed(them: Cast) -> None:
    ground.by_email(them, them.amira)
    asked = asks_elsewhere(them)
    assert isinstance(asked, WayAsked)
    people.begin_erasing(them.amira, now=NOW, at_once=False)
    actions.way_takes({"asked": str(asked.uid)}, NOW + A_WEEK)
    assert chosen(them.amira) == ("email", HERS)


@pytest.mark.parametrize("away", ["none", "phone"])
def test_to_be_reached_no_more_or_otherwise_waits_as_well(them: Cast, away: str) -> None:
    ground.by_email(them, them.amira)
    actions.choose_way(them.amira, way=away, address="01632 960 777", how_often="", now=NOW, by_words=True)
    assert (chosen(them.amira), WayAsked.objects.get().kind) == (("email", HERS), away)


def test_who_had_no_way_or_one_that_failed_gives_one_at_once(them: Cast) -> None:
    asks_elsewhere(them, address="mine@example.org")
    assert chosen(them.amira) == ("email", "mine@example.org")
    people.note_failing(them.amira, kind=WayKind.EMAIL, now=NOW)
    asks_elsewhere(them, address="newer@example.org")
    assert (chosen(them.amira), WayAsked.objects.count()) == (("email", "newer@example.org"), 0)


def test_how_often_is_theirs_to_say_by_words_and_the_address_stays_known_as_theirs(them: Cast) -> None:
    ground.by_email(them, them.amira)
    actions.choose_way(them.amira, way="email", address="", how_often="once", now=NOW, by_words=True)
    assert (Wish.objects.get(person=them.amira).how_often, chosen(them.amira)) == ("once", ("email", HERS))
    assert by_words_since(them.amira) is None


def test_a_slip_of_the_finger_is_put_right_at_once_and_tells_nobody_elses_letter_box(them: Cast) -> None:
    asks_elsewhere(them, address="mime@example.org")
    later = NOW + timedelta(minutes=14)
    actions.choose_way(them.amira, way="email", address="mine@example.org", how_often="", now=later, by_words=True)
    assert (chosen(them.amira), WayAsked.objects.count()) == (("email", "mine@example.org"), 0)
    asks_elsewhere(them, days=1)
    assert (chosen(them.amira), WayAsked.objects.count()) == (("email", "mine@example.org"), 1)


def test_asked_twice_alike_it_is_one_act_and_the_fourth_in_a_week_is_refused(them: Cast) -> None:
    ground.by_email(them, them.amira)
    for number in (1, 1, 2, 3):
        asks_elsewhere(them, address=f"{number}@example.org")
    assert Outgoing.objects.filter(kind="way.asked").count() == 3
    with pytest.raises(actions.AskedTooOften):
        asks_elsewhere(them, address="4@example.org")
    asks_elsewhere(them, address="4@example.org", days=8)


def test_silenced_first_nobody_diverts_it_unheard(them: Cast) -> None:
    """Whoever is written nothing could not be told: first they are written to again, at the old way."""
    ground.by_email(them, them.amira)
    people.stop_writing(them.amira)
    page = by_words(them, them.amira).post(
        about(them), {"way": "email", "address": A_STRANGERS, "how_often": "as it comes"}
    )
    assert (page.status_code, A_STRANGERS in page.content.decode(), WayAsked.objects.count()) == (422, True, 0)


def test_the_link_in_our_letters_to_an_address_given_by_words_erases_nothing_for_good(them: Cast) -> None:
    asks_elsewhere(them)
    person = them.amira
    # the mail has brought the link; giving the address anew by it proves nothing more
    actions.choose_way(person, way="email", address="other@example.org", how_often="", now=NOW)
    client = by_link(person)
    assert "14 days" in client.get(f"/at/{them.project.address}/me/erase").content.decode()
    client.post(f"/at/{them.project.address}/me/erase")
    person.refresh_from_db()
    assert person.erasing_at is not None
    assert person.erasing_at > NOW + timedelta(days=13)


def test_new_words_end_what_the_old_asked_for_and_take_a_strangers_address_away(them: Cast) -> None:
    card = ground.card(them, them.amira)
    asks_elsewhere(them)
    asks_elsewhere(them, address="second@example.org", days=1)
    path = f"/at/{them.project.address}/telephone/new-words"
    page = team(them).get(path, {"mark": card.mark}).content.decode()
    assert f"We write to {A_STRANGERS}." in page
    team(them).post(path, {"do": "give", "described": "yes", "seen": "1", "mark": card.mark, "not_theirs": "yes"})
    assert (WayAsked.objects.count(), Way.objects.filter(person=them.amira).count()) == (0, 0)
    assert by_words_since(them.amira) is None


def test_sam_and_a_stranger_stop_nothing(them: Cast) -> None:
    ground.by_email(them, them.amira)
    asks_elsewhere(them)
    Client().post(f"{about(them)}/as-it-was")
    client = Client()
    client.get(link.path(them.sams_person))
    client.post(f"{about(them)}/as-it-was")
    assert WayAsked.objects.count() == 1
