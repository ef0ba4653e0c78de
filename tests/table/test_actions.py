"""The table's acts: what each leaves in the tables and in the record, and what it refuses."""

from datetime import date, time, timedelta

import pytest

from tests.cast import NOW, Cast, a_workshop, cast
from withus.charter.models import Charter
from withus.findings.gate import ClosedByFindings
from withus.people.models import Need, Pay, Person, Way
from withus.people.sealed import unseal
from withus.post.models import Outgoing
from withus.projects.refused import Refused
from withus.record.models import Opening
from withus.record.verify import verify
from withus.table import actions
from withus.table.models import Place, Seat, Workshop

pytestmark = pytest.mark.django_db


def kinds(them: Cast) -> list[str]:
    rows = Opening.objects.filter(entry__project=them.project).order_by("entry__seq")
    return list(rows.values_list("kind", flat=True))


def somebody(them: Cast, **more: object) -> Person:
    known: dict[str, object] = {"role": "member", "name": "Grace"}
    return actions.add_to_table(them.project, by=them.dev, now=NOW, **{**known, **more})  # type: ignore[arg-type] # a test's own mix


def may_invite(them: Cast) -> None:
    """A consultation with a safe person and a day, and people enough: nothing stops an invitation."""
    Charter.objects.filter(project=them.project).update(
        safe_person="Priya", safe_person_how="yellow badge", hear_back_on=date(2026, 7, 1), hear_back_how="by letter"
    )


def test_each_act_is_one_entry_and_the_record_verifies() -> None:
    them = cast()
    before = len(kinds(them))
    workshop = a_workshop(them)
    grace = somebody(them, workshops=[workshop], way="email", address="grace@example.org", needs=["large print"])
    actions.change_workshop(workshop, version=1, by=them.dev, now=NOW, place="The library")
    actions.renew_room_code(workshop, by=them.dev, now=NOW)
    actions.say_lived(grace, lived="yes", now=NOW)
    actions.choose_way(grace, way="none", address="", how_often="once", now=NOW)
    actions.answer_invitation(Seat.objects.get(person=grace), answer="maybe", now=NOW)
    assert kinds(them)[before:] == [
        "workshop.planned", "seat.given", "workshop.changed", "room.renewed", "lived.said", "way.chosen",
        "invitation.answered",
    ]  # fmt: skip
    assert verify(them.project).ok


def test_the_record_tells_neither_name_nor_address_nor_need_nor_what_was_lived() -> None:
    them = cast()
    grace = somebody(them, name="Grace", way="email", address="grace@example.org", needs=["large print"])
    actions.say_lived(grace, lived="not saying", now=NOW)
    told = " ".join(str(facts) for facts in Opening.objects.values_list("facts", flat=True))
    for secret in ("Grace", "grace@", "large print", "not saying"):
        assert secret not in told


def test_nobody_fills_in_for_another_what_they_lived() -> None:
    them = cast()
    with pytest.raises(TypeError):
        somebody(them, lived="yes")
    assert Place.objects.get(person=somebody(them)).lived == ""


def test_what_somebody_lived_said_twice_is_one_entry() -> None:
    them = cast()
    grace = somebody(them)
    actions.say_lived(grace, lived="yes", now=NOW)
    actions.say_lived(grace, lived="yes", now=NOW)
    actions.say_lived(grace, lived="no", now=NOW)
    assert kinds(them).count("lived.said") == 2


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": " "}, actions.SayWhenAndWhere),
        ({"ends": time(14, 0)}, actions.EndsBeforeItStarts),
        ({"ends": time(9, 0)}, actions.EndsBeforeItStarts),
    ],
)
def test_a_workshop_needs_a_name_and_an_end_after_its_start(fields: dict[str, object], refusal: type[Refused]) -> None:
    them = cast()
    before = kinds(them)
    with pytest.raises(refusal):
        a_workshop(them, **fields)
    assert kinds(them) == before
    assert not Workshop.objects.exists()


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"role": "user"}, actions.NotARole),
        ({"way": "email"}, actions.NoAddress),
        ({"way": "post", "address": "  "}, actions.NoAddress),
        ({"way": "pigeon", "address": "roof"}, actions.NoAddress),
    ],
)
def test_who_cannot_be_seated_leaves_nothing(fields: dict[str, object], refusal: type[Refused]) -> None:
    them = cast()
    people = Person.objects.count()
    with pytest.raises(refusal):
        somebody(them, **fields)
    assert Person.objects.count() == people


