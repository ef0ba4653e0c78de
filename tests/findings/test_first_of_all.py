"""Nobody is asked before they can know who is there for them, and by when they hear back. All else may stay not known."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import NOW, Cast, a_workshop, cast
from withus.charter.models import Charter
from withus.charter.refusals import NotReadyToAsk
from withus.live import actions as live
from withus.people.models import Person
from withus.post.models import Outgoing
from withus.table import actions as table
from withus.table.models import Place, Workshop

pytestmark = pytest.mark.django_db
SAFE, DAY = {"safe_person": "Priya"}, {"hear_back_on": date(2026, 7, 1)}


def say(them: Cast, **fields: object) -> None:
    Charter.objects.filter(project=them.project).update(**fields)


def grace_of(them: Cast) -> Person:
    return table.add_to_table(them.project, by=them.dev, now=NOW, role="member", name="Grace")


def dev(them: Cast) -> Client:
    client = Client()
    client.force_login(them.dev, backend="sesame.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("said", "missing"),
    [({}, ("safe_person", "hear_back_on")), (SAFE, ("hear_back_on",)), (DAY, ("safe_person",))],
)
def test_without_safe_person_or_day_nobody_is_invited_and_nothing_freezes(
    said: dict[str, object], missing: tuple[str, ...]
) -> None:
    them = cast()
    say(them, **said)
    grace = grace_of(them)
    with pytest.raises(NotReadyToAsk) as refused:
        table.invite(them.project, persons=[grace], by=them.dev, now=NOW)
    assert refused.value.missing == missing
    assert Place.objects.get(person=grace).invited_at is None
    assert Charter.objects.get(project=them.project).frozen_at is None
    assert not Outgoing.objects.exists()


def test_with_both_and_nothing_else_known_the_invitation_goes() -> None:
    them = cast()
    say(them, **SAFE, **DAY)
    grace = grace_of(them)
    assert table.invite(them.project, persons=[grace], by=them.dev, now=NOW) == [grace]


def test_a_workshop_opens_only_with_a_safe_person_and_a_day() -> None:
    them = cast()
    workshop = a_workshop(them)
    with pytest.raises(NotReadyToAsk):
        live.start(workshop, by=them.dev, now=NOW)
    assert Workshop.objects.get(pk=workshop.pk).state == "planned"
    say(them, **SAFE, **DAY)
    live.start(Workshop.objects.get(pk=workshop.pk), by=them.dev, now=NOW)
    assert Workshop.objects.get(pk=workshop.pk).state == "open"


def test_both_pages_say_it_kindly_and_lead_to_the_field() -> None:
    them = cast()
    workshop, grace = a_workshop(them), grace_of(them)
    say(them, **SAFE)
    client, at = dev(them), f"/at/{them.project.address}"
    for answer in (
        client.post(f"{at}/table/invite", {"person": str(grace.uid)}),
        client.post(f"{at}/w/{workshop.uid}/console/start"),
    ):
        assert answer.status_code == 409
        page = answer.content.decode()
        assert f'href="{at}/charter#id_hear_back_on"' in page
        assert "#id_safe_person" not in page
    assert 'id="id_hear_back_on"' in client.get(f"{at}/charter").content.decode()
