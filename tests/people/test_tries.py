"""Guessing words is limited by neighbourhood and device; nobody is locked out, and the team hears of a great many tries."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from tests.cast import NOW, Cast, cast
from withus.people import actions, mail, tries
from withus.people.models import Miss
from withus.post.models import Outgoing

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.0/24", "198.51.100.0/24"


def miss(them: Cast, times: int, *, block: str = HERE, device: str = "", after: int = 0) -> None:
    for number in range(times):
        tries.note_miss(them.project, block=block, device=device, now=NOW + timedelta(seconds=after + number))


def closed(them: Cast, *, block: str = HERE, device: str = "", minutes: int = 5) -> bool:
    now = NOW + timedelta(minutes=minutes)
    return tries.closed_until(them.project, block=block, device=device, now=now) is not None


def test_nineteen_misses_leave_it_open_and_twenty_close_it() -> None:
    them = cast()
    miss(them, 19)
    assert not closed(them)
    miss(them, 1, after=19)
    assert closed(them)


def test_it_opens_again_an_hour_after_the_first_of_the_twenty() -> None:
    them = cast()
    miss(them, 20)
    until = tries.closed_until(them.project, block=HERE, device="", now=NOW + timedelta(minutes=5))
    assert until == NOW + timedelta(hours=1)
    assert not closed(them, minutes=60)


def test_other_places_and_other_projects_stay_open() -> None:
    them = cast()
    miss(them, 20)
    assert not closed(them, block=ELSEWHERE)
    assert tries.closed_until(them.sams_project, block=HERE, device="", now=NOW) is None


def test_who_came_by_the_rooms_code_has_ten_more_of_their_own() -> None:
    them = cast()
    miss(them, 20)
    assert not closed(them, device="a")
    miss(them, 9, device="a", after=20)
    assert not closed(them, device="a")
    miss(them, 1, device="a", after=29)
    assert closed(them, device="a")
    assert not closed(them, device="b")


def test_one_who_types_badly_in_the_room_does_not_close_it_for_a_stranger_there() -> None:
    them = cast()
    miss(them, 10, device="a")
    miss(them, 10, device="b", after=10)
    assert not closed(them)


def test_a_device_that_used_up_its_own_takes_from_the_place() -> None:
    them = cast()
    miss(them, 29, device="a")
    assert not closed(them, device="a")
    miss(them, 1, device="a", after=29)
    assert closed(them, device="a")
    assert closed(them)


def test_a_new_device_for_each_try_comes_to_an_end_too() -> None:
    """Whoever has the room's code joins as often as they like, and each time is another device."""
    them = cast()
    for number in range(199):
        miss(them, 1, device=str(number), after=number)
    assert not closed(them, device="new")
    miss(them, 1, device="199", after=199)
    assert closed(them, device="new")
    assert closed(them)
    until = tries.closed_until(them.project, block=HERE, device="new", now=NOW + timedelta(minutes=5))
    assert until == NOW + timedelta(hours=1)
    assert not closed(them, block=ELSEWHERE, device="new")


def test_old_misses_are_not_kept() -> None:
    them = cast()
    miss(them, 3)
    miss(them, 1, after=3 * 3600)
    assert Miss.objects.count() == 1


@pytest.mark.parametrize(
    ("peer", "forwarded", "block"),
    [
        ("192.0.2.7", "", "192.0.2.0/24"),
        ("192.0.2.7", "203.0.113.9", "192.0.2.0/24"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.0/24"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.0/24"),
        ("10.0.0.1", "", "10.0.0.0/24"),
        ("2001:db8:1:2:3::9", "", "2001:db8:1:2::/64"),
        ("10.0.0.1", "not an address", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_the_place_is_the_peers_unless_a_named_proxy_says_whose(
    peer: str, forwarded: str, block: str, settings: object
) -> None:
    settings.WITHUS_PROXIES = ("10.0.0.1",)  # type: ignore[attr-defined] # pytest-django's settings
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert tries.block_of(request) == block


def test_the_team_hears_once_an_hour_of_a_thousand_misses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MANY_MISSES", 12)
    them = cast()
    miss(them, 11)
    assert not Outgoing.objects.filter(kind="words.tried").exists()
    miss(them, 5, after=11)
    letter = Outgoing.objects.get(kind="words.tried")
    written = mail.words_tried(letter.reference)
    assert written is not None
    assert written.to == them.dev.email
    assert "The evening cafe" in written.text
    miss(them, 12, after=3600)
    assert Outgoing.objects.filter(kind="words.tried").count() == 2
