"""A form that is sent twice makes one thing: somebody at the table, a workshop, a decision, a block of the plan, a theme, a project."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, a_workshop, cast, signed_in, team
from tests.loop import ground
from tests.table.test_actions import may_invite, somebody
from withus.charter.models import Decision
from withus.live.models import Contribution
from withus.loop import actions as loop
from withus.loop.models import Act, Theme
from withus.people import actions as people
from withus.people import link
from withus.people.models import Person
from withus.plan.models import Block
from withus.projects.models import Project
from withus.record.models import Opening
from withus.table.models import Place, Workshop

pytestmark = pytest.mark.django_db
PERSON = {"name": "Grace", "role": "member", "group": "Carers", "way": "none", "vote": ""}


@pytest.fixture
def them() -> Cast:
    return cast()


def form_of(client: Client, path: str) -> dict[str, Any]:
    """What the form carries, unseen."""
    found = re.search(r'name="sent_once" value="([0-9a-f]{32})"', client.get(path).content.decode())
    assert found is not None
    return {"sent_once": found[1]}


def test_somebody_is_added_once_by_a_double_press_and_it_says_so(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/table/add"
    sent = form_of(client, path) | PERSON
    assert "At the table. Nothing has been sent yet." in client.post(path, sent, follow=True).content.decode()
    assert "This came twice." in client.post(path, sent, follow=True).content.decode()
    assert Place.objects.count() == 1
    assert Opening.objects.filter(entry__project=them.project, kind="seat.given").count() == 1


def test_somebody_else_of_the_same_form_or_the_same_name_of_a_fresh_one_is_another_person(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/table/add"
    sent = form_of(client, path) | PERSON
    client.post(path, sent)
    client.post(path, sent | {"name": "Henry"})
    client.post(path, form_of(client, path) | PERSON)
    client.post(path, PERSON)
    client.post(path, PERSON)
    assert Place.objects.count() == 5


def test_whoever_took_everything_back_is_not_who_is_added(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/table/add"
    sent = form_of(client, path) | PERSON
    client.post(path, sent)
    gone = Person.objects.get(place__group="Carers")
    people.begin_erasing(gone, now=them.now, at_once=False)
    client.post(path, sent)
    assert Person.objects.filter(project=them.project, erasing_at=None).exclude(place=None).count() == 1


def test_what_is_mended_after_an_error_is_still_the_same_sending(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/table/add"
    once = form_of(client, path)
    refused = client.post(path, once | PERSON | {"role": "user"})
    assert (refused.status_code, once["sent_once"] in refused.content.decode()) == (422, True)


def test_the_number_that_a_form_carries_does_not_reach_into_another_project(them: Cast) -> None:
    sams = signed_in(them.sam)
    sent = PERSON | {"sent_once": "the same"}
    team(them).post(f"/at/{them.project.address}/table/add", sent)
    assert sams.post(f"/at/{them.sams_project.address}/table/add", sent).status_code == 302
    assert sorted(Place.objects.values_list("person__project", flat=True)) == sorted(
        [them.project.pk, them.sams_project.pk]
    )


def test_a_decision_is_added_once(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/charter/decision/new"
    sent = form_of(client, path) | {"what": "When it is open", "openness": "open"}
    for more in ({}, {}, {"what": "Where it is"}):
        assert client.post(path, sent | more).status_code == 302
    assert list(Decision.objects.order_by("pk").values_list("what", flat=True)) == ["When it is open", "Where it is"]


def test_a_block_is_added_once_and_again_once_it_was_taken_out(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/plan/{a_workshop(them).uid}/add"
    sent = form_of(client, path) | {"kind": "venting", "minutes": "15", "title": "What is on your mind"}
    for _press in range(2):
        assert client.post(path, sent).status_code == 302
    assert Block.objects.count() == 1
    Block.objects.update(dropped=True)
    client.post(path, sent)
    assert Block.objects.filter(dropped=False).count() == 1


def test_who_is_invited_twice_by_a_double_press_is_invited_once_and_nothing_is_refused(them: Cast) -> None:
    grace = somebody(them)
    may_invite(them)
    client, path = team(them), f"/at/{them.project.address}/table/invite"
    for said in ("1 invited.", "They are invited already."):
        assert said in client.post(path, {"person": str(grace.uid)}, follow=True).content.decode()
    assert Opening.objects.filter(entry__project=them.project, kind="invitation.sent").count() == 1


def test_a_theme_is_made_once_and_again_once_it_was_taken_back(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/themes"
    card = ground.card(them, them.amira)
    sent = form_of(client, path) | {"card": [str(card.uid)], "into": "new", "name": "Getting home"}
    for _press in range(2):
        assert "“Getting home” is made." in client.post(path, sent, follow=True).content.decode()
    theme = Theme.objects.get()
    assert (theme.placements.count(), Act.objects.count()) == (1, 1)
    loop.remove_theme(theme, by=them.dev, now=them.now)
    client.post(path, sent)
    assert Theme.objects.filter(removed_at=None).count() == 1


def test_a_workshop_is_added_once_and_another_day_is_another_one(them: Cast) -> None:
    client, path = team(them), f"/at/{them.project.address}/workshops/new"
    sent = form_of(client, path) | {
        "title": "Workshop 1", "on": "2026-05-20", "starts": "14:00", "ends": "16:00", "format": "in person",
    }  # fmt: skip
    to = [client.post(path, sent | more)["Location"] for more in ({}, {}, {"on": "2026-05-27"})]
    assert [one == to[0] for one in to] == [True, True, False]
    assert list(Workshop.objects.order_by("on").values_list("on__day", flat=True)) == [20, 27]
    assert Opening.objects.filter(entry__project=them.project, kind="workshop.planned").count() == 2


def test_whoever_sorts_at_the_table_makes_a_theme_once(them: Cast) -> None:
    card = ground.card(them, them.amira)
    Contribution.objects.update(may_see="group", state="shown")
    loop.invite_to_sort(them.bo, by=them.dev, now=them.now)
    phone = Client()
    phone.get(link.path(them.bo))
    path = f"/at/{them.project.address}/sort"
    sent = form_of(phone, path) | {"card": [str(card.uid)], "into": "new", "name": "Getting home"}
    assert [phone.post(path, sent).status_code for _press in range(2)] == [302, 302]
    assert (Theme.objects.count(), Act.objects.count()) == (1, 1)


def test_what_a_program_laid_beside_each_other_becomes_a_theme_once(them: Cast) -> None:
    card = ground.card(them, them.amira)
    theme = loop.make_theme(them.project, name="Hours", by=them.dev, now=them.now)
    Project.objects.update(suggests=True)
    client, path = team(them), f"/at/{them.project.address}/suggestions/beside/{theme.uid}"
    sent = form_of(client, path) | {"card": [str(card.uid)], "into": "new", "name": "Getting home"}
    assert [client.post(path, sent).status_code for _press in range(2)] == [302, 302]
    assert sorted(Theme.objects.values_list("name", flat=True)) == ["Getting home", "Hours"]


def test_cards_are_split_off_once_and_the_second_press_leads_there(them: Cast) -> None:
    one, other = ground.card(them, them.amira, "One."), ground.card(them, them.bo, "Other.")
    theme = loop.make_theme(them.project, name="Hours", contributions=[one, other], by=them.dev, now=them.now)
    client, path = team(them), f"/at/{them.project.address}/themes/{theme.uid}"
    sent = form_of(client, path) | {"card": [str(one.uid)], "do": "split", "split_name": "Sundays"}
    to = [client.post(path, sent)["Location"] for _press in range(2)]
    off = Theme.objects.get(name="Sundays")
    assert to == [f"/at/{them.project.address}/themes/{off.uid}"] * 2
    assert list(off.placements.values_list("contribution", flat=True)) == [one.pk]
    loop.remove_theme(off, by=them.dev, now=them.now)
    loop.place(theme, contributions=[one], by=them.dev, now=them.now)
    client.post(path, sent)
    assert Theme.objects.filter(name="Sundays", removed_at=None).exclude(pk=off.pk).count() == 1


def test_a_project_is_begun_once_and_the_second_press_leads_to_it(them: Cast) -> None:
    client = team(them)
    for step, said in (
        ("about", {"title": "The garden", "purpose": "What to plant."}), ("back", {"hear_back_on": "2026-09-01"}),
    ):  # fmt: skip
        client.post(f"/projects/new/{step}", said)
    to = [client.post("/projects/new/safe", {"safe_person": "Priya"})["Location"] for _press in range(2)]
    assert to == ["/at/the-garden/table"] * 2
    assert Project.objects.filter(title="The garden").count() == 1
    assert client.post("/projects/new/safe", {"safe_person": "Jo"})["Location"] == "/projects/new/about"
