"""Each way out of each rule opens a page with its change proposed; opening one changes nothing."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests import rows
from tests.cast import NOW, Cast, a_workshop, cast
from withus.charter import actions as charter
from withus.charter.models import Charter, Decision
from withus.checkup.ways import WAYS
from withus.findings import proposal
from withus.findings.models import Answered, Asked, Found
from withus.people import actions as people
from withus.people.models import Person, WayKind
from withus.plan import actions as plan
from withus.plan.models import Block
from withus.post import worker
from withus.post.models import Outgoing
from withus.projects import actions as projects
from withus.projects.models import Part
from withus.record.models import Entry
from withus.table import actions as table
from withus.table.models import Seat, Workshop
from withus.traps.catalogue import catalogue
from withus.traps.rule import Level

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EVERY = [
    (code, number)
    for code, entry in catalogue().items()
    for number in range(len(entry.rule.way_out))
    if entry.rule.level is not Level.PRAISE
]


def staff(person: object) -> Client:
    client = Client()
    client.force_login(person, backend="sesame.backends.ModelBackend")  # type: ignore[arg-type] # a Staff
    return client


@pytest.fixture
def them() -> Cast:
    return rows.once("ways out", planned)


def planned() -> Cast:
    """A project with a decision, a planned workshop with a plan, and a member at its table."""
    them = cast()
    by, now = them.dev, them.now
    charter.add_decision(them.project, what="Opening hours", openness="open", by=by, now=now, options=["late", "early"])
    workshop = a_workshop(them, on=date(2026, 6, 6))
    for kind in ("welcome", "venting", "information", "discussion", "activity"):
        plan.add_block(workshop, kind=kind, minutes=20, by=by, now=now, note="As always.")
    table.add_to_table(them.project, by=by, now=now, role="member", name="Grace", workshops=[workshop])
    return them


def found(them: Cast, code: str) -> Found:
    """Where a finding of that rule may stand, with figures that fill its sentences."""
    workshop, decision = Workshop.objects.get(), Decision.objects.get()
    where = {1: f"decision:d{decision.pk}", 5: "feedback"}.get(int(code[1]), f"workshop:w{workshop.pk}")
    if code == "T109":
        where = f"workshop:w{workshop.pk}"
    rule = catalogue()[code].rule
    texts = " ".join((rule.sentence, *rule.way_out))
    evidence = dict.fromkeys(re.findall(r"%\((\w+)\)", texts), 25) | {"settled": "2026-05-01"}
    Found.objects.filter(project=them.project).delete()
    return Found.objects.create(
        project=them.project, rule=code, name=rule.name, trap=rule.trap, level="stop", where=where,
        sentence=rule.sentence, evidence=evidence, way_out=list(rule.way_out), found_at=NOW,
    )  # fmt: skip


def state() -> tuple[object, ...]:
    rows = (Decision, Charter, Workshop, Block, Seat, Answered, Asked, Entry, Outgoing)
    return tuple(list(model.objects.order_by("pk").values()) for model in rows)


def test_every_way_out_of_every_rule_has_an_opener_and_no_other_has() -> None:
    assert sorted(WAYS) == sorted(EVERY)


@pytest.mark.parametrize(("code", "number"), EVERY)
def test_a_way_out_leads_to_its_page_with_the_change_proposed_and_nothing_done(
    them: Cast, code: str, number: int
) -> None:
    one = found(them, code)
    client, before = staff(them.dev), state()
    said = escape(one.way_out[number] % one.evidence)
    path = f"/at/{them.project.address}/findings/{code}/mend?where={one.where}&way={number}"
    answer = client.get(path)
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert page.status_code == 200
    text = re.sub(r"\s+", " ", page.content.decode())
    assert said in text
    assert re.search(r"Proposed, not (saved|done|sent)", text)
    assert state() == before


def test_the_proposed_values_are_in_the_form_and_those_of_others_stay(them: Cast) -> None:
    one = found(them, "T302")
    client = staff(them.dev)
    there = client.get(f"/at/{them.project.address}/findings/T302/mend?where={one.where}&way=1")["Location"]
    page = client.get(there)
    assert page.context["form"]["decision_rule"].value() == "consensus"
    assert page.context["form"]["title"].value() == "Workshop 1"


def test_a_break_is_proposed_beside_what_is_there_and_takes_nothing_from_open_time(them: Cast) -> None:
    one = found(them, "T203")
    there = staff(them.dev).get(f"/at/{them.project.address}/findings/T203/mend?where={one.where}&way=0")["Location"]
    form = staff(them.dev).get(there).context["form"]
    assert (form["kind"].value(), form["minutes"].value()) == ("break", 15)
    answer = staff(them.dev).post(there, {"kind": "break", "minutes": 15})
    assert answer.status_code == 302
    assert list(Block.objects.values_list("kind", "minutes")) == [
        ("welcome", 20), ("venting", 20), ("information", 20), ("discussion", 20), ("activity", 20), ("break", 15),
    ]  # fmt: skip


def test_a_proposal_of_another_project_or_one_that_was_made_up_fills_nothing(them: Cast) -> None:
    path = f"/at/{them.project.address}/charter/decision/new"
    theirs = proposal.address(them.sams_project, path, says="Do this", fields={"what": "Sell it"})
    for address in (theirs, f"{path}?proposed=made-up"):
        text = staff(them.dev).get(address).content.decode()
        assert "Sell it" not in text
        assert "Proposed, not saved" not in text


def test_a_way_that_is_not_there_is_not_found(them: Cast) -> None:
    one = found(them, "T203")
    for way in ("7", "-1", "x"):
        path = f"/at/{them.project.address}/findings/T203/mend?where={one.where}&way={way}"
        assert staff(them.dev).get(path).status_code == 404


def test_hall_is_asked_once_even_if_dev_sends_twice_and_reads_no_figure_of_persons(them: Cast) -> None:
    one = found(them, "T506")
    client = staff(them.dev)
    there = client.get(f"/at/{them.project.address}/findings/T506/mend?where={one.where}&way=1")["Location"]
    form = client.get(there).context["form"]
    assert form["to"].value() == f"staff:{them.hall.uid}"
    sent = {name: form[name].value() for name in ("uid", "to", "words")} | {"words": "Why so?"}
    assert [client.post(there, sent).status_code for _time in range(2)] == [302, 302]
    assert list(Asked.objects.values_list("words", "to_staff__name")) == [("Why so?", "Prof. Hall")]
    assert list(Outgoing.objects.filter(kind="finding.asked").values_list("reference", flat=True)) == [
        {"question": str(Asked.objects.get().uid)}
    ]
    worker.run_due(timezone.now() + timedelta(minutes=1))
    assert [(letter.to, "Why so?" in letter.body) for letter in mail.outbox if "question" in letter.subject] == [
        ([them.hall.email], True)
    ]


def test_nobody_but_the_team_and_co_leads_with_an_address_can_be_asked(them: Cast) -> None:
    people_with_mail(them)
    one = found(them, "T506")
    client = staff(them.dev)
    page = client.get(f"/at/{them.project.address}/findings/T506/ask?where={one.where}")
    assert [name for _key, name in page.context["form"].fields["to"].choices] == [
        "Prof. Hall, decision maker",
        "Joy, co-lead",
    ]
    form = page.context["form"]
    for to in (f"staff:{them.sam.uid}", f"person:{them.amira.uid}", f"staff:{them.dev.uid}"):
        sent = {"uid": form["uid"].value(), "to": to, "words": "Why?"}
        assert client.post(f"/at/{them.project.address}/findings/T506/ask?where={one.where}", sent).status_code == 422
    assert not Asked.objects.exists()


def people_with_mail(them: Cast) -> None:
    for person in (them.joy, them.amira):
        people.set_way(person, kind=WayKind.EMAIL, address=f"{person.pk}@people.example")
    projects.join_team(them.project, staff=them.dev, part=Part.FACILITATOR)


def test_joy_who_signs_in_and_has_a_seat_is_offered_once(them: Cast) -> None:
    people_with_mail(them)
    Person.objects.filter(pk=them.joy.pk).update(co_lead=True, staff=them.ada)
    projects.join_team(them.project, staff=them.ada, part=Part.CO_LEAD)
    one = found(them, "T506")
    page = staff(them.dev).get(f"/at/{them.project.address}/findings/T506/ask?where={one.where}")
    assert [name for _key, name in page.context["form"].fields["to"].choices] == [
        "Prof. Hall, decision maker",
        "Ada, co-lead",
    ]


def test_praise_and_what_an_older_version_found_lead_to_the_thing_itself(them: Cast) -> None:
    one = found(them, "T120")
    for rule in ("T120", "T199"):
        Found.objects.filter(pk=one.pk).update(rule=rule)
        answer = staff(them.dev).get(f"/at/{them.project.address}/findings/{rule}/mend?where={one.where}&way=0")
        assert (answer.status_code, "/charter/decision/" in answer["Location"]) == (302, True)
