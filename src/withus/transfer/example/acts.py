"""Short hands for telling a story with dates: each calls the same action that a page calls."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from withus.charter.models import Decision
from withus.live import actions as live
from withus.live.models import Contribution
from withus.people.models import Person
from withus.plan import actions as plan
from withus.projects import day
from withus.projects.models import Project
from withus.table import actions as table
from withus.table.models import Lived, Workshop
from withus.transfer.example.team import Team
from withus.transfer.example.words import Said


@dataclass(frozen=True)
class Guest:
    """Somebody invented: who they are at the table, what they say of themselves, how they want to hear."""

    name: str
    role: str = "member"
    group: str = ""
    lived: str = Lived.YES
    way: str = "none"
    address: str = ""
    needs: tuple[str, ...] = ()
    vote: bool | None = True
    co_lead: bool = False
    pay: str = "accepted"


@dataclass
class Story:
    """One project being told: who is in it, and what the clock says."""

    team: Team
    project: Project
    now: datetime
    people: dict[str, Person] = field(default_factory=dict)

    def at(self, *, days_ago: float, clock: time = time(10)) -> datetime:
        """An instant that many days before now, at this time on the project's clocks."""
        on = day.of(self.project, self.now) - timedelta(days=days_ago)
        return day.instant(self.project, on, clock)

    def clock(self, at: datetime) -> time:
        """The time on the project's clocks, to five minutes."""
        local = day.local(self.project, at)
        return time(local.hour, local.minute - local.minute % 5)

    def is_today(self, at: datetime) -> bool:
        return day.of(self.project, at) == day.of(self.project, self.now)

    def on(self, *, days_ago: int) -> date:
        return day.of(self.project, self.now) - timedelta(days=days_ago)

    def seat(self, guests: Iterable[Guest], *, now: datetime, workshops: Iterable[Workshop] = ()) -> None:
        """Each at the table, with what they say of themselves said by themselves."""
        from withus.people import actions as people  # noqa: PLC0415 -- used here only

        for guest in guests:
            person = table.add_to_table(
                self.project,
                by=self.team.dev,
                now=now,
                role=guest.role,
                group=guest.group,
                name=guest.name,
                way=guest.way,
                address=guest.address,
                needs=list(guest.needs),
                workshops=list(workshops),
                vote=guest.vote,
                co_lead=guest.co_lead,
            )
            if guest.lived:
                table.say_lived(person, lived=guest.lived, now=now)
            if guest.role in {"member", "carer"}:
                people.set_pay(person, pay={"offer": "12.60 an hour, or nothing if you prefer", "state": guest.pay})
            self.people[guest.name] = person

    def say(self, workshop: Workshop, said: Iterable[Said], *, now: datetime, every: timedelta) -> list[Contribution]:
        """Each card at its minute. A card that everybody may see is looked at and let through."""
        cards = []
        for number, one in enumerate(said):
            at = now + every * number
            receipt = live.add_contribution(
                self.project,
                now=at,
                workshop=workshop,
                person=self.people[one.who],
                given_by="picture" if one.picture else "words",
                words=one.words,
                picture=one.picture,
                may_see=one.may_see,
                uses=("public",),
                sent_once=secrets.token_hex(16),
                language="en",
            )
            if one.may_see == "wall":
                live.let_through(receipt.contribution, by=self.team.dev, now=at + timedelta(seconds=40))
            cards.append(receipt.contribution)
        return cards


def blocks(
    workshop: Workshop,
    rows: Iterable[tuple[str, int, str, str]],
    *,
    about: Mapping[str, Decision],
    story: Story,
    now: datetime,
) -> None:
    """The plan: kind, minutes, title, prompt. A title that names a decision's key in brackets asks about it."""
    for kind, minutes, title, prompt in rows:
        asks = [decision for key, decision in about.items() if f"[{key}]" in title]
        clean = title.split(" [", maxsplit=1)[0]
        plan.add_block(
            workshop, kind=kind, minutes=minutes, by=story.team.dev, now=now, title=clean, prompt=prompt, about=asks
        )
