"""The days of promises in the owners' calendars: by a secret address, with reminders, without anybody's words."""

from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from tests.cast import Cast, cast, signed_in
from tests.reports.ground import DAY, published
from withus.accounts.models import Staff
from withus.loop import actions as loop
from withus.projects import actions as projects
from withus.projects.models import Part
from withus.reports import actions
from withus.reports.calendar import of_promises
from withus.reports.link import secret_of
from withus.reports.models import CalendarLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def address(them: Cast, staff: Staff) -> str:
    return f"/calendar/{secret_of(actions.new_calendar_link(them.project, by=staff, now=them.now))}.ics"


def test_each_promise_is_a_whole_day_with_two_reminders(them: Cast) -> None:
    answer = published(them, we_do="A taxi\nhome; for, everybody.")
    published(them, name="Bus", outcome="not doing", promised_on=None)
    made = Calendar.from_ical(of_promises(them.project, now=them.now))
    events = list(made.walk("VEVENT"))
    assert [(str(one["UID"]), one.decoded("DTSTART"), one.decoded("DTEND")) for one in events] == [
        (f"{answer.uid}@withus", DAY, DAY + timedelta(days=1))
    ]
    assert str(events[0]["SUMMARY"]) == "Lantern House promised: A taxi home; for, everybody."
    assert [one.decoded("TRIGGER") for one in events[0].walk("VALARM")] == [timedelta(days=-7), timedelta(days=-1)]
    raw = of_promises(them.project, now=them.now)
    assert b"Getting home" not in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_name_with_a_line_break_in_it_breaks_no_calendar(them: Cast) -> None:
    published(them, body="Lantern\rHouse\r\nBEGIN:VALARM")
    them.project.title = "The evening\r\nBEGIN:VEVENT\rcafe"
    made = Calendar.from_ical(of_promises(them.project, now=them.now))
    assert str(made["X-WR-CALNAME"]) == "Promises: The evening BEGIN:VEVENT cafe"
    assert [str(one["SUMMARY"]) for one in made.walk("VEVENT")] == ["Lantern House BEGIN:VALARM promised: A taxi home."]


def test_a_promise_that_moves_is_the_same_event_and_a_kept_one_rings_no_more(them: Cast) -> None:
    answer = published(them)
    first = Calendar.from_ical(of_promises(them.project, now=them.now)).walk("VEVENT")[0]
    loop.redate(answer, on=date(2099, 10, 1), because="Parts.", by=them.dev, now=them.now)
    moved = Calendar.from_ical(of_promises(them.project, now=them.now)).walk("VEVENT")[0]
    loop.keep_promise(answer, on=date(2026, 5, 7), by=them.dev, now=them.now)
    kept = Calendar.from_ical(of_promises(them.project, now=them.now)).walk("VEVENT")[0]
    assert first["UID"] == moved["UID"] == kept["UID"]
    assert [int(str(one["SEQUENCE"])) for one in (first, moved, kept)] == [2, 4, 7]
    assert moved.decoded("DTSTART") == date(2099, 10, 1)
    assert kept.walk("VALARM") == []


def test_a_calendar_program_needs_no_account(them: Cast) -> None:
    published(them)
    answer = Client().get(address(them, them.hall))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")


def test_the_secret_lies_nowhere_readable(them: Cast) -> None:
    path = address(them, them.dev)
    row = CalendarLink.objects.get()
    assert secret_of(row) in path
    assert secret_of(row) not in " ".join(str(value) for value in vars(row).values())


def test_a_new_address_ends_the_old_one_and_ending_ends_it(them: Cast) -> None:
    old, new = address(them, them.dev), address(them, them.dev)
    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]
    actions.end_calendar_link(them.project, by=them.dev, now=them.now)
    assert Client().get(new).status_code == 404
    assert Client().get(f"/calendar/{'A' * 26}.ics").status_code == 404


def test_who_leaves_the_team_or_loses_the_account_reads_no_more(them: Cast) -> None:
    path = address(them, them.hall)
    projects.leave_team(them.project, staff=them.hall, part=Part.DECISION_MAKER)
    assert Client().get(path).status_code == 404
    projects.join_team(them.project, staff=them.hall, part=Part.DECISION_MAKER)
    assert Client().get(path).status_code == 200
    Staff.objects.filter(pk=them.hall.pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_each_has_an_address_of_their_own_and_makes_it_by_pressing_only(them: Cast) -> None:
    page = f"/at/{them.project.address}/calendar"
    seen = []
    for staff in (them.dev, them.hall):
        client = signed_in(staff)
        assert "/calendar/" not in client.get(page).content.decode().split("<main")[1]
        for _press in range(2):
            assert client.post(page, {"do": "new", "seen": "0"}).status_code == 302
        text = client.get(page).content.decode()
        seen.append(text.split("https://withus.lantern.example/calendar/")[1][:26])
        assert client.post(page, {"do": "end"}).status_code == 302
    assert len(set(seen)) == 2
    assert CalendarLink.objects.filter(ended_at=None).count() == 0
    assert list(CalendarLink.objects.values_list("generation", flat=True)) == [1, 1]
    assert 'name="seen" value="1"' in client.get(page).content.decode()
    client.post(page, {"do": "new", "seen": "1"})
    assert CalendarLink.objects.get(ended_at=None).generation == 2
