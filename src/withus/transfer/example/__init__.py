"""
The example of `./dev demo`: Lantern House, an invented charity, with a project at each stage of its life.

It is made by calling actions with past days passed in, so that a record stands behind everything; nothing is written to tables here.
"""

from collections.abc import Callable
from datetime import datetime

from withus.accounts import actions as accounts
from withus.projects import actions as projects
from withus.projects.models import Organisation, Project
from withus.transfer.example import cafe, others
from withus.transfer.example.team import Team

NAME = "Lantern House (an example)"


def is_loaded() -> bool:
    return Project.objects.filter(is_example=True).exists()


def load(*, now: datetime, tell: Callable[[str], None] = lambda _what: None) -> Organisation:
    """Make the whole example as of `now`. `tell` hears what is being made, a line each."""
    dev = accounts.add_staff(email="dev@lantern.example", name="Dev")
    hall = accounts.add_staff(email="hall@trust.example", name="Prof. Hall")
    joy = accounts.add_staff(email="joy@lantern.example", name="Joy")
    priya = accounts.add_staff(email="priya@lantern.example", name="Priya")
    lantern = projects.add_organisation(name=NAME, admin=dev, telephone="01632 960 123")
    team = Team(organisation=lantern, dev=dev, hall=hall, joy=joy, priya=priya)
    for staff in (hall, joy, priya):
        projects.add_member(lantern, staff=staff)
    tell("The evening cafe: a charter, two workshops, answers, and a workshop that is open now")
    cafe.load(team, now=now)
    tell("Three more: one being planned, one that answers, one that is closed")
    others.load(team, now=now)
    return lantern
