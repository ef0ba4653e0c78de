"""Somebody at the sorting table, and cards that may lie on it."""

from django.test import Client

from tests.cast import Cast, phone
from withus.live import actions as live
from withus.live.models import Contribution
from withus.loop import actions
from withus.people.models import Person


def sorts(them: Cast, person: Person) -> Client:
    actions.invite_to_sort(person, by=them.dev, now=them.now)
    return phone(person)


def at(them: Cast) -> str:
    return f"/at/{them.project.address}/sort"


def given(them: Cast, words: str, *, may_see: str = "group", looked_at: bool = True) -> Contribution:
    receipt = live.add_contribution(
        them.project, person=them.bo, words=words, may_see=may_see, sent_once=words, now=them.now
    )
    if looked_at:
        actions.cards_read(them.project, contributions=[receipt.contribution], by=them.dev, now=them.now)
    return receipt.contribution
