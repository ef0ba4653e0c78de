"""
The people of all examples and tests.

Amira has lived experience and a cheap phone. Dev facilitates (and has told nobody what he lived through). Joy and Tomasz are co-leads.
Prof. Hall decides. Priya is the safe person. Sam belongs to another project and may see nothing of this one.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.test import Client

from tests import rows
from withus.accounts import actions as accounts
from withus.accounts.models import Staff
from withus.charter import actions as charter
from withus.people import actions as people
from withus.people import link
from withus.people.models import Name, Person
from withus.people.sealed import seal
from withus.projects import actions as projects
from withus.projects.models import Organisation, Part, Project
from withus.table import actions as table
from withus.table.models import Workshop

NOW = datetime(2026, 5, 6, 13, 30, tzinfo=UTC)


@dataclass
class Cast:
    organisation: Organisation
    project: Project
    dev: Staff
    hall: Staff
    ada: Staff
    amira: Person
    bo: Person
    joy: Person
    tomasz: Person
    sam: Staff
    sams_project: Project
    sams_person: Person
    now: datetime = NOW


def cast(*, now: datetime = NOW) -> Cast:
    """The evening cafe with its people, nothing decided yet, and Sam's project beside it in another organisation."""
    return rows.once(f"cast {now}", lambda: _made(now))


def _made(now: datetime) -> Cast:
    dev = accounts.add_staff(email="dev@lantern.example", name="Dev", password="a long password")
    hall = accounts.add_staff(email="hall@trust.example", name="Prof. Hall", password="a long password")
    ada = accounts.add_staff(email="ada@lantern.example", name="Ada", password="a long password")
    sam = accounts.add_staff(email="sam@elsewhere.example", name="Sam", password="a long password")
    lantern = projects.add_organisation(
        name="Lantern House", admin=ada, telephone="01632 960 123", lasting_address="https://withus.lantern.example"
    )
    projects.add_member(lantern, staff=dev)
    elsewhere = projects.add_organisation(name="Elsewhere Trust", admin=sam)
    project = charter.begin(
        lantern,
        title="The evening cafe",
        purpose="A safe place to go at night when things get too much.",
        by=dev,
        now=now,
    )
    projects.join_team(project, staff=hall, part=Part.DECISION_MAKER)
    sams_project = charter.begin(elsewhere, title="Another project", purpose="Buses.", by=sam, now=now)
    return Cast(
        organisation=lantern,
        project=project,
        dev=dev,
        hall=hall,
        ada=ada,
        amira=people.add_person(project, now=now, name="Amira"),
        bo=people.add_person(project, now=now, name="Bo"),
        joy=people.add_person(project, now=now, name="Joy", co_lead=True),
        tomasz=people.add_person(project, now=now, name="Tomasz", co_lead=True),
        sam=sam,
        sams_project=sams_project,
        sams_person=people.add_person(sams_project, now=now, name="Sana"),
        now=now,
    )


def signed_in(staff: Staff) -> Client:
    """Their browser, after the link from their mail."""
    client = Client()
    client.force_login(staff, backend="sesame.backends.ModelBackend")
    return client


def team(them: Cast) -> Client:
    """Dev's browser: what the team sees and may do."""
    return signed_in(them.dev)


def phone(person: Person) -> Client:
    """Their phone, after the link from their slip or letter."""
    client = Client()
    assert client.get(link.path(person)).status_code == 302
    return client


def a_workshop(cast: Cast, **fields: object) -> Workshop:
    """A workshop this afternoon, not open yet."""
    known: dict[str, object] = {
        "title": "Workshop 1",
        "on": date(2026, 5, 6),
        "starts": time(14, 0),
        "ends": time(16, 0),
        "place": "Lantern House",
    }
    return table.add_workshop(cast.project, by=cast.dev, now=cast.now, **{**known, **fields})  # type: ignore[arg-type] # a test's own mix


def give_name(person: Person, called: str) -> None:
    """What a participant is called, where the cast has given them no name."""
    Name.objects.update_or_create(person=person, defaults={"sealed": seal(called)})
