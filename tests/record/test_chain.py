"""The record notices every change, and erasing somebody leaves it whole."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from withus.accounts import actions as accounts
from withus.people import actions as people
from withus.projects import actions as projects
from withus.projects.models import Project
from withus.record import log as record
from withus.record.kinds import Happened
from withus.record.log import Said
from withus.record.models import Entry, Head, Opening
from withus.record.verify import NotACode, verify

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOW = datetime(2026, 5, 6, 13, 30, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class LampLit(Happened):
    kind: ClassVar[str] = "lamp.lit"
    number: int


@pytest.fixture
def project() -> Project:
    dev = accounts.add_staff(email="dev@lantern.example", name="Dev")
    lantern = projects.add_organisation(name="Lantern House", admin=dev)
    made = projects.add_project(lantern, title="Lamps", zone="Europe/London", language="en", by=dev, now=NOW)
    record.begin(made)
    return made


def light(project: Project, *numbers: int) -> list[Said]:
    said = []
    for number in numbers:
        with record.writing(project, now=NOW) as log:
            said.append(log.append(LampLit(number=number), by="system", words=f"lamp {number}"))
    return said


def test_an_untouched_record_holds(project: Project) -> None:
    light(project, 1, 2, 3)
    result = verify(project)
    assert (result.ok, result.entries, result.opened, result.erased) == (True, 3, 3, 0)


@pytest.mark.parametrize("field", ["previous", "commitment", "hash"])
def test_a_changed_link_is_named(project: Project, field: str) -> None:
    light(project, 1, 2, 3)
    Entry.objects.filter(project=project, seq=2).update(**{field: "f" * 64})
    result = verify(project)
    assert [fault.seq for fault in result.faults] == [2]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "lamp.broken"),
        ("at", NOW - timedelta(days=1)),
        ("by", "staff:somebody"),
        ("about", "something"),
        ("facts", {"number": 9}),
        ("words_digest", "0" * 64),
        ("salt", "0" * 64),
    ],
)
def test_a_changed_opening_is_named(project: Project, field: str, value: object) -> None:
    light(project, 1, 2, 3)
    Opening.objects.filter(entry__project=project, entry__seq=2).update(**{field: value})
    assert [fault.seq for fault in verify(project).faults] == [2]


def test_a_version_or_number_that_was_changed_is_named(project: Project) -> None:
    light(project, 1, 2)
    Entry.objects.filter(project=project, seq=2).update(version=2)
    assert [fault.seq for fault in verify(project).faults] == [2]
    Entry.objects.filter(project=project, seq=2).update(version=1, seq=7)
    assert [fault.seq for fault in verify(project).faults] == [2]


def test_a_removed_entry_is_named(project: Project) -> None:
    light(project, 1, 2, 3)
    Entry.objects.filter(project=project, seq=2).delete()
    assert [(fault.seq, fault.what) for fault in verify(project).faults] == [(2, "entry 2 is missing")]


def test_an_inserted_entry_is_named(project: Project) -> None:
    light(project, 1, 2)
    last = Entry.objects.get(project=project, seq=2)
    Entry.objects.create(project=project, seq=3, previous=last.hash, commitment="a" * 64, hash="b" * 64)
    assert [fault.seq for fault in verify(project).faults] == [3]


def test_two_entries_that_changed_places_are_named(project: Project) -> None:
    light(project, 1, 2, 3)
    one, two = Entry.objects.filter(project=project, seq__in=(1, 2)).order_by("seq")
    for seq, entry in ((99, one), (1, two), (2, one)):
        Entry.objects.filter(pk=entry.pk).update(seq=seq)
    assert [fault.seq for fault in verify(project).faults] == [1]


def test_a_cut_tail_is_seen_by_the_head_row(project: Project) -> None:
    light(project, 1, 2, 3)
    Entry.objects.filter(project=project, seq=3).delete()
    assert [fault.seq for fault in verify(project).faults] == [3]


def test_a_cut_tail_with_a_corrected_head_is_seen_by_a_printed_code(project: Project) -> None:
    said = light(project, 1, 2, 3)
    Entry.objects.filter(project=project, seq=3).delete()
    Head.objects.filter(project=project).update(seq=2, hash=said[1].hash)
    assert verify(project).ok
    assert [fault.seq for fault in verify(project, seen=[said[2].code]).faults] == [3]


def test_a_chain_written_anew_is_seen_by_a_printed_code(project: Project) -> None:
    said = light(project, 1, 2, 3)
    Entry.objects.filter(project=project).delete()
    Head.objects.filter(project=project).update(seq=0, hash="0" * 64)
    light(project, 1, 2, 3)
    assert verify(project).ok
    assert [fault.seq for fault in verify(project, seen=[said[1].code]).faults] == [2]


def test_a_code_is_read_as_people_type_it(project: Project) -> None:
    code = light(project, 1)[0].code
    assert verify(project, seen=[f" {code.lower().replace('-', ' ')} "]).seen == [code]
    with pytest.raises(NotACode):
        verify(project, seen=["hello"])


def test_erasing_somebody_keeps_the_chain_valid_and_says_nothing_of_them(project: Project) -> None:
    amira = people.add_person(project, now=NOW, name="Amira")
    with record.writing(project, now=NOW) as log:
        log.append(LampLit(number=1), by=f"person:{amira.uid}", words="my own words")
    light(project, 2)
    people.erase(amira, now=NOW, about=[])
    result = verify(project)
    assert (result.ok, result.erased) == (True, 1)
    everything = " ".join(f"{row.by} {row.about} {row.facts}" for row in Opening.objects.all())
    assert str(amira.uid) not in everything


def test_an_opening_that_vanished_without_an_erasure_is_named(project: Project) -> None:
    light(project, 1, 2, 3)
    Opening.objects.filter(entry__seq=2).delete()
    assert [fault.seq for fault in verify(project).faults] == [2]


def test_what_fails_leaves_no_entry(project: Project) -> None:
    light(project, 1)
    with pytest.raises(RuntimeError), record.writing(project, now=NOW) as log:  # noqa: PT012 -- the act itself fails
        log.append(LampLit(number=2), by="system")
        raise RuntimeError
    assert (verify(project).entries, verify(project).ok) == (1, True)


def test_time_never_goes_back(project: Project) -> None:
    light(project, 1)
    with record.writing(project, now=NOW - timedelta(hours=1)) as log:
        log.append(LampLit(number=2), by="system")
    assert list(Opening.objects.order_by("entry__seq").values_list("at", flat=True)) == [NOW, NOW]


def test_an_act_inside_an_act_joins_it(project: Project) -> None:
    with record.writing(project, now=NOW) as outer:
        outer.append(LampLit(number=1), by="system")
        with record.writing(project, now=NOW) as inner:
            assert inner is outer
            inner.append(LampLit(number=2), by="system")
    assert verify(project).entries == 2


def test_followers_within_may_append_in_their_turn(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def follow(said: Said) -> None:
        seen.append(said.facts["number"])
        if said.facts["number"] < 3:
            with record.writing(said.project, now=NOW) as log:
                log.append(LampLit(number=said.facts["number"] + 1), by="system")

    monkeypatch.setitem(record.followers.within, "lamp.lit", [follow])
    light(project, 1)
    assert seen == [1, 2, 3]
    assert verify(project).entries == 3
