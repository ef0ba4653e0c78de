"""
Each form of each page, with each of its buttons: pressed twice it is pressed once, and saved as it stands it is not saved.

The forms are read from the pages themselves, so that a new one is tried as soon as an address has a row in the access matrix.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.urls import resolve, reverse

from tests import rows
from tests.site.forms import Form, Sent, forms_of
from tests.site.test_access import BARE, LIVE_PARTICIPANT, ROWS, WHO, client_of
from tests.site.test_foreign_ids import rows as all_rows
from tests.site.test_foreign_ids import told
from tests.site.world import World, make_world
from withus.live import actions as live
from withus.live.models import Running
from withus.people import actions as people
from withus.plan import actions as plan
from withus.plan.models import Block
from withus.record.models import Entry
from withus.table import actions as table
from withus.table.models import Seat, Workshop

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


LONGEST = 30
"""Letters of a button's value; what is longer is the number of a row."""


@dataclass(frozen=True)
class Press:
    """One button on one page, of somebody who may open it."""

    who: str
    url: str
    form: Form
    button: tuple[str, str]

    @property
    def target(self) -> str:
        return self.form.action or self.url

    @property
    def name(self) -> str:
        """Where it goes and which button it is, without the number of a row."""
        (name, value), to = self.button, resolve(self.target.split("?")[0])
        value = "" if value[:1].isdigit() or len(value) > LONGEST else value
        return " ".join(filter(None, (to.view_name, to.kwargs.get("what", ""), f"{name}={value}" if name else "")))

    def sent(self, fields: Sent) -> Sent:
        return fields | ({self.button[0]: [self.button[1]]} if self.button[0] else {})


@pytest.fixture(params=["running", "ended"])
def world(db: None, request: pytest.FixtureRequest) -> World:
    """Everything that can be saved has been saved once."""
    world = rows.once("world", make_world)
    them, workshop = world.them, Workshop.objects.get(project=world.them.project)
    for _more in range(3):
        plan.add_block(workshop, kind="activity", minutes=10, by=them.dev, now=them.now)
    Seat.objects.create(person=them.amira, workshop=workshop)
    table.answer_invitation(Seat.objects.get(person=them.amira), answer="maybe", now=them.now)
    table.choose_way(them.amira, way="phone", address="01632 960 777", how_often="changes", now=them.now)
    table.say_lived(them.amira, lived="yes", now=them.now)
    people.set_needs(them.amira, needs=["A lift"])
    if request.param == "running":
        first = Block.objects.filter(workshop=workshop).order_by("order")[0]
        Running.objects.create(workshop=workshop, block=first, block_since=them.now)
        return world
    Workshop.objects.filter(pk=workshop.pk).update(state="ended", ended_at=them.now)
    workshop.refresh_from_db()
    live.note_afterwards(
        workshop, version=1, wandering="", incidents="", minutes={}, speaking_lived=None, pulse={"asked": 6, "could_say": 5},
        by=them.dev, now=them.now,
    )  # fmt: skip
    return world


AFTER_IT_ENDED = {"live:afterwards", "table:workshop", "plan:workshop"}
"""What is different then; the rest was tried while it ran."""


def presses(world: World) -> Iterator[Press]:
    them = world.them
    for name, row in (ROWS | {f"live:{one}": row for one, row in LIVE_PARTICIPANT.items()}).items():
        if name not in AFTER_IT_ENDED and Workshop.objects.filter(state="ended").exists():
            continue
        kwargs = world.kwargs.get(name, {} if name in BARE else {"address": them.project.address})
        url = reverse(name, kwargs=kwargs)
        for who, wanted in zip(WHO, row.split(), strict=True):
            if who not in {"amira", "dev", "ada"} or wanted == "405":
                continue
            page = client_of(who, them).get(url)
            for form in forms_of(page.content.decode()) if "html" in page["Content-Type"] else ():
                for button in form.buttons or [("", "")]:
                    yield Press(who, url, form, button)


def test_what_is_pressed_twice_happens_once(world: World) -> None:
    """The second press is the same to the last letter, as a trembling hand, a slow line or the browser's own “send again” has it."""
    wrong, tried = [], set()
    for press in list(presses(world)):
        for sent in (press.sent(press.form.as_it_stands()), press.sent(press.form.filled_in())):
            mark, client = transaction.savepoint(), client_of(press.who, world.them)
            client.post(press.target, sent)
            once = all_rows()
            client.post(press.target, sent)
            changed = [one for one in told(once, all_rows()) if one != MISS]
            wrong += [f"{press.name} by {press.who}: {changed}"] if changed else []
            tried.add(press.name)
            transaction.savepoint_rollback(mark)
    assert "\n".join(sorted(set(wrong))) == ""
    assert len(tried) > (50 if Running.objects.exists() else 0)


MISS = "people.Miss"
"""That words which open nothing were tried is counted each time: it is how guessing is slowed down."""


def test_what_is_saved_as_it_stands_leaves_no_entry(world: World) -> None:
    """A record in which nothing happened is one that nobody reads. What is no act by itself has to say something new."""
    left = set()
    for press in list(presses(world)):
        mark, before = transaction.savepoint(), Entry.objects.count()
        client_of(press.who, world.them).post(press.target, press.sent(press.form.as_it_stands()))
        if Entry.objects.count() != before:
            left.add(press.name)
        transaction.savepoint_rollback(mark)
    assert "\n".join(sorted(left - ACTS)) == ""


ACTS = frozenset(
    {
        "charter:decision do=remove",
        "live:act call_break",
        "live:act end",
        "live:act move_on",
        "live:act open_time",
        "live:act skip_next",
        "live:card do=through",
        "live:take_back",
        "loop:answer says=i know now",
        "loop:answer says=i know, and i do not agree",
        "loop:answer says=no",
        "loop:answer says=only partly",
        "loop:answer says=stop writing to me",
        "loop:fits says=not meant",
        "loop:fits says=right",
        "loop:my_name yes=yes",
        "loop:sort do=stop",
        "loop:sorters",
        "loop:sorters end=",
        "loop:stop do=stop",
        "loop:whole says=i know now",
        "loop:whole says=i know, and i do not agree",
        "loop:whole says=no",
        "loop:whole says=only partly",
        "loop:whole says=stop writing to me",
        "plan:move to=down",
        "plan:move to=out",
        "plan:move to=up",
        "table:answer answer=no",
        "table:answer answer=yes",
        "table:renew",
        "table:team leave=",
    }
)
"""Buttons that do something by being pressed, with nothing to fill in."""