def test_of_two_who_change_a_workshop_the_second_sees_the_first() -> None:
    them = cast()
    workshop = a_workshop(them)
    actions.change_workshop(workshop, version=1, by=them.dev, now=NOW, title="First")
    with pytest.raises(actions.WorkshopChangedMeanwhile) as clash:
        actions.change_workshop(workshop, version=1, by=them.dev, now=NOW, title="Second")
    assert clash.value.theirs.title == "First"
    assert Workshop.objects.get(pk=workshop.pk).title == "First"


def test_saving_a_workshop_unchanged_is_no_entry() -> None:
    them = cast()
    workshop = a_workshop(them)
    before = kinds(them)
    actions.change_workshop(workshop, version=1, by=them.dev, now=NOW, title=workshop.title)
    assert kinds(them) == before


def test_a_new_room_code_ends_the_old_one() -> None:
    them = cast()
    workshop = a_workshop(them)
    old = workshop.room_code
    actions.renew_room_code(workshop, by=them.dev, now=NOW)
    assert not Workshop.objects.filter(room_code=old).exists()


def test_another_way_without_an_address_uses_the_one_given_before() -> None:
    them = cast()
    grace = somebody(them, way="email", address="grace@example.org")
    actions.choose_way(grace, way="none", address="", how_often="", now=NOW)
    actions.choose_way(grace, way="email", address="", how_often="changes", now=NOW)
    way = Way.objects.get(person=grace, chosen=True)
    assert (way.kind, unseal(way.sealed)) == ("email", "grace@example.org")
    with pytest.raises(actions.NoAddress):
        actions.choose_way(grace, way="post", address="", how_often="", now=NOW)


def test_needs_and_pay_lie_sealed() -> None:
    them = cast()
    grace = somebody(them)
    actions.say_needs(grace, needs=["a lift", " ", "large print"], now=NOW)
    actions.offer_pay(grace, offer="25 pounds", state="offered", by=them.dev, now=NOW)
    need, pay = Need.objects.get(person=grace), Pay.objects.get(person=grace)
    assert "lift" not in need.sealed
    assert unseal(need.sealed) == ["a lift", "large print"]
    assert unseal(pay.sealed) == {"offer": "25 pounds", "state": "offered"}
    with pytest.raises(actions.NotAState):
        actions.offer_pay(grace, offer="", state="maybe", by=them.dev, now=NOW)


def test_an_answer_that_is_none_of_the_three_is_refused() -> None:
    them = cast()
    grace = somebody(them, workshops=[a_workshop(them)])
    with pytest.raises(actions.NotAnAnswer):
        actions.answer_invitation(Seat.objects.get(person=grace), answer="perhaps", now=NOW)


def test_a_stop_that_nobody_answered_keeps_invitations_in_and_nothing_is_frozen() -> None:
    them = cast()
    may_invite(them)
    workshop = a_workshop(them)
    grace = somebody(them, way="email", address="grace@example.org", workshops=[workshop])
    actions.say_lived(grace, lived="yes", now=NOW)
    for name in ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay"):
        manager = somebody(them, name=name, role="manager", workshops=[workshop])
        actions.say_lived(manager, lived="no", now=NOW)
    with pytest.raises(ClosedByFindings) as closed:
        actions.invite(them.project, persons=[grace], by=them.dev, now=NOW)
    assert "T301" in {one.rule for one in closed.value.findings}
    assert Place.objects.get(person=grace).invited_at is None
    assert not Outgoing.objects.filter(kind="invitation").exists()
    assert Charter.objects.get(project=them.project).frozen_at is None
    assert "invitation.sent" not in kinds(them)


def test_the_first_invitation_freezes_the_charter_and_nobody_is_invited_twice() -> None:
    them = cast()
    may_invite(them)
    grace = somebody(them, way="email", address="grace@example.org")
    ben = somebody(them, name="Ben")
    invited = actions.invite(them.project, persons=[grace, ben], by=them.dev, now=NOW)
    again = actions.invite(them.project, persons=[grace, ben], by=them.dev, now=NOW + timedelta(hours=1))
    assert (invited, again) == ([grace, ben], [])
    assert Charter.objects.get(project=them.project).frozen_at == NOW
    assert [kinds(them).count(kind) for kind in ("charter.frozen", "invitation.sent")] == [1, 2]
    assert [letter.reference for letter in Outgoing.objects.filter(kind="invitation")] == [{"person": str(grace.uid)}]


def test_inviting_nobody_is_refused() -> None:
    them = cast()
    with pytest.raises(actions.NobodyToInvite):
        actions.invite(them.project, persons=[], by=them.dev, now=NOW)
