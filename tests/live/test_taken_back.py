"""Whoever takes everything back is gone from every screen at once, long before the job has run; and comes back with one press."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.live.rooms import Phone, open_room, text_of
from withus import stream
from withus.live.models import Contribution
from withus.people import actions as people
from withus.table.models import Workshop

pytestmark = pytest.mark.django_db
PLANTED, PARKED, OTHERS, TOGETHER = "The heron on the roof", "Night buses", "A warm room", "We both say so"


def dev(them: Cast) -> Any:
    client: Any = Client()
    client.force_login(them.dev, backend="sesame.backends.ModelBackend")
    return client


def room() -> tuple[Cast, Workshop]:
    them, workshop = open_room()
    Workshop.objects.filter(pk=workshop.pk).update(look_first=False)
    workshop.refresh_from_db()
    amira = Phone(workshop).opens_link(them.amira)
    amira.says(PLANTED, may_see="wall")
    amira.says(TOGETHER, may_see="wall", together="2")
    amira.client.post(amira.at("/park"), {"words": PARKED, "sent_once": "p"})
    Contribution.objects.filter(words=PARKED).update(state="shown")
    Phone(workshop).opens_link(them.bo).says(OTHERS, may_see="wall")
    return them, workshop


def pages(them: Cast, workshop: Workshop) -> list[str]:
    base = f"/at/{them.project.address}"
    client = dev(them)
    return [
        text_of(client.get(page))
        for page in (f"{base}/w/{workshop.uid}/wall", f"{base}/w/{workshop.uid}/console", f"{base}/themes")
    ]


def test_it_is_gone_at_once_and_what_others_said_stays() -> None:
    them, workshop = room()
    wall, console, themes = pages(them, workshop)
    assert all(words in wall for words in (PLANTED, PARKED, OTHERS, TOGETHER))
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    wall, console, themes = pages(them, workshop)
    for words in (PLANTED, PARKED):
        assert words not in wall + console + themes
    assert OTHERS in wall
    assert TOGETHER in wall
    people.stop_erasing(them.amira, now=them.now)
    assert PLANTED in pages(them, workshop)[0]


def test_walls_that_are_open_are_told_and_one_that_comes_back_is_sent_nothing_of_it() -> None:
    them, workshop = room()
    card = Contribution.objects.get(words=PLANTED)
    amira = Phone(workshop).opens_link(them.amira)
    with stream.capture() as told:
        amira.client.post(f"/at/{them.project.address}/me/erase")
    gone = [event.html for topic, event in told.events if topic.audience == "wall"]
    assert f'<li id="card-{card.mark}" hx-swap-oob="delete"></li>' in gone
    assert not any(PARKED in html for html in gone)
    assert told.forgotten == [workshop.uid]


def test_walls_that_are_open_get_it_back_when_they_think_again() -> None:
    them, workshop = room()
    card = Contribution.objects.get(words=PLANTED)
    amira = Phone(workshop).opens_link(them.amira)
    people.begin_erasing(them.amira, now=them.now, at_once=False)
    with stream.capture() as told:
        amira.client.post(f"/at/{them.project.address}/me/erase", {"undo": "1"})
    back = [event.html for topic, event in told.events if topic.audience == "wall" and event.event == "card"]
    assert [f'id="card-{card.mark}"' in html for html in back if PLANTED in html] == [True]
    assert not any(TOGETHER in html for html in back)
    assert any(PARKED in event.html for _topic, event in told.events if event.key == "parked")
