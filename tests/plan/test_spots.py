"""A finding stands at the part of the plan, the decision and the seat that it speaks of."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.cast import NOW, Cast, a_workshop, cast
from withus.charter import actions as charter
from withus.findings.models import Found
from withus.plan import actions as plan
from withus.plan.models import Block
from withus.table import actions as table

pytestmark = pytest.mark.django_db


def staff(person: object) -> Client:
    client = Client()
    client.force_login(person, backend="sesame.backends.ModelBackend")  # type: ignore[arg-type] # a Staff
    return client


def found(them: Cast, rule: str, where: str, sentence: str) -> None:
    Found.objects.create(
        project=them.project, rule=rule, name="x", trap=int(rule[1]), level="warn", where=where, sentence=sentence,
        way_out=["Do it."], found_at=NOW,
    )  # fmt: skip


def part(text: str, block: Block) -> str:
    """What stands at one part of the plan."""
    return re.split(r'<li class="blk"', text.split(f'id="b-{block.uid}"')[1])[0]


def test_talk_only_stands_at_the_talk_and_not_at_open_time() -> None:
    them = cast()
    workshop = a_workshop(them, on=date(2026, 6, 6))
    talk = plan.add_block(workshop, kind="discussion", minutes=60, by=them.dev, now=NOW)
    vent = plan.add_block(workshop, kind="venting", minutes=30, by=them.dev, now=NOW)
    Found.objects.all().delete()
    found(them, "T401", f"workshop:w{workshop.pk}", "It is all talk.")
    text = staff(them.dev).get(f"/at/{them.project.address}/plan/{workshop.uid}").content.decode()
    assert ["It is all talk." in part(text, one) for one in (talk, vent)] == [True, False]


def test_a_finding_about_a_decision_stands_in_its_row_and_on_its_page() -> None:
    them = cast()
    hours, _place = (
        charter.add_decision(them.project, what=what, openness="open", by=them.dev, now=NOW)
        for what in ("Hours", "Place")
    )
    Found.objects.all().delete()
    found(them, "T104", f"decision:d{hours.pk}", "Only one way is left.")
    client, base = staff(them.dev), f"/at/{them.project.address}/charter"
    rows = client.get(base).content.decode().split('<tr id="d')[1:]
    assert ["Only one way is left." in row.split("</tr>")[0] for row in rows] == [True, False]
    assert "Only one way is left." in client.get(f"{base}/decision/{hours.uid}").content.decode()


def test_a_finding_about_a_room_stands_beside_everybody_who_has_a_seat_in_it() -> None:
    """Not at one person: that would tell who it is about."""
    them = cast()
    workshop = a_workshop(them, on=date(2026, 6, 6))
    seated = [
        table.add_to_table(them.project, by=them.dev, now=NOW, role=role, workshops=[workshop])
        for role in ("member", "manager")
    ]
    other = table.add_to_table(them.project, by=them.dev, now=NOW, role="member")
    Found.objects.all().delete()
    found(them, "T303", f"workshop:w{workshop.pk}", "Some have no vote.")
    pages = [
        staff(them.dev).get(f"/at/{them.project.address}/table/{one.uid}").content.decode() for one in (*seated, other)
    ]
    assert ["Some have no vote." in text for text in pages] == [True, True, False]
