"""What the team or a person saves without a change is no act: nothing in the record, nothing to judge, nobody told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, a_workshop, cast
from tests.loop import ground
from withus.live import actions as live
from withus.loop import actions as loop
from withus.loop.models import Telling, Told
from withus.people import actions as people
from withus.people.models import Way
from withus.record.models import Opening
from withus.reports import actions as reports
from withus.reports.models import Report
from withus.table import actions
from withus.table.models import Seat

pytestmark = pytest.mark.django_db
Save = Callable[[Cast, dict[str, Any]], object]


def place(them: Cast, more: dict[str, Any]) -> object:
    said: dict[str, Any] = {"role": "member", "group": "Carers", "power": "", "vote": True, "chair": False}
    seats = [seat.workshop for seat in Seat.objects.all()] or [a_workshop(them)]
    return actions.change_place(them.amira, by=them.dev, now=them.now, **{"workshops": seats} | said | more)


def booked(them: Cast, more: dict[str, Any]) -> None:
    actions.book(them.amira, by=them.dev, now=them.now, **{"booked": ["A lift", " "]} | more)


def pay(them: Cast, more: dict[str, Any]) -> None:
    actions.offer_pay(them.amira, by=them.dev, now=them.now, **{"offer": "25 an hour", "state": "offered"} | more)


def way(them: Cast, more: dict[str, Any]) -> object:
    said = {"way": "phone", "address": "01632 960 777", "how_often": "once"}
    return actions.choose_way(them.amira, now=them.now, **said | more)


def comes(them: Cast, more: dict[str, Any]) -> object:
    seat = Seat.objects.first() or Seat.objects.create(person=them.amira, workshop=a_workshop(them))
    return actions.answer_invitation(seat, now=them.now, **{"answer": "yes"} | more)


SAVES: list[tuple[Save, str, list[dict[str, Any]]]] = [
    (place, "seat.changed", [{"group": "Neighbours"}, {"role": "carer"}, {"vote": None}, {"chair": True}, {"workshops": []}]),
    (booked, "seat.changed", [{"booked": ["A lift", "Large print"]}, {"booked": []}]),
    (pay, "seat.changed", [{"offer": "30 an hour"}, {"state": "paid"}, {"state": ""}]),
    (way, "way.chosen", [{"address": "01632 960 778"}, {"how_often": "never"}, {"way": "none"}]),
    (comes, "invitation.answered", [{"answer": "no"}]),
]  # fmt: skip


@pytest.mark.parametrize(("save", "kind", "changes"), SAVES, ids=lambda one: getattr(one, "__name__", ""))
def test_saved_twice_it_is_one_act_and_each_change_is_another(
    save: Save, kind: str, changes: list[dict[str, Any]]
) -> None:
    them = cast()
    entries = Opening.objects.filter(kind=kind)
    counts = []
    for more in ({}, {}, *(one for each in changes for one in (each, each))):
        save(them, more)
        counts.append(entries.count())
    assert counts == [1, 1, *(number for at in range(len(changes)) for number in (at + 2, at + 2))]


def test_come_and_look_is_one_choice_however_often_it_is_kept() -> None:
    """No address goes with it, so what stands in that field is no change."""
    them = cast()
    for address in ("", "", "I have none"):
        actions.choose_way(them.amira, way="none", address=address, how_often="", now=them.now)
    assert Opening.objects.filter(kind="way.chosen").count() == 1


def test_the_same_way_again_is_an_act_where_something_did_not_reach_them() -> None:
    them = cast()
    ground.by_email(them, them.amira)
    ground.published(them, them.amira)
    Telling.objects.update(state=Told.SENT)
    chosen = Opening.objects.filter(kind="way.chosen")
    ground.by_email(them, them.amira)
    assert chosen.count() == 1
    loop.note_try(them.amira, way="email", because="It came back.", by=them.dev, now=them.now)
    ground.by_email(them, them.amira)
    assert chosen.count() == 2
    people.note_failing(them.amira, kind="email", now=them.now)
    ground.by_email(them, them.amira)
    assert (chosen.count(), Way.objects.get(kind="email").bounced_at) == (3, None)


def test_a_report_and_hours_of_duty_saved_again_are_there_once() -> None:
    them = cast()
    for _twice in range(2):
        reports.write_report(them.project, texts={"aim": "To ask."}, version=Report.objects.count(), now=them.now)
        ends = them.now + timedelta(hours=2)
        live.add_duty(them.project, who="Priya", begins=them.now, ends=ends, now=them.now)
    assert (Report.objects.get().version, them.project.duties.count()) == (1, 1)
